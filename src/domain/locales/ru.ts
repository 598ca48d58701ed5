import type { Messages } from "./Messages.ts"

export const ru: Messages = {
  originalPrompt: "Исходный промпт",
  promptModel: "Модель для промптов",
  optimizedPrompt: "Оптимизированный промпт",
  imageSize: "Размер изображения",
  seed: "Сид",
  noPromptModel: "Исходный промпт",
  imageGenerated: "Изображение готово!",
  hereIsTheResult: "Вот результат:",
  imageAlt: "Сгенерированное изображение",
  preview:
    "Это предпросмотр, созданный без Flux. Чтобы получать настоящие изображения, добавьте учётные данные Cloudflare.",
  optimizationFailed: {
    not_configured: "оптимизация не настроена",
    timeout: "оптимизация заняла слишком много времени",
    refused: "модель для промптов отказалась отвечать",
    unavailable: "модель для промптов недоступна",
    unusable_answer: "ответ модели для промптов оказался непригодным"
  },
  sizeAdapted: (wanted, drawn) => `Настроенные модели не поддерживают размер ${wanted}, вместо него выбран ${drawn}.`,
  seedIgnored: "Сид не учтён: настроенные модели его не поддерживают.",
  stepsIgnored: (steps, maximum) =>
    maximum === undefined
      ? `Число шагов (${steps}) не учтено: у этой модели его нельзя задать.`
      : `Число шагов (${steps}) не учтено: у этой модели их не больше ${maximum}.`,
  storageFailed: "Не удалось сохранить изображение на сервере, поэтому оно вложено в ответ. Сохраните его сейчас.",
  imageFailed: (number, of) => `Не удалось создать изображение ${number} из ${of}:`,
  generationFailed: "Не удалось создать изображение:"
}

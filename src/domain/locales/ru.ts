import type { Messages } from "./Messages.ts"
import type { PageMessages } from "./PageMessages.ts"

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

export const pageMessages: PageMessages = {
  tagline: "Место, где рисуют",
  addKey: "Ввести API-ключ",
  changeKey: "API-ключ",
  previewNotice:
    "Предпросмотр: эти изображения рисует сам Worker, а не Flux. Чтобы получать настоящие, добавьте учётные данные Cloudflare.",
  prompt: "Промпт",
  promptExample: "Маяк в сумерках, холст, масло",
  inputPicture: "Изображение для правки",
  inputPictureHint: "Перетащите или вставьте изображение для правки либо",
  choosePicture: "выберите файл",
  removePicture: "Убрать изображение",
  ratio: "Соотношение сторон",
  automatic: "Автоматически",
  model: "Модель",
  number: "Количество",
  seed: "Сид",
  randomSeed: "случайный",
  optimize: "Улучшить промпт",
  optimizeHint: "Чат-модель добавит деталей перед рисованием.",
  optimizeUnavailable: "В этом сервисе не настроено.",
  draw: "Нарисовать",
  cancel: "Отменить",
  stages: {
    sent: "Отправлено",
    opened: "Принято",
    drawing: "Рисуется",
    picture: (number, of) => `Изображение ${number} из ${of}`,
    done: "Готово",
    cancelled: "Отменено"
  },
  neurons: (count) => `около ${count} нейронов`,
  pictures: "Изображения",
  noPictures: "Нарисованное появится здесь и останется в этом браузере.",
  notKept: "Этот браузер не хранит данные этой страницы. Скачайте изображения, прежде чем уйти.",
  linkUntil: (time) => `Ссылка действует до ${time}`,
  linkExpired: "Срок ссылки истёк; изображение хранится в этом браузере.",
  linkMissing: "Ссылки нет; изображение хранится в этом браузере.",
  drawnPrompt: "Улучшенный промпт",
  copy: "Копировать",
  link: "Ссылка",
  copied: "Скопировано",
  copyFailed: "Браузер не разрешил копирование.",
  download: "Скачать",
  redraw: "Нарисовать снова",
  edit: "Править это изображение",
  remove: "Удалить",
  enlarge: "Увеличить",
  close: "Закрыть",
  apiKey: "API-ключ",
  keyHint: "Значение API_KEY в Worker. Ключ спрашивают один раз, и он остаётся в этом браузере.",
  save: "Сохранить",
  forget: "Забыть ключ",
  failed: "Не получилось",
  tryAgain: "Повторить",
  requestId: "Запрос",
  advice: {
    key: "Сервис не знает этого ключа. Введите тот, который задан как API_KEY.",
    quota: "Бесплатные нейроны на сегодня закончились. Рисуйте после 00:00 UTC или перейдите на тариф Workers Paid.",
    rate: (seconds) => `Сейчас слишком много запросов. Повторите через ${seconds} с.`,
    policy: "Фильтр модели отказал. Опишите изображение иначе: он часто отклоняет и безобидное.",
    configuration: (variable) =>
      `В настройках Worker ошибка${variable && ` (${variable})`}. Исправьте её и перезагрузите страницу.`,
    tooLarge: "Изображение слишком большое. Выберите поменьше.",
    model: "В этом сервисе нет такой модели. Выберите другую.",
    request: "Измените то, что здесь названо, и нарисуйте снова.",
    upstream: "Сбой Workers AI. Повторите чуть позже; подробности в журнале Worker.",
    timeout: "Workers AI не ответил вовремя. Повторите позже: меньше изображений или меньший размер.",
    network: "Соединение прервано. Проверьте сеть и повторите.",
    unreadablePicture: "Этот файл не удаётся прочитать как изображение. Подойдут JPEG, PNG и WebP."
  },
  setupTitle: "Почти готово",
  setupIntro: "Сервис работает. Чтобы он мог рисовать, задайте:",
  settings: {
    API_KEY: "Ключ, который должны знать все, кто рисует. Лучше всего длинный случайный текст.",
    FLUX_CF_KV: "Пространство имён KV, где хранятся изображения. Его создаёт развёртывание через wrangler.",
    AI: "Workers AI: рисует без API-токена.",
    CF_ACCOUNT_ID: "Идентификатор аккаунта Cloudflare, который рисует. Он указан на обзорной странице Workers.",
    CF_API_TOKEN: "API-токен Cloudflare с правом на Workers AI."
  },
  settingWrong: "Значение не подходит:",
  setupCommand: "В терминале, в папке проекта:",
  setupDashboard: "Или в панели Cloudflare: Settings этого Worker, Variables and Secrets. Локально: в .dev.vars.",
  setupBinding: "В панели Cloudflare: Settings этого Worker, Bindings, точно под этим именем. Или в терминале:",
  checkAgain: "Проверить снова",
  baseAddress: "Базовый адрес для программ, совместимых с OpenAI",
  apiDescription: "Описание API"
}

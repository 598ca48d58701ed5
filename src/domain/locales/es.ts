import type { Messages } from "./Messages.ts"

export const es: Messages = {
  originalPrompt: "Prompt original",
  promptModel: "Modelo de prompts",
  optimizedPrompt: "Prompt optimizado",
  imageSize: "Tamaño de la imagen",
  seed: "Semilla",
  noPromptModel: "Prompt original",
  imageGenerated: "¡Imagen generada!",
  hereIsTheResult: "Aquí tienes el resultado:",
  imageAlt: "Imagen generada",
  preview:
    "Esto es una vista previa, no una imagen de Flux. Añade credenciales de Cloudflare para generar imágenes reales.",
  optimizationFailed: {
    not_configured: "la optimización no está configurada",
    timeout: "la optimización tardó demasiado",
    refused: "el modelo de prompts se negó a responder",
    unavailable: "el modelo de prompts no está disponible",
    unusable_answer: "la respuesta del modelo de prompts no era utilizable"
  },
  sizeAdapted: (wanted, drawn) => `Los modelos configurados no admiten ${wanted}; se usa ${drawn}.`,
  seedIgnored: "Se ignoró la semilla: los modelos configurados no la admiten.",
  stepsIgnored: (steps, maximum) =>
    maximum === undefined
      ? `Se ignoró el número de pasos (${steps}): este modelo no permite elegirlo.`
      : `Se ignoró el número de pasos (${steps}): este modelo admite ${maximum} como máximo.`,
  storageFailed: "No se pudo almacenar la imagen, así que va incluida aquí. Guárdala ahora.",
  imageFailed: (number, of) => `No se pudo generar la imagen ${number} de ${of}:`,
  generationFailed: "No se pudo generar la imagen:"
}

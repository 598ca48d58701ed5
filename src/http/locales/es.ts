import type { Messages } from "./Messages.ts"
import type { PageMessages } from "./PageMessages.ts"

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
    preview: "la vista previa no consulta ningún modelo de prompts",
    edit: "lo que se pide cambiar en una imagen se deja tal cual",
    timeout: "la optimización tardó demasiado",
    refused: "el modelo de prompts se negó a responder",
    unavailable: "el modelo de prompts no está disponible",
    quota: "las neuronas del día se han agotado",
    retired: "Workers AI ya no ofrece el modelo de prompts",
    not_allowed: "esta cuenta de Cloudflare no puede usar el modelo de prompts",
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
  earlierPictureGone: "La imagen anterior ya no está guardada, así que esta se dibujó sin ella.",
  editedPictureGone:
    "La imagen que hay que cambiar ya no está guardada aquí, así que no se dibujó nada. Adjúntala o describe la imagen completa.",
  generationFailed: "No se pudo generar la imagen:",
  errors: {
    promptRefused:
      "El filtro de contenido del modelo rechazó este prompt. A menudo rechaza prompts inofensivos: dígalo con otras palabras.",
    inputRefused: "El filtro de contenido del modelo rechazó la imagen de entrada. Envíe otra.",
    outputRefused:
      "El filtro de contenido del modelo rechazó la imagen resultante. Cambie el prompt o la imagen de entrada.",
    rateLimited: "Hay demasiadas solicitudes en este momento. Inténtelo de nuevo en unos segundos.",
    quotaExceeded: (time) =>
      `La cuenta de Cloudflare ha agotado sus neuronas gratuitas de hoy. Se renuevan el ${time}.`,
    misconfigured: (variable) =>
      `El ajuste ${variable} de este servicio falta o es incorrecto. Avise a quien lo administra.`,
    upstreamFailed: "Workers AI ha fallado. Inténtelo más tarde.",
    upstreamTimeout: "Workers AI no respondió a tiempo. Inténtelo más tarde.",
    interrupted: "La generación se interrumpió. Iníciela de nuevo.",
    cancelled: "La generación se canceló.",
    notReady: "El servicio no puede darlo en este momento. Inténtalo de nuevo en un minuto.",
    emptyPrompt: "El último mensaje está vacío. Describa la imagen.",
    onlyFlags: "El prompt solo contiene una proporción u opciones. Describa también la imagen.",
    noUserMessage: "No hay ningún mensaje suyo. Su texto es el prompt.",
    nothingToEdit: "--edit cambia una imagen, pero no hay ninguna en la conversación.",
    promptTooLong: "El prompt es demasiado largo. Acórtelo.",
    tooManyPictures: (maximum) => `Hay demasiadas imágenes de entrada. El máximo es ${maximum}.`,
    unusablePicture: "La imagen de entrada no se puede usar. Envíela como JPEG, PNG o WebP.",
    requestRefused: (detail) => `La solicitud no se puede ejecutar así: ${detail}`,
    modelNotFound: (model) => `El modelo «${model}» no existe aquí.`,
    pictureExpired: "Esta imagen ha caducado y ya no se conserva.",
    pictureNotFound: "No hay ninguna imagen en esta dirección.",
    storageFailed: "El almacén de imágenes ha fallado. Inténtelo más tarde.",
    budgetExceeded: (time) => `Las neuronas de esta clave ya no alcanzan para hoy. Se renuevan el ${time}.`,
    tooLarge: "La solicitud es demasiado grande. Envíe menos imágenes o más pequeñas.",
    wrongKey: "La clave de API falta o es incorrecta. Introduzca la clave de este servicio."
  }
}

export const pageMessages: PageMessages = {
  tagline: "Un lugar para dibujar",
  addKey: "Añadir clave de API",
  changeKey: "Clave de API",
  previewNotice:
    "Vista previa: estas imágenes las pinta el propio Worker, no Flux. Añade credenciales de Cloudflare para dibujar imágenes reales.",
  prompt: "Prompt",
  promptExample: "Un faro al anochecer, óleo sobre lienzo",
  inputPicture: "Imagen para editar",
  inputPictureHint: "Arrastra o pega una imagen para editarla, o",
  choosePicture: "elige un archivo",
  removePicture: "Quitar la imagen",
  ratio: "Proporción",
  automatic: "Automático",
  model: "Modelo",
  number: "Imágenes",
  seed: "Semilla",
  randomSeed: "aleatoria",
  optimize: "Mejorar el prompt",
  optimizeHint: "Un modelo de chat añade detalles antes de dibujar.",
  optimizeUnavailable: "No está configurado en este servicio.",
  draw: "Dibujar",
  cancel: "Cancelar",
  stages: {
    sent: "Enviado",
    opened: "Aceptado",
    drawing: "Dibujando",
    picture: (number, of) => `Imagen ${number} de ${of}`,
    done: "Listo",
    cancelled: "Cancelado"
  },
  neurons: (count) => `unas ${count} neuronas`,
  pictures: "Imágenes",
  noPictures: "Lo que dibujes aparecerá aquí y se quedará en este navegador.",
  notKept: "Este navegador no guarda datos de esta página. Descarga las imágenes antes de salir.",
  linkUntil: (time) => `Enlace válido hasta ${time}`,
  linkExpired: "El enlace ha caducado; la imagen se conserva en este navegador.",
  linkMissing: "No hay enlace; la imagen se conserva en este navegador.",
  drawnPrompt: "Prompt mejorado",
  copy: "Copiar",
  link: "Enlace",
  copied: "Copiado",
  copyFailed: "El navegador no permitió copiar.",
  download: "Descargar",
  redraw: "Dibujar otra vez",
  edit: "Editar esta imagen",
  remove: "Eliminar",
  enlarge: "Ampliar",
  close: "Cerrar",
  apiKey: "Clave de API",
  keyHint: "El valor de API_KEY en el Worker. Se pide una sola vez y se queda en este navegador.",
  save: "Guardar",
  forget: "Olvidar la clave",
  failed: "No ha funcionado",
  tryAgain: "Reintentar",
  requestId: "Solicitud",
  advice: {
    key: "El servicio no conoce esta clave. Introduce la que está definida como API_KEY.",
    quota:
      "Las neuronas gratuitas de hoy se han agotado. Vuelve a dibujar después de las 00:00 UTC o pasa al plan Workers Paid.",
    rate: (seconds) => `Hay demasiadas solicitudes en este momento. Inténtalo de nuevo en ${seconds} s.`,
    policy: "El filtro del modelo lo ha rechazado. Descríbelo con otras palabras; a menudo rechaza cosas inofensivas.",
    configuration: (variable) =>
      `Hay un error en la configuración del Worker${variable && ` (${variable})`}. Corrígelo y recarga esta página.`,
    tooLarge: "La imagen es demasiado grande. Elige una más pequeña.",
    model: "Este servicio no tiene ese modelo. Elige otro.",
    request: "Cambia lo que se indica aquí y vuelve a dibujar.",
    upstream: "Workers AI ha fallado. Inténtalo de nuevo en un momento; el registro del Worker dice más.",
    timeout: "Workers AI ha tardado demasiado. Inténtalo más tarde, con menos imágenes o una proporción más pequeña.",
    network: "Se ha perdido la conexión. Comprueba la red e inténtalo de nuevo.",
    unreadablePicture: "Este archivo no se puede leer como imagen. Usa JPEG, PNG o WebP."
  },
  setupTitle: "Casi listo",
  setupIntro: "El servicio está en marcha. Antes de dibujar, configura:",
  settings: {
    API_KEY: "La clave que debe conocer quien dibuje. Elige un texto largo y aleatorio.",
    FLUX_CF_KV: "El espacio de nombres KV que guarda las imágenes. Un despliegue con wrangler lo crea.",
    AI: "Workers AI, que dibuja sin token de API.",
    CF_ACCOUNT_ID: "El identificador de la cuenta de Cloudflare que dibuja. Está en la página de resumen de Workers.",
    CF_API_TOKEN: "Un token de API de Cloudflare que pueda usar Workers AI."
  },
  settingWrong: "Su valor no se puede usar:",
  setupCommand: "En una terminal, en la carpeta del proyecto:",
  setupDashboard: "O en el panel de Cloudflare: Settings del Worker, Variables and Secrets. En local: en .dev.vars.",
  setupBinding:
    "En el panel de Cloudflare: Settings del Worker, Bindings, con exactamente este nombre. O en una terminal:",
  checkAgain: "Comprobar de nuevo",
  baseAddress: "Dirección base para programas compatibles con OpenAI",
  apiDescription: "Descripción de la API"
}

import type { Messages } from "./Messages.ts"
import type { PageMessages } from "./PageMessages.ts"

export const en: Messages = {
  originalPrompt: "Original prompt",
  promptModel: "Prompt model",
  optimizedPrompt: "Optimized prompt",
  imageSize: "Image size",
  seed: "Seed",
  noPromptModel: "Original prompt",
  imageGenerated: "Image generated!",
  hereIsTheResult: "Here is the result:",
  imageAlt: "Generated image",
  preview: "This is a preview, not drawn by Flux. Add Cloudflare credentials to draw real pictures.",
  optimizationFailed: {
    not_configured: "optimization is not configured",
    preview: "the preview asks no prompt model",
    edit: "what is to change in a picture is left as it was said",
    timeout: "optimization took too long",
    refused: "the prompt model refused",
    unavailable: "the prompt model is unavailable",
    quota: "the neurons of the day are used up",
    retired: "Workers AI does not offer the prompt model any more",
    not_allowed: "this Cloudflare account may not use the prompt model",
    unusable_answer: "the prompt model's answer was unusable"
  },
  sizeAdapted: (wanted, drawn) => `${wanted} can't be drawn by the configured models; drawn as ${drawn}.`,
  seedIgnored: "The seed was left out: the configured models take none.",
  stepsIgnored: (steps, maximum) =>
    maximum === undefined
      ? `${steps} steps were left out: this model takes no number of steps.`
      : `${steps} steps were left out: this model takes at most ${maximum}.`,
  storageFailed: "The picture could not be stored, so it is included here. Save it now.",
  imageFailed: (number, of) => `Image ${number} of ${of} failed:`,
  earlierPictureGone: "The earlier picture is no longer stored, so this one was drawn without it.",
  editedPictureGone:
    "The picture to change is no longer stored here, so nothing was drawn. Attach it, or describe the whole picture.",
  generationFailed: "The image could not be generated:",
  errors: null
}

export const pageMessages: PageMessages = {
  tagline: "A place to draw",
  addKey: "Add API key",
  changeKey: "API key",
  previewNotice:
    "Preview: these pictures are painted by the Worker itself, not by Flux. Add Cloudflare credentials to draw real ones.",
  prompt: "Prompt",
  promptExample: "A lighthouse at dusk, oil on canvas",
  inputPicture: "Picture to edit",
  inputPictureHint: "Drop or paste a picture to edit it, or",
  choosePicture: "choose a file",
  removePicture: "Remove the picture",
  ratio: "Ratio",
  automatic: "Automatic",
  model: "Model",
  number: "Pictures",
  seed: "Seed",
  randomSeed: "random",
  optimize: "Improve the prompt",
  optimizeHint: "A chat model adds detail before the picture is drawn.",
  optimizeUnavailable: "Not set up on this service.",
  draw: "Draw",
  cancel: "Cancel",
  stages: {
    sent: "Sent",
    opened: "Accepted",
    drawing: "Drawing",
    picture: (number, of) => `Picture ${number} of ${of}`,
    done: "Done",
    cancelled: "Cancelled"
  },
  neurons: (count) => `about ${count} neurons`,
  pictures: "Pictures",
  noPictures: "What you draw appears here and stays in this browser.",
  notKept: "This browser keeps no data for this page. Download the pictures before you leave.",
  linkUntil: (time) => `Link works until ${time}`,
  linkExpired: "The link has expired; the picture is kept in this browser.",
  linkMissing: "There is no link; the picture is kept in this browser.",
  drawnPrompt: "Improved prompt",
  copy: "Copy",
  link: "Link",
  copied: "Copied",
  copyFailed: "The browser did not allow copying.",
  download: "Download",
  redraw: "Draw again",
  edit: "Edit this picture",
  remove: "Delete",
  enlarge: "Enlarge",
  close: "Close",
  apiKey: "API key",
  keyHint: "The value of API_KEY in the Worker. You are asked once; the key stays in this browser.",
  save: "Save",
  forget: "Forget the key",
  failed: "That did not work",
  tryAgain: "Try again",
  requestId: "Request",
  advice: {
    key: "The service does not know this key. Enter the one that is set as API_KEY.",
    quota: "The free neurons for today are used up. Draw again after 00:00 UTC, or switch to the Workers Paid plan.",
    rate: (seconds) => `Too many requests at the moment. Try again in ${seconds} s.`,
    policy: "The model's filter refused. Describe the picture in other words; it often refuses harmless ones.",
    configuration: (variable) =>
      `Something is wrong with the settings of the Worker${variable && ` (${variable})`}. Correct it, then reload this page.`,
    tooLarge: "The picture is too large. Choose a smaller one.",
    model: "This service does not have that model. Choose another one.",
    request: "Change what is named here, then draw again.",
    upstream: "Workers AI failed. Try again in a moment; the log of the Worker tells more.",
    timeout: "Workers AI took too long. Try again later, with fewer pictures or a smaller ratio.",
    network: "The connection was lost. Check the network, then try again.",
    unreadablePicture: "This file can't be read as a picture. Use a JPEG, PNG or WebP."
  },
  setupTitle: "Almost ready",
  setupIntro: "The service is running. Before it can draw, set:",
  settings: {
    API_KEY: "The key that everybody who draws has to know. Choose a long random text.",
    FLUX_CF_KV: "The KV namespace that keeps the pictures. A deploy with wrangler creates it.",
    AI: "Workers AI, which draws without an API token.",
    CF_ACCOUNT_ID: "The id of the Cloudflare account that draws. It is on the overview page of Workers.",
    CF_API_TOKEN: "A Cloudflare API token that may use Workers AI."
  },
  settingWrong: "Its value can't be used:",
  setupCommand: "In a terminal, in the folder of the project:",
  setupDashboard:
    "Or in the Cloudflare dashboard: the Worker's Settings, Variables and Secrets. Locally: in .dev.vars.",
  setupBinding:
    "In the Cloudflare dashboard: the Worker's Settings, Bindings, under exactly this name. Or in a terminal:",
  checkAgain: "Check again",
  baseAddress: "Base address for OpenAI-compatible programs",
  apiDescription: "API description"
}

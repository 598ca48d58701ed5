import type { Messages } from "./Messages.ts"

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
    timeout: "optimization took too long",
    refused: "the prompt model refused",
    unavailable: "the prompt model is unavailable",
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
  generationFailed: "The image could not be generated:"
}

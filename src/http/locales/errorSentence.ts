import type { DrawError } from "../../domain/Errors.ts"
import type { Messages } from "./Messages.ts"

/** Why a picture failed, in the language of the chat. */
export const errorSentence = (error: DrawError, { errors }: Messages): string => {
  if (!errors) return error.message
  switch (error._tag) {
    case "InvalidRequest":
      return error.message
    case "ContentPolicyViolation":
      return { prompt: errors.promptRefused, input: errors.inputRefused, output: errors.outputRefused }[error.subject]
    case "RateLimited":
      return errors.rateLimited
    case "QuotaExceeded":
      return errors.quotaExceeded(`${new Date(error.renewsAt).toISOString().slice(0, 16).replace("T", " ")} UTC`)
    case "ConfigurationError":
      return errors.misconfigured(error.variable)
    case "UpstreamError":
      return errors.upstreamFailed
    case "UpstreamTimeout":
      return errors.upstreamTimeout
    case "GenerationInterrupted":
      return errors.interrupted
    case "GenerationCancelled":
      return errors.cancelled
    case "ImageNotReady":
    case "LedgerUnavailable":
      return errors.notReady
  }
}

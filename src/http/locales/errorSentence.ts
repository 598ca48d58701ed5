import type { DrawError, InvalidRequest } from "../../domain/Errors.ts"
import { maximumInputs } from "../../services/imageGenerator/refusals.ts"
import type { ErrorSentences, Messages } from "./Messages.ts"

/** Why a picture failed, in the language of the chat. */
export const errorSentence = (error: DrawError, { errors }: Messages): string => {
  if (!errors) return error.message
  switch (error._tag) {
    case "InvalidRequest":
      return reasonSentence(error, errors) ?? error.message
    case "ContentPolicyViolation":
      return { prompt: errors.promptRefused, input: errors.inputRefused, output: errors.outputRefused }[error.subject]
    case "RateLimited":
      return errors.rateLimited
    case "QuotaExceeded":
      return errors.quotaExceeded(timeOf(error.renewsAt))
    case "CreditsExhausted":
      return errors.creditsExhausted(error.model)
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

/** A date and time in UTC, from milliseconds since 1970. */
export const timeOf = (millis: number): string => `${new Date(millis).toISOString().slice(0, 16).replace("T", " ")} UTC`

/** What is wrong with a request, where it is known by more than its words. */
export const reasonSentence = ({ message, reason }: InvalidRequest, errors: ErrorSentences): string | undefined => {
  switch (reason) {
    case undefined:
      return undefined
    case "tooManyImages":
      return errors.tooManyImages(maximumInputs)
    case "promptTooLong":
    case "unusableImage":
      // How long it may be, and what the picture is, is in the details.
      return `${errors[reason]} (${message})`
    default:
      return errors[reason]
  }
}

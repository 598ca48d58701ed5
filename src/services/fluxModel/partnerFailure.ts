import {
  ConfigurationError,
  ContentPolicyViolation,
  CreditsExhausted,
  type DrawError,
  InvalidRequest,
  RateLimited,
  UpstreamError,
  UpstreamTimeout
} from "../../domain/Errors.ts"
import type { FailedCall, UpstreamFailure } from "./failure.ts"

/** Words of filters, each provider's own. */
const moderated = /moderat|safety|content.polic|policy.violation|\bpolicy\b|blocked|flagged|nsfw|sensitive content/i

/** The field that a provider complains of, as our requests call it. */
const fields: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(?:size|width|height|aspect_ratio|resolution|image_size)\b/i, "size"],
  [/\b(?:images?|input_images?|image_input)\b/i, "image"],
  [/\bseed\b/i, "seed"],
  [/\bsteps\b/i, "steps"],
  [/\bquality\b/i, "quality"],
  [/\bprompt\b/i, "prompt"]
]

/**
 * Why a partner's model did not draw: what Cloudflare says in its envelope, what the provider says in its own words. Nothing is
 * tried again, for it may be paid for.
 */
export const partnerFailure = ({ code, message, status }: UpstreamFailure, call: FailedCall): DrawError => {
  const { chosenBy, model } = call.request
  const byok = status === 400 && /byok/i.test(message)
  if (code === 2021 || byok) {
    return unusable(
      call,
      byok
        ? "The AI Gateway of this account takes no credits, only keys of its own, and so does not draw with"
        : "The credits of this account do not pay for"
    )
  }
  if (status === 402) return new CreditsExhausted({ model: model.id, lack: "quota" })
  if (status === 404 || status === 410 || code === 7003 || code === 5007 || code === 3042 || code === 5028) {
    return unusable(call, "Cloudflare does not offer")
  }
  if (status === 401 || status === 403 || code === 2009 || code === 10000 || code === 9106) {
    return call.way === "rest"
      ? new ConfigurationError({
          variable: "CF_API_TOKEN",
          message: `Cloudflare refuses CF_API_TOKEN for ${model.id}. Models of partners need its permission AI Gateway.`
        })
      : new ConfigurationError({
          variable: chosenBy === "caller" ? "PARTNER_MODELS" : chosenBy,
          message: `Cloudflare refuses the calls of the binding AI to ${model.id}: its AI Gateway \`default\` needs authentication and credits.`
        })
  }
  if (status === 413 || code === 3006) {
    return new InvalidRequest({ message: "The input pictures are too large for the model.", param: "image" })
  }
  if (status === 429) {
    return new RateLimited({
      message: `${model.id} takes no more requests for now.`,
      retryAfterSeconds: 30,
      lack: "capacity"
    })
  }
  if (status === 408 || status === 504 || code === 3007 || code === 3008) return new UpstreamTimeout({})
  const refused = status >= 400 && status <= 499
  if ((refused || status === 200) && moderated.test(message)) {
    const subject = /output|generated|result/i.test(message) ? "output" : "prompt"
    return new ContentPolicyViolation({ subject })
  }
  const field = refused ? fields.find(([words]) => words.test(message))?.[1] : undefined
  return field === undefined
    ? new UpstreamError({
        message: `${model.id} failed (${code === undefined ? `status ${status}` : `code ${code}`}). Try again later.`,
        cause: message
      })
    : new InvalidRequest({ message: `${model.id} does not take this \`${field}\`.`, param: field })
}

const unusable = ({ request: { chosenBy, model } }: FailedCall, why: string): DrawError =>
  chosenBy === "caller"
    ? new InvalidRequest({
        message: `${why} ${model.id}, which this request asks for. Name another model.`,
        param: "model",
        lack: "retired"
      })
    : new ConfigurationError({
        variable: chosenBy,
        message: `${why} ${model.id}. Choose another model with ${chosenBy}.`,
        lack: "retired"
      })

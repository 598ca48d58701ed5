import {
  ConfigurationError,
  ContentPolicyViolation,
  type DrawError,
  InvalidRequest,
  QuotaExceeded,
  RateLimited,
  UpstreamError,
  UpstreamTimeout
} from "../../domain/Errors.ts"
import type { Model } from "../../domain/Model.ts"
import { nextDay } from "../../domain/Usage.ts"

/** What Workers AI said when it did not draw. */
export interface UpstreamFailure {
  readonly status: number
  /** Its own number for the failure, where it gave one. */
  readonly code: number | undefined
  readonly message: string
}

/** A failure for the caller, and whether the call may be made once more: only where it surely drew nothing. */
export interface ClassifiedFailure {
  readonly error: DrawError
  readonly retry: "never" | "at once" | "after a pause"
}

const never = (error: DrawError): ClassifiedFailure => ({ error, retry: "never" })

const misconfigured = (variable: string, message: string): ClassifiedFailure =>
  never(new ConfigurationError({ variable, message }))

/** The codes: https://developers.cloudflare.com/workers-ai/platform/errors/, and those that were seen beside them. */
export const classifyFailure = (failure: UpstreamFailure, model: Model, nowMillis: number): ClassifiedFailure => {
  switch (failure.code) {
    case 3030:
    case 8007:
      return classifyModelFailure(failure, model)
    case 3036:
    case 4006:
      return never(new QuotaExceeded({ renewsAt: nextDay(nowMillis) }))
    case 3040:
      return {
        error: new RateLimited({
          message: "Workers AI has no capacity at this moment. Try again.",
          retryAfterSeconds: 10
        }),
        retry: "after a pause"
      }
    case 3007:
    case 3008:
      return never(new UpstreamTimeout({}))
    case 9106:
    case 10000:
      return misconfigured("CF_API_TOKEN", "Cloudflare refuses CF_API_TOKEN. It needs the permission Workers AI.")
    case 7000:
    case 7003:
      return misconfigured("CF_ACCOUNT_ID", "Cloudflare knows no account under CF_ACCOUNT_ID.")
    case 3006:
      return never(new InvalidRequest({ message: "The input pictures are too large for the model.", param: "image" }))
    case 5016:
    case 5018:
    case 3023:
    case 3041:
    case 5035:
      return misconfigured(
        "FLUX_MODEL",
        `This Cloudflare account may not use ${model.id}: choose another model, or another plan.`
      )
    case 5007:
    case 3042:
      return misconfigured("FLUX_MODEL", `Workers AI no longer offers ${model.id}. Choose another model.`)
    default:
      return classifyStatus(failure, model)
  }
}

/** 3030 says no more than that the model failed; why, only the words tell. */
const classifyModelFailure = (failure: UpstreamFailure, model: Model): ClassifiedFailure => {
  const { message } = failure
  if (/output has been flagged|output image contains nsfw/i.test(message)) {
    return never(new ContentPolicyViolation({ subject: "output" }))
  }
  if (/input image contains nsfw/i.test(message)) return never(new ContentPolicyViolation({ subject: "input" }))
  if (/nsfw content/i.test(message)) {
    return { error: new ContentPolicyViolation({ subject: "prompt" }), retry: "at once" }
  }
  if (/input[ _]image|smaller than/i.test(message)) {
    return never(
      new InvalidRequest({
        message: `${model.id} takes input pictures of at most ${model.inputs?.maximumSide ?? 0} pixels a side.`,
        param: "image"
      })
    )
  }
  return never(upstreamError(failure))
}

const classifyStatus = (failure: UpstreamFailure, model: Model): ClassifiedFailure => {
  if (/length of '\/prompt' must be/i.test(failure.message)) {
    return never(
      new InvalidRequest({
        message: `The prompt is too long: ${model.id} takes at most ${model.promptLimit} characters.`,
        param: "prompt"
      })
    )
  }
  switch (failure.status) {
    case 401:
    case 403:
      return misconfigured("CF_API_TOKEN", "Cloudflare refuses CF_API_TOKEN. It needs the permission Workers AI.")
    case 429:
      return never(new RateLimited({ message: "Workers AI takes no more requests for now.", retryAfterSeconds: 30 }))
    case 408:
    case 504:
      return never(new UpstreamTimeout({}))
    default:
      return never(upstreamError(failure))
  }
}

const upstreamError = ({ code, message, status }: UpstreamFailure): UpstreamError =>
  new UpstreamError({
    message: `Workers AI failed (${code === undefined ? `status ${status}` : `code ${code}`}). Try again later.`,
    cause: message
  })

import type { DrawRequest } from "../../domain/DrawRequest.ts"
import {
  ConfigurationError,
  ContentPolicyViolation,
  type DrawError,
  InvalidRequest,
  type ModelLack,
  QuotaExceeded,
  RateLimited,
  UpstreamError,
  UpstreamTimeout
} from "../../domain/Errors.ts"
import type { Model } from "../../domain/Model.ts"
import { nextDay } from "../../domain/Usage.ts"
import type { Transport } from "./Transport.ts"

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
  /** What the call cost all the same, where that was told. */
  readonly neurons?: number | undefined
}

const never = (error: DrawError): ClassifiedFailure => ({ error, retry: "never" })

const misconfigured = (variable: string, message: string): ClassifiedFailure =>
  never(new ConfigurationError({ variable, message }))

/** The call that failed: what it asked for, and the way that it took. */
export interface FailedCall {
  readonly request: Pick<DrawRequest, "model" | "chosenBy">
  readonly way: Transport["way"]
}

/** The codes: https://developers.cloudflare.com/workers-ai/platform/errors/, and those that were seen beside them. */
export const classifyFailure = (failure: UpstreamFailure, call: FailedCall, nowMillis: number): ClassifiedFailure => {
  switch (failure.code) {
    case 3030:
    case 8007:
      return classifyModelFailure(failure, call.request.model)
    case 3036:
    case 4006:
      return never(new QuotaExceeded({ renewsAt: nextDay(nowMillis), lack: "quota" }))
    case 3040:
      return {
        error: new RateLimited({
          message: "Workers AI has no capacity at this moment. Try again.",
          retryAfterSeconds: 10,
          lack: "capacity"
        }),
        retry: "after a pause"
      }
    case 3007:
    case 3008:
      return never(new UpstreamTimeout({}))
    case 9106:
    case 10000:
      return accessRefused(call)
    case 7000:
    case 7003:
      return call.way === "binding"
        ? accessRefused(call)
        : misconfigured("CF_ACCOUNT_ID", "Cloudflare knows no account under CF_ACCOUNT_ID.")
    case 3006:
      return never(new InvalidRequest({ message: "The input pictures are too large for the model.", param: "image" }))
    case 3023:
    case 3041:
    case 5016:
    case 5018:
    case 5035:
      return modelUnusable(call, "This Cloudflare account may not use", "or take another plan")
    case 3042:
    case 5007:
    case 5028:
      return modelUnusable(call, "Workers AI no longer offers", undefined, "retired")
    default:
      return classifyStatus(failure, call)
  }
}

const accessRefused = ({ way }: FailedCall): ClassifiedFailure =>
  way === "rest"
    ? misconfigured("CF_API_TOKEN", "Cloudflare refuses CF_API_TOKEN. It needs the permission Workers AI.")
    : misconfigured(
        "AI",
        "Cloudflare refuses the calls of the binding AI. Deploy again to an account that may use Workers AI; " +
          "`wrangler dev` needs a new `wrangler login`."
      )

/** The fault of whoever chose the model: only they can choose another. */
const modelUnusable = (
  { request }: FailedCall,
  why: string,
  otherwise?: string,
  lack?: ModelLack
): ClassifiedFailure => {
  const { chosenBy, model } = request
  const advice = otherwise === undefined ? "" : `, ${otherwise}`
  const lacking = lack && { lack }
  if (chosenBy === "mask") {
    return never(
      new InvalidRequest({
        message: `${why} ${model.id}, which masks need. Leave the mask out, and say in the prompt what to change.`,
        param: "mask",
        ...lacking
      })
    )
  }
  return chosenBy === "caller"
    ? never(
        new InvalidRequest({
          message: `${why} ${model.id}, which this request asks for. Name another model${advice}.`,
          param: "model",
          ...lacking
        })
      )
    : never(
        new ConfigurationError({
          variable: chosenBy,
          message: `${why} ${model.id}. Choose another model with ${chosenBy}${advice}.`,
          ...lacking
        })
      )
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
  if (model.needs && !model.partner && /model input is not valid/i.test(message)) {
    return never(
      new InvalidRequest({
        message: `${model.id} can't read the picture${model.needs === "mask" ? " or its mask" : ""}. Send another one.`,
        param: model.needs
      })
    )
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

const classifyStatus = (failure: UpstreamFailure, call: FailedCall): ClassifiedFailure => {
  const { model } = call.request
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
      return accessRefused(call)
    case 410:
      return modelUnusable(call, "Workers AI no longer offers", undefined, "retired")
    case 429:
      // Its limit is one of requests a minute.
      return never(
        new RateLimited({
          message: "Workers AI takes no more requests for now.",
          retryAfterSeconds: 60,
          lack: "capacity"
        })
      )
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

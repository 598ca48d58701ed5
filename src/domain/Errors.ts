import * as Data from "effect/Data"
import type { ImageSize } from "./ImageSize.ts"

/** The request can't be carried out as it stands. `param` names the field to change, in the caller's words. */
export class InvalidRequest extends Data.TaggedError("InvalidRequest")<{
  readonly message: string
  readonly param?: string | undefined
  readonly code?: string | undefined
}> {}

/** The body is larger than this service reads. */
export class PayloadTooLarge extends Data.TaggedError("PayloadTooLarge")<{ readonly limitBytes: number }> {
  override readonly message =
    `The request body is larger than ${this.limitBytes} bytes. Send fewer or smaller pictures.`
}

/** No key, or one that is not configured. */
export class InvalidApiKey extends Data.TaggedError("InvalidApiKey")<{ readonly given: boolean }> {
  override readonly message = this.given
    ? "Incorrect API key provided. Use the key that is set as API_KEY in this Worker."
    : "You didn't provide an API key. Send it as `Authorization: Bearer YOUR_KEY`."
}

export class ModelNotFound extends Data.TaggedError("ModelNotFound")<{ readonly model: string }> {
  override readonly message =
    `The model '${this.model.slice(0, 100)}' does not exist here. GET /v1/models lists the models that this service draws with.`
}

/** There is no picture under this link, or no longer. */
export class ImageNotFound extends Data.TaggedError("ImageNotFound")<{ readonly expired: boolean }> {
  override readonly message = this.expired
    ? "This picture has expired and is no longer stored."
    : "There is no picture under this address."
}

const policyMessages = {
  prompt: "The model's content filter refused this prompt. It often refuses harmless ones: say it in other words.",
  input: "The model's content filter refused the input picture. Send another one.",
  output: "The model's content filter refused the picture that came out. Change the prompt or the input picture."
}

/** The filter of the model refused the prompt, an input picture, or the picture that it drew. */
export class ContentPolicyViolation extends Data.TaggedError("ContentPolicyViolation")<{
  readonly subject: "prompt" | "input" | "output"
}> {
  override readonly message = policyMessages[this.subject]
}

/** Too many requests at this moment, here or at Workers AI. */
export class RateLimited extends Data.TaggedError("RateLimited")<{
  readonly message: string
  /** At most 60: above that, SDKs no longer obey it. */
  readonly retryAfterSeconds: number
}> {}

/** The account's neurons for today are used up; they are renewed at `renewsAt` (milliseconds since 1970, 00:00 UTC). */
export class QuotaExceeded extends Data.TaggedError("QuotaExceeded")<{ readonly renewsAt: number }> {
  override readonly message =
    "The Cloudflare account has used up its free neurons for today. They are renewed at " +
    `${new Date(this.renewsAt).toISOString()}; the Workers Paid plan has no daily limit.`
}

/** A setting is missing or wrong. Says which, and never what it holds. */
export class ConfigurationError extends Data.TaggedError("ConfigurationError")<{
  readonly variable: string
  readonly message: string
}> {}

/** Workers AI failed, or gave an answer that is not a picture. What it said is in the log, not in `message`. */
export class UpstreamError extends Data.TaggedError("UpstreamError")<{
  readonly message: string
  readonly cause?: unknown
}> {}

/** Workers AI did not answer in time. The picture may have been billed, so nothing is tried again. */
export class UpstreamTimeout extends Data.TaggedError("UpstreamTimeout")<{
  /** How long this service waited; absent where Workers AI itself gave up. */
  readonly seconds?: number
}> {
  override readonly message =
    `Workers AI did not answer ${this.seconds ? `within ${this.seconds} seconds` : "in time"}. Try again later.`
}

/** The drawing was broken off in the middle, and what came of it is lost. It may have been paid for. */
export class GenerationInterrupted extends Data.TaggedError("GenerationInterrupted")<{
  /** For the log. */
  readonly cause?: unknown
}> {
  override readonly message =
    "The drawing was interrupted and its result is lost. It may have been paid for, so it is not drawn again by itself."
}

/** Its caller has cancelled the generation before this picture was begun. */
export class GenerationCancelled extends Data.TaggedError("GenerationCancelled") {
  override readonly message = "This generation was cancelled."
}

/** There is no generation under this id for this caller, or no longer. */
export class JobNotFound extends Data.TaggedError("JobNotFound") {
  override readonly message = "There is no job under this address. A finished one is kept for a short while only."
}

/** This deployment lacks the Durable Object that something needs. */
export class BindingMissing extends Data.TaggedError("BindingMissing")<{
  /** Its name in wrangler.toml. */
  readonly binding: string
}> {
  override readonly message =
    `This needs a Durable Object, and none is bound as ${this.binding}. A deploy with the project's wrangler.toml binds it.`
}

/** The caller's own neurons for today are used up; they are renewed at `renewsAt` (milliseconds since 1970, 00:00 UTC). */
export class BudgetExceeded extends Data.TaggedError("BudgetExceeded")<{
  /** What this request was estimated to need, and what is left, in neurons. */
  readonly needed: number
  readonly left: number
  readonly renewsAt: number
}> {
  override readonly message =
    `This key has ${this.left} neurons left today and the request needs ${this.needed}. ` +
    `They are renewed at ${new Date(this.renewsAt).toISOString()}.`
}

/** Workers KV failed. */
export class StorageError extends Data.TaggedError("StorageError")<{
  readonly operation: "get" | "put"
  readonly cause: unknown
}> {
  override readonly message = `Workers KV failed to ${this.operation} the picture.`
}

/** Everything that can go wrong while one picture is drawn. */
export type DrawError =
  | ContentPolicyViolation
  | InvalidRequest
  | RateLimited
  | QuotaExceeded
  | ConfigurationError
  | UpstreamError
  | UpstreamTimeout
  | GenerationInterrupted
  | GenerationCancelled

/** Whether it is sure that a drawing that failed so was not paid for. */
export const drewNothing = (error: DrawError): boolean => {
  switch (error._tag) {
    case "ContentPolicyViolation":
      return error.subject !== "output"
    case "InvalidRequest":
    case "RateLimited":
    case "QuotaExceeded":
    case "ConfigurationError":
    case "GenerationCancelled":
      return true
    case "UpstreamError":
    case "UpstreamTimeout":
    case "GenerationInterrupted":
      return false
  }
}

/** Everything that is known to be wrong with a request before anything is drawn. */
export type RequestError = InvalidRequest | ModelNotFound | ImageNotFound | ConfigurationError | StorageError

/** Everything for which a generation is not begun. */
export type StartError = RequestError | RateLimited | BudgetExceeded | GenerationInterrupted

/** A size that no configured model draws. */
export const unsupportedSize = (wanted: ImageSize, nearest: ImageSize, model: string): InvalidRequest =>
  new InvalidRequest({
    message:
      `${model} can't draw ${wanted.width}x${wanted.height}. The nearest size that it can draw is ` +
      `${nearest.width}x${nearest.height}.`,
    param: "size"
  })

import * as Schema from "effect/Schema"
import { formatSize, type ImageSize } from "./ImageSize.ts"

/** Why a request is refused, where people meet it often. */
export const RefusalReason = Schema.Literals([
  "emptyPrompt",
  "onlyFlags",
  "noUserMessage",
  "nothingToEdit",
  "promptTooLong",
  "tooManyImages",
  "unusableImage"
])
export type RefusalReason = typeof RefusalReason.Type

/** Why a model could not be had, though nothing is wrong with what was asked of it: it surely drew nothing, for nothing. */
export const ModelLack = Schema.Literals(["capacity", "retired", "quota"])
export type ModelLack = typeof ModelLack.Type

const lackField = { lack: Schema.optionalKey(ModelLack) }

/** The request can't be carried out as it stands. `param` names the field to change, in the caller's words. */
export class InvalidRequest extends Schema.TaggedError<InvalidRequest>()("InvalidRequest", {
  message: Schema.String,
  param: Schema.optional(Schema.String),
  code: Schema.optional(Schema.String),
  /** For whoever tells it in another language. */
  reason: Schema.optional(RefusalReason),
  ...lackField
}) {}

/** The body is larger than this service reads. */
export class PayloadTooLarge extends Schema.TaggedError<PayloadTooLarge>()("PayloadTooLarge", {
  limitBytes: Schema.Finite
}) {
  override get message(): string {
    return `The request body is larger than ${this.limitBytes} bytes. Send fewer or smaller pictures.`
  }
}

/** No key, or one that is not configured. */
export class InvalidApiKey extends Schema.TaggedError<InvalidApiKey>()("InvalidApiKey", {
  given: Schema.Boolean,
  /** What is wrong with the form in which it was sent, where that is known. */
  fault: Schema.optionalKey(Schema.String)
}) {
  override get message(): string {
    if (this.fault !== undefined) return `Incorrect API key provided. ${this.fault}`
    return this.given
      ? "Incorrect API key provided. Use the key that is set as API_KEY in this Worker."
      : "You didn't provide an API key. Send it as `Authorization: Bearer YOUR_KEY`."
  }
}

export class ModelNotFound extends Schema.TaggedError<ModelNotFound>()("ModelNotFound", {
  model: Schema.String,
  /** The setting that would offer it. */
  setting: Schema.optionalKey(Schema.String)
}) {
  override get message(): string {
    if (this.setting) {
      return `The model '${this.model.slice(0, 100)}' is not switched on here: ${this.setting} names those of partners that may draw.`
    }
    return `The model '${this.model.slice(0, 100)}' does not exist here. GET /v1/models lists the models that this service draws with.`
  }
}

/** There is no picture under this link, or no longer. */
export class ImageNotFound extends Schema.TaggedError<ImageNotFound>()("ImageNotFound", { expired: Schema.Boolean }) {
  override get message(): string {
    return this.expired
      ? "This picture has expired and is no longer stored."
      : "There is no picture under this address."
  }
}

const policyMessages = {
  prompt: "The model's content filter refused this prompt. It often refuses harmless ones: say it in other words.",
  input: "The model's content filter refused the input picture. Send another one.",
  output: "The model's content filter refused the picture that came out. Change the prompt or the input picture."
}

/** The filter of the model refused the prompt, an input picture, or the picture that it drew. */
export class ContentPolicyViolation extends Schema.TaggedError<ContentPolicyViolation>()("ContentPolicyViolation", {
  subject: Schema.Literals(["prompt", "input", "output"])
}) {
  override get message(): string {
    return policyMessages[this.subject]
  }
}

/** Too many requests at this moment, here or at Workers AI. */
export class RateLimited extends Schema.TaggedError<RateLimited>()("RateLimited", {
  message: Schema.String,
  /** At most 60: above that, SDKs no longer obey it. */
  retryAfterSeconds: Schema.Finite,
  ...lackField
}) {}

/** The account's neurons for today are used up; they are renewed at `renewsAt` (milliseconds since 1970, 00:00 UTC). */
export class QuotaExceeded extends Schema.TaggedError<QuotaExceeded>()("QuotaExceeded", {
  renewsAt: Schema.Finite,
  ...lackField
}) {
  override get message(): string {
    return (
      "The Cloudflare account has used up its free neurons for today. They are renewed at " +
      `${new Date(this.renewsAt).toISOString()}; the Workers Paid plan has no daily limit.`
    )
  }
}

/** The money with which the account pays for models of partners is used up, or does not pay for this one. */
export class CreditsExhausted extends Schema.TaggedError<CreditsExhausted>()("CreditsExhausted", {
  model: Schema.String,
  ...lackField
}) {
  override get message(): string {
    return (
      `Cloudflare asks for payment: the AI Gateway credits of the account are used up, or do not pay for ${this.model}. ` +
      "Its owner can top them up in the dashboard, under AI Gateway."
    )
  }
}

/** A setting is missing or wrong. Says which, and never what it holds. */
export class ConfigurationError extends Schema.TaggedError<ConfigurationError>()("ConfigurationError", {
  variable: Schema.String,
  message: Schema.String,
  ...lackField
}) {}

/** Workers AI failed, or gave an answer that is not a picture. What it said is in the log, not in `message`. */
export class UpstreamError extends Schema.TaggedError<UpstreamError>()("UpstreamError", {
  message: Schema.String,
  cause: Schema.optionalKey(Schema.Defect())
}) {}

/** Workers AI did not answer in time. The picture may have been billed, so nothing is tried again. */
export class UpstreamTimeout extends Schema.TaggedError<UpstreamTimeout>()("UpstreamTimeout", {
  /** How long this service waited; absent where Workers AI itself gave up. */
  seconds: Schema.optionalKey(Schema.Finite)
}) {
  override get message(): string {
    return `Workers AI did not answer ${this.seconds ? `within ${this.seconds} seconds` : "in time"}. Try again later.`
  }
}

/** The drawing was broken off in the middle, and what came of it is lost. It may have been paid for. */
export class GenerationInterrupted extends Schema.TaggedError<GenerationInterrupted>()("GenerationInterrupted", {
  /** For the log. */
  cause: Schema.optionalKey(Schema.Defect())
}) {
  override get message(): string {
    return "The drawing was interrupted and its result is lost. It may have been paid for, so it is not drawn again by itself."
  }
}

/** Its caller has cancelled the generation before this picture was begun. */
export class GenerationCancelled extends Schema.TaggedError<GenerationCancelled>()("GenerationCancelled", {}) {
  override get message(): string {
    return "This generation was cancelled."
  }
}

/** There is no generation under this id for this caller, or no longer. */
export class JobNotFound extends Schema.TaggedError<JobNotFound>()("JobNotFound", {}) {
  override get message(): string {
    return "There is no job under this address. A finished one is kept for a short while only."
  }
}

/** This deployment lacks the Durable Object that something needs. */
export class BindingMissing extends Schema.TaggedError<BindingMissing>()("BindingMissing", {
  /** Its name in wrangler.toml. */
  binding: Schema.String
}) {
  override get message(): string {
    return `This needs a Durable Object, and none is bound as ${this.binding}. A deploy with the project's wrangler.toml binds it.`
  }
}

/** The caller's own budget for today is used up; it is renewed at `renewsAt` (milliseconds since 1970, 00:00 UTC). */
export class BudgetExceeded extends Schema.TaggedError<BudgetExceeded>()("BudgetExceeded", {
  /** In what the budget is counted. */
  unit: Schema.Literals(["neurons", "dollars"]),
  /** What this request was estimated to need, and what is left. */
  needed: Schema.Finite,
  left: Schema.Finite,
  renewsAt: Schema.Finite
}) {
  override get message(): string {
    const [left, needed] =
      this.unit === "dollars" ? [`$${this.left}`, `$${this.needed}`] : [`${this.left} neurons`, this.needed]
    return (
      `This key has ${left} left today and the request needs ${needed}. ` +
      `Its budget is renewed at ${new Date(this.renewsAt).toISOString()}.`
    )
  }
}

/** Workers KV failed. */
export class StorageError extends Schema.TaggedError<StorageError>()("StorageError", {
  operation: Schema.Literals(["get", "put"]),
  cause: Schema.Defect()
}) {
  override get message(): string {
    return `Workers KV failed to ${this.operation} the picture.`
  }
}

/** The picture that was drawn for an earlier request can't be read yet, or no longer. */
export class ImageNotReady extends Schema.TaggedError<ImageNotReady>()("ImageNotReady", {}) {
  override get message(): string {
    return "The picture has been drawn and can't be read here yet. Try again in a minute."
  }
}

/** What remembers jobs and counts the use of the keys can't be reached. */
export class LedgerUnavailable extends Schema.TaggedError<LedgerUnavailable>()("LedgerUnavailable", {
  /** For the log. */
  cause: Schema.optionalKey(Schema.Defect())
}) {
  override get message(): string {
    return "What keeps count of this key's jobs and its use can't be reached at the moment. Try again."
  }
}

/** Everything that can go wrong while one picture is drawn. */
export const DrawError = Schema.Union([
  ContentPolicyViolation,
  InvalidRequest,
  RateLimited,
  QuotaExceeded,
  CreditsExhausted,
  ConfigurationError,
  UpstreamError,
  UpstreamTimeout,
  GenerationInterrupted,
  GenerationCancelled,
  ImageNotReady,
  LedgerUnavailable
])
export type DrawError = typeof DrawError.Type

/** Whether it is sure that a drawing that failed so was not paid for. */
export const drewNothing = (error: DrawError): boolean => {
  switch (error._tag) {
    case "ContentPolicyViolation":
      return error.subject !== "output"
    case "InvalidRequest":
    case "RateLimited":
    case "QuotaExceeded":
    case "CreditsExhausted":
    case "ConfigurationError":
    case "GenerationCancelled":
      return true
    case "UpstreamError":
    case "UpstreamTimeout":
    case "GenerationInterrupted":
    case "ImageNotReady":
    case "LedgerUnavailable":
      return false
  }
}

/** Why another model may draw in the place of the one that failed so; `undefined` where none may. */
export const lackOf = (error: DrawError): ModelLack | undefined => ("lack" in error ? error.lack : undefined)

/** Everything that is known to be wrong with a request before anything is drawn. */
export type RequestError = InvalidRequest | ModelNotFound | ImageNotFound | ConfigurationError | StorageError

/** Everything for which a generation is not begun. */
export type StartError = RequestError | RateLimited | BudgetExceeded | LedgerUnavailable

/** A size that no configured model draws. */
export const unsupportedSize = (wanted: ImageSize, nearest: ImageSize, model: string): InvalidRequest =>
  new InvalidRequest({
    message: `${model} can't draw ${formatSize(wanted)}. The nearest size that it can draw is ${formatSize(nearest)}.`,
    param: "size"
  })

/** Why a job can't be told. */
export type JobError = JobNotFound | BindingMissing | LedgerUnavailable

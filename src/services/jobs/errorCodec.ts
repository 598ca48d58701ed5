import * as Schema from "effect/Schema"
import {
  BudgetExceeded,
  ConfigurationError,
  ContentPolicyViolation,
  type DrawError,
  GenerationCancelled,
  GenerationInterrupted,
  ImageNotFound,
  InvalidRequest,
  JobNotFound,
  ModelNotFound,
  QuotaExceeded,
  RateLimited,
  type StartError,
  StorageError,
  UpstreamError,
  UpstreamTimeout
} from "../../domain/Errors.ts"

/** What can go wrong on the other side of a Durable Object. */
export type CarriedError = StartError | DrawError | JobNotFound

const text = Schema.optional(Schema.String)

/** The data of each error; what computes a message of its own needs none here. */
const ErrorData = Schema.Union([
  Schema.TaggedStruct("InvalidRequest", { message: Schema.String, param: text, code: text }),
  Schema.TaggedStruct("ModelNotFound", { model: Schema.String }),
  Schema.TaggedStruct("ImageNotFound", { expired: Schema.Boolean }),
  Schema.TaggedStruct("ContentPolicyViolation", { subject: Schema.Literals(["prompt", "input", "output"]) }),
  Schema.TaggedStruct("RateLimited", { message: Schema.String, retryAfterSeconds: Schema.Number }),
  Schema.TaggedStruct("QuotaExceeded", { renewsAt: Schema.Number }),
  Schema.TaggedStruct("BudgetExceeded", { needed: Schema.Number, left: Schema.Number, renewsAt: Schema.Number }),
  Schema.TaggedStruct("ConfigurationError", { variable: Schema.String, message: Schema.String }),
  Schema.TaggedStruct("UpstreamError", { message: Schema.String, cause: Schema.optional(Schema.Unknown) }),
  Schema.TaggedStruct("UpstreamTimeout", { seconds: Schema.optional(Schema.Number) }),
  Schema.TaggedStruct("StorageError", {
    operation: Schema.Literals(["get", "put"]),
    cause: Schema.optional(Schema.Unknown)
  }),
  Schema.TaggedStruct("GenerationInterrupted", { cause: Schema.optional(Schema.Unknown) }),
  Schema.TaggedStruct("GenerationCancelled", {}),
  Schema.TaggedStruct("JobNotFound", {})
])

const fieldsOf = <A extends { readonly _tag: string }>({ _tag, ...fields }: A): Omit<A, "_tag"> => fields

const encodeData = Schema.encodeSync(ErrorData)
const decodeData = Schema.decodeUnknownOption(ErrorData)

/** An error as plain data. A cause survives as a text. */
export const encodeError = (error: CarriedError): unknown =>
  "cause" in error && error.cause !== undefined
    ? { ...encodeData(error), cause: String(error.cause) }
    : encodeData(error)

/** The error with its class and all that it told. What can't be read is a GenerationInterrupted. */
export const decodeError = (value: unknown): CarriedError => {
  const decoded = decodeData(value)
  if (decoded._tag === "None") return new GenerationInterrupted({ cause: "the failure could not be read" })
  const data = decoded.value
  switch (data._tag) {
    case "InvalidRequest":
      return new InvalidRequest(fieldsOf(data))
    case "ModelNotFound":
      return new ModelNotFound(fieldsOf(data))
    case "ImageNotFound":
      return new ImageNotFound(fieldsOf(data))
    case "ContentPolicyViolation":
      return new ContentPolicyViolation(fieldsOf(data))
    case "RateLimited":
      return new RateLimited(fieldsOf(data))
    case "QuotaExceeded":
      return new QuotaExceeded(fieldsOf(data))
    case "BudgetExceeded":
      return new BudgetExceeded(fieldsOf(data))
    case "ConfigurationError":
      return new ConfigurationError(fieldsOf(data))
    case "UpstreamError":
      return new UpstreamError(fieldsOf(data))
    case "UpstreamTimeout":
      return new UpstreamTimeout(data.seconds === undefined ? {} : { seconds: data.seconds })
    case "StorageError":
      return new StorageError({ operation: data.operation, cause: data.cause })
    case "GenerationInterrupted":
      return new GenerationInterrupted({ cause: data.cause })
    case "GenerationCancelled":
      return new GenerationCancelled()
    case "JobNotFound":
      return new JobNotFound()
  }
}

/** {@link decodeError} where only a failure of drawing can have happened. */
export const decodeDrawError = (value: unknown): DrawError => {
  const error = decodeError(value)
  switch (error._tag) {
    case "ModelNotFound":
    case "ImageNotFound":
    case "BudgetExceeded":
    case "StorageError":
    case "JobNotFound":
      return new GenerationInterrupted({ cause: error.message })
    default:
      return error
  }
}

/** What of this can have kept a generation from being begun. */
export const startErrorOf = (error: CarriedError): StartError => {
  switch (error._tag) {
    case "InvalidRequest":
    case "ModelNotFound":
    case "ImageNotFound":
    case "ConfigurationError":
    case "StorageError":
    case "RateLimited":
    case "BudgetExceeded":
    case "GenerationInterrupted":
      return error
    default:
      return new GenerationInterrupted({ cause: error.message })
  }
}

/** What of this can have kept a job from being told. */
export const jobErrorOf = (error: CarriedError): JobNotFound | GenerationInterrupted =>
  error._tag === "JobNotFound" || error._tag === "GenerationInterrupted"
    ? error
    : new GenerationInterrupted({ cause: error.message })

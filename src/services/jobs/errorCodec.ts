import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import {
  BudgetExceeded,
  DrawError,
  GenerationInterrupted,
  ImageNotFound,
  JobNotFound,
  ModelNotFound,
  type StartError,
  StorageError
} from "../../domain/Errors.ts"

/** What can go wrong on the other side of a Durable Object. */
export type CarriedError = StartError | DrawError | JobNotFound

const CarriedErrorJson = Schema.toCodecJson(
  Schema.Union([DrawError, ModelNotFound, ImageNotFound, BudgetExceeded, StorageError, JobNotFound])
)
const decodeCarried = Schema.decodeUnknownOption(CarriedErrorJson)

export const encodeError: (error: CarriedError) => unknown = Schema.encodeSync(CarriedErrorJson)

/** The error with its class and all that it told. What can't be read is a GenerationInterrupted. */
export const decodeError = (value: unknown): CarriedError =>
  Option.getOrElse(decodeCarried(value), () => new GenerationInterrupted({ cause: "the failure could not be read" }))

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

import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Schema from "effect/Schema"
import type {
  BindingMissing,
  DrawError,
  InvalidApiKey,
  JobNotFound,
  PayloadTooLarge,
  StartError
} from "../domain/Errors.ts"
import { report } from "../services/RequestReport.ts"

/** The body of every error, as OpenAI's clients read it. */
export const ErrorBody = Schema.Struct({
  error: Schema.Struct({
    message: Schema.String,
    type: Schema.String,
    param: Schema.NullOr(Schema.String),
    code: Schema.NullOr(Schema.String)
  })
}).annotate({ identifier: "Error" })
export type ErrorBody = typeof ErrorBody.Type

/** Every failure that a caller can meet. */
export type ServiceError = StartError | DrawError | InvalidApiKey | PayloadTooLarge | JobNotFound | BindingMissing

/** How a failure looks on the wire. */
export interface ErrorAnswer {
  readonly status: number
  readonly body: ErrorBody
  readonly headers: Readonly<Record<string, string>>
}

type ErrorType =
  | "invalid_request_error"
  | "authentication_error"
  | "rate_limit_error"
  | "insufficient_quota"
  | "configuration_error"
  | "upstream_error"

const answer = (
  status: number,
  type: ErrorType,
  code: string | null,
  message: string,
  more: { readonly param?: string | undefined; readonly headers?: Readonly<Record<string, string>> } = {}
): ErrorAnswer => ({
  status,
  body: { error: { message, type, param: more.param ?? null, code } },
  headers: more.headers ?? {}
})

/** Obeyed by the OpenAI SDKs: what failed for a lasting reason, or may have been paid for, is not to be repeated. */
const doNotRetry = { headers: { "x-should-retry": "false" } }

/** The one place where a failure gets its status, type, code and retry hint. */
export const errorAnswer = (error: ServiceError): ErrorAnswer => {
  const { message } = error
  switch (error._tag) {
    case "InvalidRequest":
      return answer(400, "invalid_request_error", error.code ?? null, message, { param: error.param })
    case "ContentPolicyViolation":
      return answer(400, "invalid_request_error", "content_policy_violation", message)
    case "InvalidApiKey":
      return answer(401, "authentication_error", "invalid_api_key", message, {
        headers: { "www-authenticate": 'Bearer realm="flux-api-worker"' }
      })
    case "ModelNotFound":
      return answer(404, "invalid_request_error", "model_not_found", message, { param: "model" })
    case "ImageNotFound":
      return answer(404, "invalid_request_error", "image_not_found", message)
    case "JobNotFound":
      return answer(404, "invalid_request_error", "job_not_found", message)
    case "BindingMissing":
      return answer(404, "invalid_request_error", "binding_missing", message, { param: error.binding })
    case "GenerationCancelled":
      return answer(409, "invalid_request_error", "generation_cancelled", message, doNotRetry)
    case "PayloadTooLarge":
      return answer(413, "invalid_request_error", "payload_too_large", message)
    case "RateLimited":
      return answer(429, "rate_limit_error", "rate_limit_exceeded", message, {
        headers: { "retry-after": String(error.retryAfterSeconds) }
      })
    case "QuotaExceeded":
    case "BudgetExceeded":
      return answer(429, "insufficient_quota", "insufficient_quota", message, doNotRetry)
    case "ConfigurationError":
      return answer(500, "configuration_error", "configuration_error", message, {
        ...doNotRetry,
        param: error.variable
      })
    case "UpstreamError":
    case "StorageError":
    case "GenerationInterrupted":
      return answer(502, "upstream_error", "upstream_error", message, doNotRetry)
    case "UpstreamTimeout":
      return answer(504, "upstream_error", "upstream_timeout", message, doNotRetry)
  }
}

export const respondWith = ({ body, headers, status }: ErrorAnswer): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.jsonUnsafe(body, { status, headers })

/** Answers a failure, and reports it. */
export const errorResponse = (error: ServiceError): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.as(reportError(error), respondWith(errorAnswer(error)))

/** Reports a failure for the log, with what Workers AI said where it has said something. */
export const reportError = (error: ServiceError): Effect.Effect<void> => {
  const { code } = errorAnswer(error).body.error
  const said = error._tag === "UpstreamError" && typeof error.cause === "string" ? error.cause.slice(0, 300) : undefined
  return report({ error: error._tag, ...(code && { errorCode: code }), ...(said && { upstream: said }) })
}

/** There is nothing under this address. */
export const unknownUrl = (message: string): ErrorAnswer => answer(404, "invalid_request_error", "unknown_url", message)

export const methodNotAllowed = (method: string, allowed: ReadonlyArray<string>): ErrorAnswer =>
  answer(
    405,
    "invalid_request_error",
    "method_not_allowed",
    `${method} is not possible here; ${allowed.join(", ")} is.`,
    {
      headers: { allow: allowed.join(", ") }
    }
  )

/** A defect: what happened is in the log under the request's id. */
export const internalError: ErrorAnswer = {
  status: 500,
  body: {
    error: {
      message: "The service has a bug. The log tells more.",
      type: "server_error",
      param: null,
      code: "internal_error"
    }
  },
  headers: doNotRetry.headers
}

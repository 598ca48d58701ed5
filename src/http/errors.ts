import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import type { DrawError, InvalidApiKey, JobError, PayloadTooLarge, StartError } from "../domain/Errors.ts"
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
export type ServiceError = StartError | DrawError | InvalidApiKey | PayloadTooLarge | JobError

type Tag = ServiceError["_tag"]
type ErrorOf<T extends Tag> = Extract<ServiceError, { readonly _tag: T }>

/** How a failure looks on the wire. */
export interface ErrorAnswer {
  readonly status: number
  readonly body: ErrorBody
  readonly headers: Readonly<Record<string, string>>
}

type Headers = Readonly<Record<string, string>>

/** What the table says of a failure. The message is always the failure's own. */
interface Row<E> {
  readonly status: number
  readonly type:
    | "invalid_request_error"
    | "authentication_error"
    | "rate_limit_error"
    | "insufficient_quota"
    | "configuration_error"
    | "upstream_error"
    | "server_error"
  readonly code: string | null | ((error: E) => string | null)
  readonly param?: (error: E) => string | undefined
  readonly headers?: Headers | ((error: E) => Headers)
}

/** Obeyed by the OpenAI SDKs: what failed for a lasting reason, or may have been paid for, is not to be repeated. */
const doNotRetry: Headers = { "x-should-retry": "false" }

const invalidRequest = { status: 400, type: "invalid_request_error" } as const
const notFound = { status: 404, type: "invalid_request_error" } as const
const upstream = { status: 502, type: "upstream_error", code: "upstream_error", headers: doNotRetry } as const

/** A longer wait the SDKs don't obey: they would try again at once. */
const longestWait = 60

/** The one place where a failure gets its status, type, code and retry hint. */
const table: { readonly [T in Tag]: Row<ErrorOf<T>> } = {
  InvalidRequest: { ...invalidRequest, code: ({ code }) => code ?? null, param: ({ param }) => param },
  ContentPolicyViolation: { ...invalidRequest, code: "content_policy_violation" },
  InvalidApiKey: {
    status: 401,
    type: "authentication_error",
    code: "invalid_api_key",
    headers: { "www-authenticate": 'Bearer realm="flux-api-worker"' }
  },
  ModelNotFound: { ...notFound, code: "model_not_found", param: () => "model" },
  ImageNotFound: { ...notFound, code: "image_not_found" },
  JobNotFound: { ...notFound, code: "job_not_found" },
  BindingMissing: { ...notFound, code: "binding_missing", param: ({ binding }) => binding },
  GenerationCancelled: {
    status: 409,
    type: "invalid_request_error",
    code: "generation_cancelled",
    headers: doNotRetry
  },
  PayloadTooLarge: { status: 413, type: "invalid_request_error", code: "payload_too_large" },
  RateLimited: {
    status: 429,
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    headers: ({ retryAfterSeconds }) => ({ "retry-after": String(Math.ceil(Math.min(retryAfterSeconds, longestWait))) })
  },
  QuotaExceeded: { status: 429, type: "insufficient_quota", code: "insufficient_quota", headers: doNotRetry },
  CreditsExhausted: { status: 429, type: "insufficient_quota", code: "insufficient_quota", headers: doNotRetry },
  BudgetExceeded: { status: 429, type: "insufficient_quota", code: "insufficient_quota", headers: doNotRetry },
  ConfigurationError: {
    status: 500,
    type: "configuration_error",
    code: "configuration_error",
    param: ({ variable }) => variable,
    headers: doNotRetry
  },
  UpstreamError: upstream,
  StorageError: upstream,
  GenerationInterrupted: upstream,
  ImageNotReady: { status: 503, type: "server_error", code: "image_not_ready", headers: { "retry-after": "60" } },
  LedgerUnavailable: { status: 503, type: "server_error", code: "ledger_unavailable", headers: { "retry-after": "5" } },
  UpstreamTimeout: { status: 504, type: "upstream_error", code: "upstream_timeout", headers: doNotRetry }
}

const answerOf = <T extends Tag>(row: Row<ErrorOf<T>>, error: ErrorOf<T>): ErrorAnswer => ({
  status: row.status,
  body: {
    error: {
      message: error.message,
      type: row.type,
      param: row.param?.(error) ?? null,
      code: typeof row.code === "function" ? row.code(error) : row.code
    }
  },
  headers: (typeof row.headers === "function" ? row.headers(error) : row.headers) ?? {}
})

export const errorAnswer = (error: ServiceError): ErrorAnswer =>
  // The row is that of the error's own tag, which the compiler can't follow through the union.
  answerOf(table[error._tag] as Row<ServiceError>, error)

/**
 * The failures of an endpoint: `responses` for its definition, with the statuses of the table, and `answer` for its handler,
 * which does not compile where it can fail with any other.
 */
export const declareErrors = <const Tags extends ReadonlyArray<Tag>>(...tags: Tags) => ({
  responses: [...new Set(tags.map((tag) => table[tag].status))]
    .sort((a, b) => a - b)
    .map((status) => ErrorBody.pipe(HttpApiSchema.status(status))),
  answer: <R>(
    handler: Effect.Effect<HttpServerResponse.HttpServerResponse, ErrorOf<Tags[number]>, R>,
    tell?: (error: ServiceError) => string
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, never, R> =>
    // Every error of the tags is one of the service.
    Effect.catch(handler, (error) => errorResponse(error as ServiceError, tell))
})

export const respondWith = ({ body, headers, status }: ErrorAnswer): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.jsonUnsafe(body, { status, headers })

/** Answers a failure, and reports it. `tell` says it in another language. */
export const errorResponse = (
  error: ServiceError,
  tell: (error: ServiceError) => string = ({ message }) => message
): Effect.Effect<HttpServerResponse.HttpServerResponse> => {
  const answer = errorAnswer(error)
  const body = { error: { ...answer.body.error, message: tell(error) } }
  return Effect.as(reportError(error), respondWith({ ...answer, body }))
}

/** Reports a failure for the log, with what Workers AI said where it has said something. */
export const reportError = (error: ServiceError): Effect.Effect<void> => {
  const { code } = errorAnswer(error).body.error
  const said = error._tag === "UpstreamError" && typeof error.cause === "string" ? error.cause.slice(0, 300) : undefined
  return report({ error: error._tag, ...(code && { errorCode: code }), ...(said && { upstream: said }) })
}

/** There is nothing under this address. */
export const unknownUrl = (message: string): ErrorAnswer => ({
  status: 404,
  body: { error: { message, type: "invalid_request_error", param: null, code: "unknown_url" } },
  headers: {}
})

export const methodNotAllowed = (method: string, allowed: ReadonlyArray<string>): ErrorAnswer => ({
  status: 405,
  body: {
    error: {
      message: `${method} is not possible here; ${allowed.join(", ")} is.`,
      type: "invalid_request_error",
      param: null,
      code: "method_not_allowed"
    }
  },
  headers: { allow: allowed.join(", ") }
})

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
  headers: doNotRetry
}

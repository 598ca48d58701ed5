/** The service refused or failed, or could not be reached. */
export class ServiceFailure extends Error {
  /** As in the body of the service's errors; `network` where there was no answer. */
  readonly code: string
  /** The field or the setting at fault; empty where none is named. */
  readonly param: string
  readonly requestId: string
  readonly retryAfterSeconds: number

  constructor(
    code: string,
    message = "",
    more: { param?: string; requestId?: string; retryAfterSeconds?: number } = {}
  ) {
    super(message)
    this.code = code
    this.param = more.param ?? ""
    this.requestId = more.requestId ?? ""
    this.retryAfterSeconds = more.retryAfterSeconds ?? 10
  }
}

const textIn = (value: unknown, name: string): string => {
  if (typeof value !== "object" || value === null) return ""
  const found = Object.entries(value).find(([key]) => key === name)?.[1]
  return typeof found === "string" ? found : ""
}

/** Reads `{ "message", "type", "param", "code" }`. */
export const failureFrom = (error: unknown, headers: Headers): ServiceFailure => {
  const retryAfter = Number(headers.get("retry-after"))
  return new ServiceFailure(textIn(error, "code") || textIn(error, "type"), textIn(error, "message"), {
    param: textIn(error, "param"),
    requestId: headers.get("x-request-id") ?? "",
    ...(retryAfter > 0 && { retryAfterSeconds: retryAfter })
  })
}

/** The service refused or failed, or could not be reached. */
export class ServiceFailure extends Error {
  /** As in the body of the service's errors; `network` where there was no answer. */
  readonly code: string
  /** The field or the setting at fault; empty where none is named. */
  readonly param: string
  readonly requestId: string
  /** Whether the key's own budget is used up, and not what the account has. */
  readonly ownBudget: boolean
  /** When it is worth trying again; absent where no time is told. */
  readonly retryAt?: Date

  constructor(
    code: string,
    message = "",
    more: { param?: string; requestId?: string; ownBudget?: boolean; retryAt?: Date } = {}
  ) {
    super(message)
    this.code = code
    this.param = more.param ?? ""
    this.requestId = more.requestId ?? ""
    this.ownBudget = more.ownBudget ?? false
    if (more.retryAt) this.retryAt = more.retryAt
  }
}

const textIn = (value: unknown, name: string): string => {
  if (typeof value !== "object" || value === null) return ""
  const found = Object.entries(value).find(([key]) => key === name)?.[1]
  return typeof found === "string" ? found : ""
}

/** What the service tells of a crowd without saying how long it lasts. */
const crowdedSeconds = 30

/** When the neurons of the day are renewed (00:00 UTC). */
export const nextRenewal = (): Date => new Date(new Date().setUTCHours(24, 0, 0, 0))

const retryTime = (code: string, headers: Headers | undefined): Date | undefined => {
  if (code === "insufficient_quota") return nextRenewal()
  const told = Number(headers?.get("retry-after") ?? Number.NaN)
  if (told > 0) return new Date(Date.now() + told * 1000)
  return code === "rate_limit_exceeded" ? new Date(Date.now() + crowdedSeconds * 1000) : undefined
}

/** Reads `{ "message", "type", "param", "code" }`. */
export const failureFrom = (error: unknown, headers?: Headers): ServiceFailure => {
  const code = textIn(error, "code") || textIn(error, "type")
  const message = textIn(error, "message")
  const retryAt = retryTime(code, headers)
  return new ServiceFailure(code, message, {
    param: textIn(error, "param"),
    requestId: headers?.get("x-request-id") ?? "",
    ownBudget: code === "insufficient_quota" && message.startsWith("This key"),
    ...(retryAt && { retryAt })
  })
}

/** Whatever was thrown, as a failure that can be told. */
export const asFailure = (cause: unknown): ServiceFailure =>
  cause instanceof ServiceFailure ? cause : new ServiceFailure("", String(cause))

import { failureFrom, ServiceFailure } from "./ServiceFailure.ts"

/** Sends; throws a {@link ServiceFailure} for every answer that is none, or an AbortError after `signal`. */
export const send = async (request: Request, signal?: AbortSignal): Promise<Response> => {
  const response = await fetch(request, signal ? { signal } : {}).catch((cause) => {
    throw signal?.aborted ? cause : new ServiceFailure("network")
  })
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => undefined)
  throw failureFrom(errorIn(body), response.headers)
}

/** The error in the body of an answer, or in an event. */
export const errorIn = (body: unknown): unknown =>
  typeof body === "object" && body !== null && "error" in body ? body.error : undefined

/** A request with the caller's key. */
export const withKey = (path: string, key: string, init: RequestInit = {}): Request =>
  new Request(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${key}` } })

import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import { isPublicAddress } from "../domain/PublicAddress.ts"
import { discardBody } from "./discardBody.ts"
import { readWithin } from "./readWithin.ts"

const mostRedirects = 3

/**
 * Gets what is under a public https address, with at most three redirects, each checked like the first address, and within
 * these bounds. It fails with the reason, which names no address.
 */
export const fetchPublic = (
  client: HttpClient.HttpClient,
  url: URL,
  { megabytes, seconds }: { readonly megabytes: number; readonly seconds: number }
): Effect.Effect<Uint8Array<ArrayBuffer>, string> => {
  const get = (url: URL, redirects: number): Effect.Effect<Uint8Array<ArrayBuffer>, string> =>
    Effect.gen(function* () {
      if (!isPublicAddress(url)) return yield* Effect.fail("it leads to an address that is not public")
      const response = yield* client.get(url).pipe(Effect.mapError(() => "it could not be fetched"))
      const location = response.status >= 300 && response.status <= 399 ? response.headers.location : undefined
      if (response.status !== 200) yield* discardBody(response)
      if (location !== undefined) {
        const next = URL.parse(location, url)
        if (!next || redirects === 0) return yield* Effect.fail("it redirects too often")
        return yield* get(next, redirects - 1)
      }
      if (response.status !== 200) return yield* Effect.fail(`its server answered with status ${response.status}`)
      return yield* readWithin(response.stream, megabytes * 1024 * 1024).pipe(
        Effect.mapError(({ _tag }) =>
          _tag === "BodyTooLong" ? `it is larger than ${megabytes} MiB` : "it could not be read"
        )
      )
    })
  return get(url, mostRedirects).pipe(
    Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" }),
    // The address of somebody's picture is no attribute of a span.
    Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
    Effect.timeoutOrElse({
      duration: `${seconds} seconds`,
      orElse: () => Effect.fail(`it took longer than ${seconds} seconds`)
    })
  )
}

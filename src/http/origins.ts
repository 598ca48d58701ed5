import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Result from "effect/Result"
import type { ConfigurationError } from "../domain/Errors.ts"
import type { ImageKey } from "../domain/ImageKey.ts"
import type { Setting } from "../services/config/Setting.ts"

/** How links of this service begin. */
export interface Origins {
  /** For new links: `PUBLIC_BASE_URL`, or the origin of the request. */
  readonly link: string
  /** All by which a link is known as ours. */
  readonly own: ReadonlyArray<string>
}

export const originsOf = (
  request: HttpServerRequest.HttpServerRequest,
  publicBaseUrl: Setting<string | undefined>
): Effect.Effect<Origins, ConfigurationError> =>
  Effect.fromResult(
    Result.map(publicBaseUrl, (base) => {
      const { origin } = new URL(request.originalUrl)
      return base === undefined ? { link: origin, own: [origin] } : { link: base, own: [base, origin] }
    })
  )

export const imageUrl = (origins: Origins, key: ImageKey): string => `${origins.link}/image/${key.name}`

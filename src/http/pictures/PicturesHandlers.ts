import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { ImageNotFound } from "../../domain/Errors.ts"
import { readImageHeader } from "../../domain/ImageHeader.ts"
import { parseImageKey, secondsLeft } from "../../domain/ImageKey.ts"
import { AppConfig } from "../../services/Config.ts"
import { ImageStore } from "../../services/ImageStore.ts"
import { Api } from "../Api.ts"
import { errorResponse, reportError } from "../errors.ts"
import { isOpenedByPerson, lostImagePage } from "./lostImagePage.ts"

/** Hands out stored pictures, and lets browsers keep them until they expire. */
export const PicturesHandlers = HttpApiBuilder.group(
  Api,
  "pictures",
  Effect.fnUntraced(function* (handlers) {
    const { locale } = yield* AppConfig
    const store = yield* ImageStore

    const find = Effect.fnUntraced(function* (name: string, { headers: asked, method }: HttpServerRequest) {
      const key = parseImageKey(name)
      if (!key) return yield* new ImageNotFound({ expired: false })
      const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      const left = secondsLeft(key, now)
      if (left === 0) return yield* new ImageNotFound({ expired: key.expiresAt <= now })
      const etag = `"${key.name}"`
      const headers = {
        etag,
        "cache-control": `public, max-age=${left}, immutable, must-revalidate`,
        "x-content-type-options": "nosniff",
        // Opened by itself, it is a document of this origin, where the page at `/` keeps the caller's key.
        "content-security-policy": "default-src 'none'; sandbox",
        "cross-origin-resource-policy": "cross-origin"
      }
      // A key stands for the same bytes for ever, so the copy that somebody has is good.
      if (matches(asked["if-none-match"], etag)) return HttpServerResponse.empty({ status: 304, headers })
      // How long a picture is, only its bytes can say where they are not sent; and what it is where the address has no ending.
      if (method === "HEAD" || key.mediaType === undefined) {
        const bytes = yield* store.get(key)
        const contentType = key.mediaType ?? readImageHeader(bytes)?.mediaType ?? "application/octet-stream"
        return HttpServerResponse.uint8Array(bytes, { contentType, headers })
      }
      return HttpServerResponse.raw(yield* store.open(key), { contentType: key.mediaType, headers })
    })

    return handlers.handleRaw("getImage", ({ params, request }) =>
      Effect.catch(find(params.key, request), (error) =>
        isOpenedByPerson(request)
          ? Effect.as(reportError(error), lostImagePage(error, request, locale))
          : errorResponse(error)
      )
    )
  })
)

/** `*` asks whether there is any picture at all, which only KV could say. */
const matches = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch?.split(",").some((candidate) => candidate.trim().replace(/^W\//, "") === etag) ?? false

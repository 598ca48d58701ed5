import * as Effect from "effect/Effect"
import type { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { formatSize } from "../../domain/ImageSize.ts"
import { AppConfig } from "../../services/Config.ts"
import { ImageStore } from "../../services/ImageStore.ts"
import { marksIn, readLayout } from "../../services/provenance/marks.ts"
import { Api } from "../Api.ts"
import { errorResponse } from "../errors.ts"
import { originsOf } from "../origins.ts"
import type { ProvenanceObject } from "./ProvenanceApi.ts"
import { sentImage } from "./sentImage.ts"

/** Tells what a picture says of where it comes from, whoever made it. */
export const ProvenanceHandlers = HttpApiBuilder.group(
  Api,
  "provenance",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const store = yield* ImageStore

    const tell = Effect.fnUntraced(function* (request: HttpServerRequest) {
      const file = yield* sentImage(request, yield* originsOf(request, config.publicBaseUrl), store)
      const marks = marksIn(yield* readLayout(file))
      const provenance: ProvenanceObject = {
        object: "provenance",
        media_type: file.mediaType,
        size: formatSize(file.size),
        digital_source_type: marks.digitalSourceType ?? null,
        ai_system: marks.aiSystem ?? null,
        creator_tool: marks.creatorTool ?? null,
        credit: marks.credit ?? null,
        c2pa: marks.c2pa
      }
      return HttpServerResponse.jsonUnsafe(provenance, { headers: { "cache-control": "no-store" } })
    })

    return handlers.handleRaw("readProvenance", ({ request }) => Effect.catch(tell(request), errorResponse))
  })
)

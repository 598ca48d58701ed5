import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as Schema from "effect/Schema"
import type { GenerationEvent } from "../../src/domain/GenerationEvent.ts"
import type { GenerationRequest } from "../../src/domain/GenerationRequest.ts"
import { parsePrompt } from "../../src/domain/PromptText.ts"
import { Authorization } from "../../src/http/Authorization.ts"
import { drawErrors } from "../../src/http/drawErrors.ts"
import { encodeEvents } from "../../src/http/encodeEvents.ts"
import { eventStream } from "../../src/http/eventStream.ts"
import { imageUrl, type Origins, originsOf } from "../../src/http/origins.ts"
import { decodeWith, readJson } from "../../src/http/requestBody.ts"
import { requesterOf } from "../../src/http/requester.ts"
import { AppConfig } from "../../src/services/Config.ts"
import { Generations } from "../../src/services/Generations.ts"
import { type ServerSentEvent, SseEncoder } from "../../src/services/SseEncoder.ts"

/** A dialect, whole: `POST /v1/sketch` with `{"what": "a cat"}`, answered by a link in an event. */
const SketchRequest = Schema.Struct({ what: Schema.NonEmptyString })

export class SketchApi extends HttpApiGroup.make("sketch")
  .add(
    HttpApiEndpoint.post("sketch", "/v1/sketch", {
      payload: SketchRequest,
      success: Schema.Struct({ url: Schema.String }),
      error: drawErrors.responses
    })
  )
  .middleware(Authorization) {}

export class Api extends HttpApi.make("sketches").add(SketchApi) {}

const decodeBody = decodeWith(SketchRequest)

const decodeSketch = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const { what } = yield* Effect.flatMap(readJson(request), decodeBody)
  const { flags, prompt } = yield* Effect.fromResult(parsePrompt(what))
  const wanted: GenerationRequest = {
    originalPrompt: what,
    prompt,
    n: 1,
    optimize: !flags.raw,
    inputs: [],
    mismatch: "adapt",
    store: true,
    bytes: false,
    ...(flags.size && { size: flags.size })
  }
  return wanted
})

/** What is said of an event; how a stream ends is written once for all dialects. */
const words = (origins: Origins) => ({
  initial: undefined,
  event: (_: undefined, event: GenerationEvent): readonly [undefined, ReadonlyArray<ServerSentEvent>] => [
    undefined,
    event._tag === "ImageReady" && event.image.key
      ? [{ data: JSON.stringify({ url: imageUrl(origins, event.image.key) }) }]
      : []
  ],
  success: () => [{ data: "done" }],
  failure: ({ body }: { readonly body: object }) => [{ data: JSON.stringify(body) }]
})

export const SketchHandlers = HttpApiBuilder.group(
  Api,
  "sketch",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const generations = yield* Generations
    const sse = yield* SseEncoder
    const answer = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
      const origins = yield* originsOf(request, config.publicBaseUrl)
      const generation = yield* generations.start(yield* decodeSketch(request), yield* requesterOf(request))
      const { events, jobId } = generation
      const told = encodeEvents(events, words(origins))
      return yield* eventStream({ events: told, heartbeat: { comment: "keep-alive" }, cost: generation, jobId, sse })
    })
    return handlers.handleRaw("sketch", ({ request }) => drawErrors.answer(answer(request)))
  })
)

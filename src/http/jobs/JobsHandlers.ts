import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { AppConfig } from "../../services/Config.ts"
import { Generations } from "../../services/Generations.ts"
import { SseEncoder } from "../../services/SseEncoder.ts"
import { Api } from "../Api.ts"
import { CurrentCaller } from "../Authorization.ts"
import { originsOf } from "../origins.ts"
import { jobErrors } from "./JobsApi.ts"
import { describeJob, streamJob } from "./jobAnswer.ts"

/** Generations that nobody waits for: how they are, what has come of them, and an end to them. */
export const JobsHandlers = HttpApiBuilder.group(
  Api,
  "jobs",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const generations = yield* Generations
    const sse = yield* SseEncoder

    const describe = Effect.fnUntraced(function* (id: string, request: HttpServerRequest.HttpServerRequest) {
      const origins = yield* originsOf(request, config.publicBaseUrl)
      const { events, job } = yield* generations.events(id, yield* CurrentCaller, { after: beforeFirst, wait: false })
      return yield* describeJob(job, events, origins)
    })

    const get = Effect.fnUntraced(function* (id: string, request: HttpServerRequest.HttpServerRequest) {
      if (!(request.headers.accept ?? "").includes("text/event-stream")) return yield* describe(id, request)
      const origins = yield* originsOf(request, config.publicBaseUrl)
      const after = lastEventId(request.headers["last-event-id"])
      const { events, job } = yield* generations.events(id, yield* CurrentCaller, { after, wait: true })
      return yield* streamJob(job, events, origins, sse)
    })

    const cancel = Effect.fnUntraced(function* (id: string, request: HttpServerRequest.HttpServerRequest) {
      yield* generations.cancel(id, yield* CurrentCaller)
      return yield* describe(id, request)
    })

    return handlers
      .handleRaw("getJob", ({ params, request }) => jobErrors.answer(get(params.id, request)))
      .handleRaw("cancelJob", ({ params, request }) => jobErrors.answer(cancel(params.id, request)))
  })
)

const beforeFirst = -1

const lastEventId = (header: string | undefined): number =>
  header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : beforeFirst

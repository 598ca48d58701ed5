import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Stream from "effect/Stream"
import type { Cost } from "../domain/Usage.ts"
import type { Heartbeat, ServerSentEvent, SseEncoder } from "../services/SseEncoder.ts"
import { type ToldCost, tellCost } from "./toldCost.ts"

/** The headers of an answer that draws: what it cost or is estimated to cost, and the job under which it can be asked for. */
export const generationHeaders = (
  { cost_usd, neurons }: ToldCost,
  jobId: string | undefined
): Readonly<Record<string, string>> => ({
  "x-flux-neurons": String(neurons),
  "x-flux-cost": String(cost_usd),
  ...(jobId !== undefined && { "x-flux-job": jobId })
})

/** What a proxy has to be told so that it neither gathers events (nginx) nor compresses them, which gathers them too. */
const unbuffered = { "cache-control": "no-store, no-transform", "x-accel-buffering": "no" }

/** An answer in events. It opens at once; `cost` is what it is estimated to cost. */
export const eventStream = (options: {
  readonly events: Stream.Stream<ServerSentEvent>
  readonly heartbeat: Heartbeat
  readonly cost: Cost
  readonly jobId?: string | undefined
  readonly sse: SseEncoder["Service"]
}): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  // The body is read after the request's own fiber has ended: it takes its context (report, log annotations) along.
  Effect.map(Effect.context<never>(), (context) =>
    HttpServerResponse.stream(Stream.provideContext(options.sse.encode(options.events, options.heartbeat), context), {
      contentType: "text/event-stream; charset=utf-8",
      headers: { ...unbuffered, ...generationHeaders(tellCost(options.cost), options.jobId) }
    })
  )

import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Stream from "effect/Stream"
import type * as Types from "effect/Types"
import { makeRecorder, type Report, RequestReport } from "../../services/RequestReport.ts"
import { Telemetry } from "../../services/Telemetry.ts"
import type { Route } from "../routeTable.ts"

/**
 * Logs one line for each request when its answer is complete or its client has gone away (`interrupted`), and tells the
 * stages' times in `server-timing`. The line of a stored picture comes when its bytes begin to.
 */
export const RequestLog = (routeOf: (path: string) => Route | undefined) =>
  HttpRouter.middleware(
    Effect.map(
      Telemetry,
      (telemetry) => (httpEffect: Effect.Effect<HttpServerResponse.HttpServerResponse, Types.unhandled>) =>
        Effect.gen(function* () {
          const { method, url } = yield* HttpServerRequest.HttpServerRequest
          const route = routeOf(url.split("?", 1)[0] ?? "")?.path ?? "unknown"
          const recorder = makeRecorder()
          const request = { method, route, start: yield* Clock.currentTimeMillis }
          const log = (status: number, interrupted: boolean) =>
            Effect.andThen(logRequest(request, recorder.report(), status, interrupted), telemetry.flush)

          const response = yield* Effect.provideService(httpEffect, RequestReport, recorder).pipe(
            Effect.onInterrupt(() => log(clientClosedRequest, true))
          )
          if (response.body._tag === "Stream") {
            const { contentLength, contentType, stream } = response.body
            const context = yield* Effect.context<never>()
            const logged = Stream.onExit(stream, (exit) =>
              Effect.provideContext(log(response.status, Exit.hasInterrupts(exit)), context)
            )
            return HttpServerResponse.setBody(response, HttpBody.stream(logged, contentType, contentLength))
          }
          yield* log(response.status, false)
          const timing = serverTiming(recorder.report())
          return timing === "" ? response : HttpServerResponse.setHeader(response, "server-timing", timing)
        })
    ),
    { global: true }
  )

interface LoggedRequest {
  readonly method: string
  readonly route: string
  /** Milliseconds since 1970. */
  readonly start: number
}

const logRequest = Effect.fnUntraced(function* (
  { method, route, start }: LoggedRequest,
  { attempts, fields, stages }: Report,
  status: number,
  interrupted: boolean
) {
  const durationMs = (yield* Clock.currentTimeMillis) - start
  const timings = Object.fromEntries(Object.entries(stages).map(([stage, millis]) => [`${stage}Ms`, millis]))
  yield* Effect.annotateLogs(Effect.logInfo("request"), {
    method,
    route,
    status,
    durationMs,
    ...timings,
    ...(attempts > 0 && { attempts }),
    ...(interrupted && { interrupted }),
    ...fields
  })
})

/** nginx's status for what a client did not wait for. */
const clientClosedRequest = 499

const serverTiming = ({ stages }: Report): string =>
  Object.entries(stages)
    .map(([stage, millis]) => `${stage};dur=${millis}`)
    .join(", ")

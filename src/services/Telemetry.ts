import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpMiddleware from "effect/http/HttpMiddleware"
import * as Layer from "effect/Layer"
import * as OtlpExporter from "effect/observability/OtlpExporter"
import * as OtlpSerialization from "effect/observability/OtlpSerialization"
import * as OtlpTracer from "effect/observability/OtlpTracer"
import * as References from "effect/References"
import type * as Tracer from "effect/Tracer"
import { AppConfig } from "./Config.ts"
import { WorkerContext } from "./WorkerContext.ts"

/**
 * Sends traces to `OTEL_EXPORTER_OTLP_ENDPOINT`, where it is set. Isolates are frozen between requests, so nothing is sent
 * by a timer: each request sends what it has gathered, after its answer and for at most two seconds.
 */
export class Telemetry extends Context.Service<Telemetry, { readonly flush: Effect.Effect<void> }>()(
  "flux/services/Telemetry"
) {
  /** Without spans: they would be made and thrown away, for no small part of a request's CPU. */
  static readonly layerOff = Layer.mergeAll(
    Layer.succeed(Telemetry, { flush: Effect.void }),
    Layer.succeed(References.TracerEnabled, false),
    Layer.succeed(HttpClient.TracerDisabledWhen, () => true)
  )

  static readonly layer = Layer.unwrap(
    Effect.map(AppConfig, ({ otlpEndpoint }) =>
      otlpEndpoint === undefined
        ? Telemetry.layerOff
        : layerFlush.pipe(
            Layer.provideMerge(
              OtlpTracer.layer({
                url: `${otlpEndpoint}/v1/traces`,
                resource: { serviceName: "flux-api-worker" },
                exportInterval: Duration.infinity
              })
            ),
            Layer.provide(OtlpSerialization.layerJson),
            // The address of a picture is all that one needs to see it.
            Layer.merge(Layer.succeed(HttpMiddleware.TracerDisabledWhen, ({ url }) => url.includes("/image/"))),
            // A trace is this service's own affair: who is called learns nothing of it.
            Layer.merge(Layer.succeed(HttpClient.TracerPropagationEnabled, false))
          )
    )
  )
}

/** Makes an effect a span where traces are exported; elsewhere nothing is made. */
export const traced =
  (name: string, options?: Tracer.SpanOptionsNoTrace) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.withFiber((fiber) =>
      fiber.getRef(References.TracerEnabled)
        ? effect.pipe(Effect.withSpan(name, options, { captureStackTrace: false }))
        : effect
    )

const layerFlush = Layer.effect(
  Telemetry,
  Effect.gen(function* () {
    const { flush } = yield* OtlpExporter.Flusher
    const worker = yield* WorkerContext
    return Telemetry.of({
      // The request's own span ends only after whoever asks for this: without the wait it would go with the next request.
      flush: Effect.sync(() =>
        worker.waitUntil(Effect.runPromise(Effect.delay(Effect.timeoutOption(flush, "2 seconds"), "1 millis")))
      )
    })
  })
)

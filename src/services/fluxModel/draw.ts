import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { DrawnImage } from "../../domain/DrawnImage.ts"
import type { DrawRequest } from "../../domain/DrawRequest.ts"
import {
  ConfigurationError,
  type DrawError,
  drewNothing,
  InvalidRequest,
  lackOf,
  QuotaExceeded,
  RateLimited,
  UpstreamError,
  UpstreamTimeout
} from "../../domain/Errors.ts"
import { estimateCost } from "../../domain/GenerationPlan.ts"
import type { ImageSize } from "../../domain/ImageSize.ts"
import { type Cost, sumCosts } from "../../domain/Usage.ts"
import { reportAttempt } from "../RequestReport.ts"
import { traced } from "../Telemetry.ts"
import { type ReadImage, readAnswer } from "./answer.ts"
import { withoutEchoes } from "./echoes.ts"
import { makeEstimateCheck } from "./estimateCheck.ts"
import type { ClassifiedFailure, FailedCall } from "./failure.ts"
import { modelInput } from "./modelInput.ts"
import { makeReadPartnerAnswer } from "./partnerAnswer.ts"
import { QuotaMemory } from "./QuotaMemory.ts"
import type { Transport, UpstreamAnswer } from "./Transport.ts"
import { addTold, FailureCost } from "./toldNeurons.ts"

const limitSeconds = 120

const estimateOf = (request: DrawRequest, drawn: ImageSize): Cost =>
  estimateCost(
    request,
    drawn,
    request.inputs.map(({ size }) => size)
  )

/** A failure after which no other model is to draw. */
const withoutLack = (error: DrawError): DrawError => {
  if (lackOf(error) === undefined) return error
  switch (error._tag) {
    case "RateLimited":
      return new RateLimited({ message: error.message, retryAfterSeconds: error.retryAfterSeconds })
    case "QuotaExceeded":
      return new QuotaExceeded({ renewsAt: error.renewsAt })
    case "ConfigurationError":
      return new ConfigurationError({ variable: error.variable, message: error.message })
    case "InvalidRequest":
      return new InvalidRequest({ message: error.message, param: error.param })
    default:
      return error
  }
}

/** Draws over a transport: retry, time limit, what it cost and the memory for a used-up quota are the same for each. */
export const makeDraw = Effect.fnUntraced(function* ({ secrets, send, way }: Transport) {
  const quota = yield* QuotaMemory
  const checkEstimate = yield* makeEstimateCheck
  const readPartnerAnswer = yield* makeReadPartnerAnswer

  const read = (answer: UpstreamAnswer, call: FailedCall): Effect.Effect<ReadImage, ClassifiedFailure> =>
    call.request.model.partner
      ? readPartnerAnswer(answer, call).pipe(
          Effect.map((file) => ({ file, neurons: undefined })),
          Effect.mapError((error) => ({ error, retry: "never" }))
        )
      : readAnswer(answer, call)

  /** What is said of a failure goes into the log. */
  const withoutEcho = (error: DrawError, prompt: string): DrawError =>
    error._tag === "UpstreamError" && typeof error.cause === "string"
      ? new UpstreamError({ message: error.message, cause: withoutEchoes(error.cause, secrets, prompt) })
      : error

  const attempt = (request: DrawRequest) =>
    Effect.andThen(reportAttempt, send(request.model, modelInput(request))).pipe(
      traced("workers_ai.run", { kind: "client", attributes: { model: request.model.id } }),
      Effect.mapError((error): ClassifiedFailure => ({ error, retry: "never" })),
      Effect.flatMap((answer) => read(answer, { request, way })),
      Effect.mapError((failure) => ({ ...failure, error: withoutEcho(failure.error, request.prompt) })),
      Effect.flatMap(({ file, neurons: told }) => {
        const estimated = estimateOf(request, file.size)
        // Neurons are no word on what is billed in dollars.
        if (told === undefined || estimated.microdollars !== undefined) return Effect.succeed({ file, ...estimated })
        return Effect.as(checkEstimate(request, estimated.neurons, told), { file, neurons: told })
      })
    )

  /** A second call, after one that drew nothing but may have cost something. */
  const again = (request: DrawRequest, { error: first, neurons: before }: ClassifiedFailure) =>
    attempt(request).pipe(
      Effect.map((drawn): DrawnImage => ({ ...drawn, ...sumCosts([{ neurons: before ?? 0 }, drawn]) })),
      Effect.mapError((failure): ClassifiedFailure => {
        // What one model has refused is not taken to another.
        const refused = lackOf(first) === undefined
        // Of two calls, what one cost is no word on the other.
        const unknown = before !== undefined && failure.neurons === undefined && !drewNothing(failure.error)
        const neurons = addTold(before, unknown ? estimateOf(request, request.size).neurons : failure.neurons)
        return { ...failure, error: refused ? withoutLack(failure.error) : failure.error, neurons }
      })
    )

  const pause = Effect.flatMap(Random.next, (share) => Effect.sleep(500 + 1000 * share))

  const memoryFor = (request: DrawRequest) => (estimateOf(request, request.size).neurons > 0 ? quota : quota.free)

  return Effect.fnUntraced(
    function* (request: DrawRequest) {
      // What is paid in dollars asks for no neurons.
      const memory = request.model.partner ? undefined : memoryFor(request)
      if (memory) yield* memory.check
      const drawn = yield* attempt(request).pipe(
        Effect.catch((failure) => {
          switch (failure.retry) {
            case "never":
              return Effect.fail(failure)
            case "at once":
              return again(request, failure)
            case "after a pause":
              return Effect.andThen(pause, again(request, failure))
          }
        }),
        Effect.tapError(({ neurons }) =>
          neurons === undefined || request.model.microdollars
            ? Effect.void
            : Effect.map(FailureCost, (tell) => tell(neurons))
        ),
        // What has cost something was perhaps drawn.
        Effect.mapError(({ error, neurons = 0 }) => (neurons > 0 ? withoutLack(error) : error)),
        // Only what Workers AI says counts: a refusal from memory must not put the next probe off.
        Effect.tapError((error) => (error._tag === "QuotaExceeded" && memory ? memory.exhausted(error) : Effect.void))
      )
      if (memory) yield* memory.drawn
      return drawn
    },
    Effect.timeoutOrElse({
      duration: `${limitSeconds} seconds`,
      orElse: () => Effect.fail(new UpstreamTimeout({ seconds: limitSeconds }))
    })
  )
})

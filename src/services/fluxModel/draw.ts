import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { DrawRequest } from "../../domain/DrawRequest.ts"
import { UpstreamTimeout } from "../../domain/Errors.ts"
import { reportAttempt } from "../RequestReport.ts"
import { traced } from "../Telemetry.ts"
import { readAnswer } from "./answer.ts"
import type { ClassifiedFailure } from "./failure.ts"
import { modelInput } from "./modelInput.ts"
import { makeQuotaMemory } from "./quotaMemory.ts"
import type { Transport } from "./Transport.ts"

const limitSeconds = 120

/** Draws over a transport: the one retry, the time limit and the memory for a used-up quota are the same for each. */
export const makeDraw = Effect.fnUntraced(function* (transport: Transport) {
  const quota = yield* makeQuotaMemory

  const attempt = (request: DrawRequest) =>
    Effect.andThen(reportAttempt, transport(request.model, modelInput(request))).pipe(
      traced("workers_ai.run", { kind: "client", attributes: { model: request.model.id } }),
      Effect.mapError((error): ClassifiedFailure => ({ error, retry: "never" })),
      Effect.flatMap((answer) => readAnswer(answer, request.model))
    )

  const pause = Effect.flatMap(Random.next, (share) => Effect.sleep(500 + 1000 * share))

  return Effect.fnUntraced(
    function* (request: DrawRequest) {
      yield* quota.check
      const file = yield* attempt(request).pipe(
        Effect.catch((failure) => {
          switch (failure.retry) {
            case "never":
              return Effect.fail(failure)
            case "at once":
              return attempt(request)
            case "after a pause":
              return Effect.andThen(pause, attempt(request))
          }
        }),
        Effect.mapError(({ error }) => error),
        // Only what Workers AI says counts: a refusal from memory must not put the next probe off.
        Effect.tapError((error) => (error._tag === "QuotaExceeded" ? quota.exhausted(error) : Effect.void))
      )
      yield* quota.drawn
      return file
    },
    Effect.timeoutOrElse({
      duration: `${limitSeconds} seconds`,
      orElse: () => Effect.fail(new UpstreamTimeout({ seconds: limitSeconds }))
    })
  )
})

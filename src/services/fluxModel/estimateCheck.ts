import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"
import type { DrawRequest } from "../../domain/DrawRequest.ts"

/** How far an estimate may be from the truth, as a part of it. */
const tolerance = 0.1

/**
 * Says in the log, once for each model, that a call cost another sum than the catalogue says: the price list may have
 * changed. It knows what this isolate has said.
 */
export const makeEstimateCheck = Effect.map(
  Ref.make<ReadonlySet<string>>(new Set()),
  (said) =>
    ({ model }: DrawRequest, estimated: number, told: number): Effect.Effect<void> =>
      Math.abs(told - estimated) <= tolerance * estimated
        ? Effect.void
        : Ref.modify(said, (ids): readonly [boolean, ReadonlySet<string>] =>
            ids.has(model.id) ? [false, ids] : [true, new Set([...ids, model.id])]
          ).pipe(
            Effect.flatMap((first) =>
              first
                ? Effect.annotateLogs(Effect.logWarning("A call cost another sum than its estimate"), {
                    model: model.id,
                    estimatedNeurons: estimated,
                    toldNeurons: told
                  })
                : Effect.void
            )
          )
)

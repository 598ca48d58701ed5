import * as Effect from "effect/Effect"
import type { DrawnImage } from "../../domain/DrawnImage.ts"
import { takenWishes } from "../../domain/DrawWishes.ts"
import { type DrawError, lackOf, type ModelLack } from "../../domain/Errors.ts"
import { noticesBeside } from "../../domain/FallbackPlan.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import type { Model } from "../../domain/Model.ts"
import type { Notice } from "../../domain/Notice.ts"
import type { PreparedGeneration } from "../../domain/PreparedGeneration.ts"
import { maximumSeed } from "../../domain/PromptText.ts"
import type { FluxModel } from "../FluxModel.ts"
import { Identifiers } from "../Identifiers.ts"
import type { ReadyPrompt } from "../PromptOptimizer.ts"
import { timed } from "../RequestReport.ts"
import type { Tally } from "./Tally.ts"

type Attempt = PreparedGeneration["fallbacks"][number]

/** What of a commission one picture follows from. */
interface Drawing {
  readonly prepared: PreparedGeneration
  readonly ready: ReadyPrompt
  readonly inputs: ReadonlyArray<ImageFile>
  readonly mask?: ImageFile
  readonly fitTo: (plan: Attempt["plan"]) => Effect.Effect<ReadonlyArray<ImageFile>>
  readonly tally: Tally
}

/** A picture, the model that drew it, and what there is to know where it is not the one that was to. */
interface Drawn {
  readonly drawn: DrawnImage
  readonly model: Model
  readonly seed?: number
  readonly replaced: ReadonlyArray<Notice>
}

/** Draws one picture by the model of its plan, or, where that can't be had and surely drew nothing, by the next one. */
export const makeDrawWith = (flux: FluxModel["Service"]) => {
  const attempt = Effect.fnUntraced(function* (
    { mask, prepared, ready, tally }: Drawing,
    { costEach, plan }: Attempt,
    inputs: ReadonlyArray<ImageFile>,
    index: number
  ): Effect.fn.Return<Drawn, DrawError> {
    const { chosenBy, model, quality, size, steps } = plan
    const seed = model.seed ? { seed: yield* chooseSeed(prepared.request.seed, index) } : {}
    const wishes = takenWishes(prepared.request, model, inputs.length > 0)
    const wanted = {
      model,
      chosenBy,
      prompt: ready.prompt,
      size,
      inputs,
      index,
      ...seed,
      ...wishes,
      ...(quality && { quality })
    }
    const drawing = flux.draw({ ...wanted, ...(mask && { mask }), ...(steps !== undefined && { steps }) })
    return { drawn: yield* tally.count(costEach, timed("draw")(drawing)), model, ...seed, replaced: [] }
  })

  return (commission: Drawing, index: number): Effect.Effect<Drawn, DrawError> => {
    const { fitTo, inputs, prepared, ready } = commission
    const { plan } = prepared
    const others = prepared.fallbacks.filter((other) => ready.prompt.length <= other.plan.model.promptLimit)

    /** Fails as the first one did where none can be had. */
    const drawNext = (
      first: DrawError,
      lack: ModelLack,
      [next, ...rest]: ReadonlyArray<Attempt>
    ): Effect.Effect<Drawn, DrawError> => {
      if (!next) return Effect.fail(first)
      const { model } = next.plan
      const replaced: ReadonlyArray<Notice> = [
        { _tag: "ModelReplaced", wanted: plan.model.id, drawn: model.id, lack },
        ...noticesBeside(plan, next.plan)
      ]
      return Effect.logWarning("Another model draws", { wanted: plan.model.id, model: model.id, lack }).pipe(
        Effect.andThen(fitTo(next.plan)),
        Effect.flatMap((fitted) => attempt(commission, next, fitted, index)),
        Effect.map((drawn) => ({ ...drawn, replaced })),
        Effect.catch((error) => (lackOf(error) ? drawNext(first, lack, rest) : Effect.fail(error)))
      )
    }

    return attempt(commission, prepared, inputs, index).pipe(
      Effect.catch((error) => {
        const lack = lackOf(error)
        return lack ? drawNext(error, lack, others) : Effect.fail(error)
      })
    )
  }
}

/** Further pictures of a seeded request get the seeds after it: with the same one they would be the same picture. */
const chooseSeed = (wanted: number | undefined, index: number): Effect.Effect<number> =>
  wanted === undefined
    ? Effect.map(Identifiers, (identifiers) => identifiers.seed())
    : Effect.succeed((wanted + index) % (maximumSeed + 1))

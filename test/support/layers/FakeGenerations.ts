import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BindingMissing, type StartError } from "../../../src/domain/Errors.ts"
import { sumCosts } from "../../../src/domain/Usage.ts"
import { Generations } from "../../../src/services/Generations.ts"
import { ImageGenerator } from "../../../src/services/ImageGenerator.ts"

const missing = Effect.fail(new BindingMissing({ binding: "LEDGER" }))

/** Draws each request by itself: nothing is joined, and there are no jobs. */
export const layer: Layer.Layer<Generations, never, ImageGenerator> = Layer.effect(
  Generations,
  Effect.map(ImageGenerator, (generator) => ({
    start: (request) =>
      Effect.map(generator.prepare(request), (prepared) => ({
        plan: prepared.plan,
        inputs: prepared.inputs.map(({ size }) => size),
        keys: prepared.keys,
        ...sumCosts([prepared]),
        events: generator.draw(prepared)
      })),
    submit: () => Effect.succeed(undefined),
    events: () => missing,
    cancel: () => missing
  }))
)

/** Begins nothing. */
export const refusing = (error: StartError): Layer.Layer<Generations> =>
  Layer.succeed(Generations, {
    start: () => Effect.fail(error),
    submit: () => Effect.fail(error),
    events: () => missing,
    cancel: () => missing
  })

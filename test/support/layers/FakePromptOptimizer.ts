import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { OptimizationFailure } from "../../../src/domain/GenerationEvent.ts"
import { PromptOptimizer, type ReadyPrompt } from "../../../src/services/PromptOptimizer.ts"

type Answer = Omit<ReadyPrompt, "neurons">

export interface Options {
  /** What becomes of a prompt; by default `Optimized: {prompt}`, by `test-optimizer`. */
  readonly answer?: (prompt: string, limit: number) => Answer
  /** Whether prompts are improved where nothing is said of it. */
  readonly enabled?: boolean
  /** What a prompt costs; by default nothing. */
  readonly neurons?: number
  /** What it is said to cost at most; by default what it costs. */
  readonly estimate?: number
}

const optimized = (prompt: string): Answer => ({
  prompt: `Optimized: ${prompt}`,
  source: { _tag: "Optimized", model: "test-optimizer" }
})

/** `calls` are the prompts to improve with their limits, in order. */
export const make = ({ answer = optimized, enabled = true, neurons = 0, estimate = neurons }: Options = {}) => {
  const calls: Array<{ readonly prompt: string; readonly limit: number }> = []
  const layer = Layer.succeed(PromptOptimizer, {
    plan: (_prompt, _limit, wish) =>
      Effect.succeed(
        wish === "always" || (enabled && wish) ? { _tag: "Asked", neurons: estimate } : { _tag: "Original" }
      ),
    optimize: (prompt, limit) =>
      Effect.sync(() => {
        calls.push({ prompt, limit })
        return { ...answer(prompt, limit), neurons }
      })
  })
  return { layer, calls: calls as ReadonlyArray<{ readonly prompt: string; readonly limit: number }> }
}

/** Improves every prompt. */
export const layer: Layer.Layer<PromptOptimizer> = make().layer

/** Leaves every prompt as it is, as where the setting is off. */
export const off: Layer.Layer<PromptOptimizer> = make({ enabled: false }).layer

/** Wants to improve, and can't. */
export const failing = (reason: OptimizationFailure): Layer.Layer<PromptOptimizer> =>
  make({ answer: (prompt) => ({ prompt, source: { _tag: "Failed", reason } }) }).layer

import * as Effect from "effect/Effect"
import type { OptimizationFailure } from "../../domain/GenerationEvent.ts"
import type { Completion } from "./completion.ts"
import { cleanOptimizedPrompt, isRefusal } from "./OptimizedPrompt.ts"

/** A model that improves prompts. */
export interface PromptImprover {
  /** The name under which it is told. */
  readonly model: string
  /** The most that a prompt of at most `limit` characters out of this one costs, in neurons. */
  readonly estimate: (prompt: string, limit: number) => number
  /** A better prompt, of at most `limit` characters. It may take any time. */
  readonly ask: (prompt: string, limit: number) => Effect.Effect<Improved, NotImproved>
}

/** A better prompt, and what it cost, in neurons. */
export interface Improved {
  readonly prompt: string
  readonly neurons: number
}

/** Why there is none, and what that cost all the same. */
export interface NotImproved {
  readonly reason: OptimizationFailure
  readonly neurons: number
}

/** The prompt in what a model said, for these neurons. */
export const promptIn = (
  completion: Completion | undefined,
  limit: number,
  neurons: number
): Effect.Effect<Improved, NotImproved> => {
  const failed = (reason: OptimizationFailure) => Effect.fail({ reason, neurons })
  if (!completion) return failed("unusable_answer")
  if (completion.refused || isRefusal(completion.content)) return failed("refused")
  const prompt = completion.whole ? cleanOptimizedPrompt(completion.content, limit) : ""
  if (isRefusal(prompt)) return failed("refused")
  return prompt === "" ? failed("unusable_answer") : Effect.succeed({ prompt, neurons })
}

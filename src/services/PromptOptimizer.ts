import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import type { ConfigurationError } from "../domain/Errors.ts"
import type { OptimizationFailure, PromptSource } from "../domain/GenerationEvent.ts"
import type { GenerationRequest } from "../domain/GenerationRequest.ts"
import type { PromptImprovement } from "../domain/PreparedGeneration.ts"
import { AppConfig } from "./Config.ts"
import { bindingTransport } from "./fluxModel/bindingTransport.ts"
import { QuotaMemory } from "./fluxModel/QuotaMemory.ts"
import { restTransport } from "./fluxModel/restTransport.ts"
import { externalImprover } from "./promptOptimizer/external.ts"
import type { NotImproved, PromptImprover } from "./promptOptimizer/PromptImprover.ts"
import { workersAiImprover } from "./promptOptimizer/workersAi.ts"

export interface ReadyPrompt {
  readonly prompt: string
  readonly source: PromptSource
  /** What it cost, in neurons. */
  readonly neurons: number
}

/** Improves prompts by a chat model. */
export class PromptOptimizer extends Context.Service<
  PromptOptimizer,
  {
    /**
     * What is to become of a prompt by this wish, and what that costs at most. Nobody is asked yet. Fails where the settings
     * want it improved, and one of them is wrong.
     */
    readonly plan: (
      prompt: string,
      limit: number,
      wish: GenerationRequest["optimize"]
    ) => Effect.Effect<PromptImprovement, ConfigurationError>
    /**
     * A better prompt of at most `limit` characters. Never fails: whatever goes wrong, the prompt comes back as it was, with
     * the reason.
     */
    readonly optimize: (prompt: string, limit: number) => Effect.Effect<ReadyPrompt>
  }
>()("flux/services/PromptOptimizer") {
  /** A text model of Workers AI on the backend that draws, or any OpenAI-compatible chat API where one is set. */
  static readonly layer = Layer.effect(
    PromptOptimizer,
    Effect.gen(function* () {
      const { optimization } = yield* AppConfig
      const found = yield* findImprover

      return PromptOptimizer.of({
        plan: Effect.fnUntraced(function* (prompt, limit, wish) {
          const { wanted } = yield* Effect.fromResult(optimization)
          if (wish === false || !(wanted || wish === "always")) return { _tag: "Original" }
          return Result.match(found, {
            onFailure: (reason): PromptImprovement => ({ _tag: "Failed", reason }),
            onSuccess: (improver) => ({ _tag: "Asked", neurons: improver.estimate(prompt, limit) })
          })
        }),
        optimize: (prompt, limit) =>
          Effect.gen(function* () {
            const improver = yield* Effect.fromResult(Result.mapError(found, free))
            if (prompt.length > longestPrompt) return yield* Effect.fail(free("unusable_answer"))
            const improved = yield* improver.ask(prompt, limit).pipe(
              Effect.timeoutOrElse({
                duration: "15 seconds",
                // What is not waited for may be billed all the same.
                orElse: () => Effect.fail({ reason: "timeout" as const, neurons: improver.estimate(prompt, limit) })
              })
            )
            return { ...improved, source: { _tag: "Optimized", model: improver.model } } satisfies ReadyPrompt
          }).pipe(
            Effect.catch(({ neurons, reason }) =>
              Effect.as(Effect.logWarning("Prompt optimization failed", reason), {
                prompt,
                source: { _tag: "Failed", reason } as const,
                neurons
              })
            )
          )
      })
    })
  ).pipe(Layer.provide(QuotaMemory.layer))
}

/** The longest prompt that is given to the chat model, in UTF-16 units: far more than any picture model takes. */
export const longestPrompt = 8000

const free = (reason: OptimizationFailure): NotImproved => ({ reason, neurons: 0 })

/** Who improves prompts by the settings, or why nobody does. */
const findImprover = Effect.gen(function* (): Effect.fn.Return<
  Result.Result<PromptImprover, OptimizationFailure>,
  never,
  AppConfig | HttpClient.HttpClient | QuotaMemory
> {
  const { backend, optimization } = yield* AppConfig
  const client = yield* HttpClient.HttpClient
  const quota = yield* QuotaMemory
  const chosen = Result.getOrUndefined(Result.flatMap(optimization, ({ improver }) => improver))
  if (chosen?._tag === "External") return Result.succeed(externalImprover(chosen, client))
  const drawing = Result.getOrUndefined(backend)
  if (!chosen || !drawing) return Result.fail("not_configured")
  switch (drawing._tag) {
    case "Rest":
      return Result.succeed(workersAiImprover(chosen, yield* restTransport(drawing), quota))
    case "Binding":
      return Result.succeed(workersAiImprover(chosen, bindingTransport(drawing.ai), quota))
    case "Preview":
      return Result.fail("preview")
  }
})

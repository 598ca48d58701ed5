import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type { ConfigurationError } from "../domain/Errors.ts"
import type { OptimizationFailure, PromptSource } from "../domain/GenerationEvent.ts"
import { AppConfig } from "./Config.ts"
import type { OptimizerSettings } from "./config/Optimization.ts"
import { discardBody } from "./discardBody.ts"
import { readCompletion } from "./promptOptimizer/completion.ts"
import { cleanOptimizedPrompt, isRefusal } from "./promptOptimizer/OptimizedPrompt.ts"
import { defaultSystemMessage } from "./promptOptimizer/systemMessage.ts"
import { readWithin } from "./readWithin.ts"

export interface ReadyPrompt {
  readonly prompt: string
  readonly source: PromptSource
}

/** Improves prompts by a chat model. */
export class PromptOptimizer extends Context.Service<
  PromptOptimizer,
  {
    /** Whether prompts are improved at all in this deployment. Fails where the setting for it is wrong. */
    readonly enabled: Effect.Effect<boolean, ConfigurationError>
    /**
     * A better prompt of at most `limit` characters. Never fails: whatever goes wrong, the prompt comes back as it was, with
     * the reason.
     */
    readonly optimize: (prompt: string, limit: number) => Effect.Effect<ReadyPrompt>
  }
>()("flux/services/PromptOptimizer") {
  /** Any OpenAI-compatible chat API: `EXTERNAL_API_BASE`, `EXTERNAL_MODEL`, `EXTERNAL_API_KEY`. */
  static readonly layer = Layer.effect(
    PromptOptimizer,
    Effect.gen(function* () {
      const config = yield* AppConfig
      const client = yield* HttpClient.HttpClient
      const optimization = Effect.fromResult(config.optimization)

      const ask = Effect.fnUntraced(function* (settings: OptimizerSettings, prompt: string, limit: number) {
        const request = HttpClientRequest.post(settings.url).pipe(
          settings.apiKey ? withKey(settings.url, settings.apiKey) : (request) => request,
          HttpClientRequest.bodyJsonUnsafe({
            model: settings.model,
            messages: [
              { role: "system", content: settings.systemMessage ?? defaultSystemMessage(limit) },
              { role: "user", content: prompt }
            ],
            stream: false
          })
        )
        const response = yield* client.execute(request).pipe(
          // Neither the prompt nor the key goes anywhere but where the settings say.
          Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" }),
          // Its address may hold a key, and would be told to where traces are sent.
          Effect.provideService(HttpClient.TracerDisabledWhen, () => true),
          Effect.mapError(() => failed("unavailable"))
        )
        if (response.status < 200 || response.status > 299) {
          yield* discardBody(response)
          return yield* Effect.fail(failed("unavailable"))
        }
        const body = yield* readWithin(response.stream, answerLimitBytes).pipe(
          Effect.mapError(() => failed("unusable_answer"))
        )
        const completion = readCompletion(new TextDecoder().decode(body))
        if (!completion) return yield* Effect.fail(failed("unusable_answer"))
        if (completion.refused || isRefusal(completion.content)) return yield* Effect.fail(failed("refused"))
        const answer = completion.whole ? cleanOptimizedPrompt(completion.content, limit) : ""
        if (isRefusal(answer)) return yield* Effect.fail(failed("refused"))
        return answer === "" ? yield* Effect.fail(failed("unusable_answer")) : answer
      })

      return PromptOptimizer.of({
        enabled: Effect.map(optimization, (settings) => settings !== "off"),
        optimize: (prompt, limit) =>
          Effect.gen(function* () {
            const settings = yield* optimization.pipe(Effect.mapError(() => failed("not_configured")))
            if (settings === "off") return { prompt, source: { _tag: "Original" } } as const
            if (settings === "not_configured") return yield* Effect.fail(failed("not_configured"))
            if (prompt.length > longestPrompt) return yield* Effect.fail(failed("unusable_answer"))
            const optimized = yield* ask(settings, prompt, limit).pipe(
              Effect.timeoutOrElse({ duration: "15 seconds", orElse: () => Effect.fail(failed("timeout")) })
            )
            return { prompt: optimized, source: { _tag: "Optimized", model: settings.model } } as const
          }).pipe(
            Effect.catch((failure) =>
              Effect.as(Effect.logWarning("Prompt optimization failed", failure.reason), {
                prompt,
                source: failure
              })
            )
          )
      })
    })
  )
}

const answerLimitBytes = 256 * 1024

/** The longest prompt that is given to the chat model, in UTF-16 units: far more than any picture model takes. */
export const longestPrompt = 8000

const failed = (reason: OptimizationFailure) => ({ _tag: "Failed", reason }) as const

/** Azure takes a key under this name, and has the version in the address. */
const withKey = (url: string, key: Redacted.Redacted<string>) => (request: HttpClientRequest.HttpClientRequest) =>
  HttpClientRequest.bearerToken(request, key).pipe(
    new URL(url).searchParams.has("api-version")
      ? HttpClientRequest.setHeader("api-key", Redacted.value(key))
      : (request) => request
  )

import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Redacted from "effect/Redacted"
import type { OptimizationFailure } from "../../domain/GenerationEvent.ts"
import type { ExternalImprover } from "../config/Optimization.ts"
import { discardBody } from "../discardBody.ts"
import { readWithin } from "../readWithin.ts"
import { readCompletion } from "./completion.ts"
import { type PromptImprover, promptIn } from "./PromptImprover.ts"
import { messagesFor } from "./systemMessage.ts"

/** Any OpenAI-compatible chat API: `EXTERNAL_API_BASE`, `EXTERNAL_MODEL`, `EXTERNAL_API_KEY`. It costs no neurons. */
export const externalImprover = (settings: ExternalImprover, client: HttpClient.HttpClient): PromptImprover => ({
  model: settings.model,
  estimate: () => 0,
  ask: Effect.fnUntraced(function* (prompt, limit) {
    const request = HttpClientRequest.post(settings.url).pipe(
      settings.apiKey ? withKey(settings.url, settings.apiKey) : (request) => request,
      HttpClientRequest.bodyJsonUnsafe({
        model: settings.model,
        messages: messagesFor(prompt, limit, settings.systemMessage),
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
    return yield* promptIn(readCompletion(new TextDecoder().decode(body)), limit, 0)
  })
})

const answerLimitBytes = 256 * 1024

const failed = (reason: OptimizationFailure) => ({ reason, neurons: 0 })

/** Azure takes a key under this name, and has the version in the address. */
const withKey = (url: string, key: Redacted.Redacted<string>) => (request: HttpClientRequest.HttpClientRequest) =>
  HttpClientRequest.bearerToken(request, key).pipe(
    new URL(url).searchParams.has("api-version")
      ? HttpClientRequest.setHeader("api-key", Redacted.value(key))
      : (request) => request
  )

import * as Effect from "effect/Effect"
import type { InputImage } from "../../domain/GenerationRequest.ts"
import type { PreparedGeneration } from "../../domain/PreparedGeneration.ts"
import type { Webhook } from "../../domain/Webhook.ts"

/**
 * The SHA-256 of what is to be drawn, in hexadecimal. How it is to be told (the dialect, `stream`, `response_format`, the
 * way in which the prompt was written) is no part of it; what it is to do about a wish that can't be met is, where there is
 * one. A webhook is: who joined another's job would not be told its end.
 */
export const digestOf = Effect.fnUntraced(function* ({ plan, request }: PreparedGeneration, webhook?: Webhook) {
  const {
    background,
    inputs,
    mask,
    mismatch,
    model,
    n,
    optimize,
    outputFormat,
    prompt,
    quality = "medium",
    seed,
    size,
    steps
  } = request
  const { fallback, guidance, negativePrompt, strength } = request
  const drawn = [
    prompt,
    model?.toLowerCase(),
    size?.width,
    size?.height,
    n,
    seed,
    steps,
    quality,
    optimize,
    outputFormat,
    plan.notices.length > 0 ? mismatch : undefined,
    yield* Effect.forEach(inputs, digestOfInput),
    mask && (yield* digestOfInput(mask)),
    negativePrompt,
    guidance,
    strength,
    fallback,
    background,
    webhook?.url
  ]
  return yield* sha256(utf8.encode(JSON.stringify(drawn.map((part) => part ?? null))))
})

const digestOfInput = (input: InputImage): Effect.Effect<string> => {
  switch (input._tag) {
    case "Inline":
      return sha256(input.file.bytes)
    case "Stored":
      return Effect.succeed(input.key.id)
    case "Remote":
      return Effect.succeed(input.url.href)
  }
}

const utf8 = new TextEncoder()

const sha256 = (data: Uint8Array): Effect.Effect<string> =>
  Effect.map(
    Effect.promise(() => crypto.subtle.digest("SHA-256", data)),
    (digest) => new Uint8Array(digest).toHex()
  )

import * as Effect from "effect/Effect"
import type { GenerationRequest, InputImage } from "../../domain/GenerationRequest.ts"

/**
 * The SHA-256 of what is to be drawn, in hexadecimal. How it is to be told (the dialect, `stream`, `response_format`, the
 * way in which the prompt was written) is no part of it.
 */
export const digestOf = Effect.fnUntraced(function* (request: GenerationRequest) {
  const { inputs, model, n, optimize, outputFormat, prompt, quality = "medium", seed, size, steps } = request
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
    yield* Effect.forEach(inputs, digestOfInput)
  ]
  return yield* sha256(utf8.encode(JSON.stringify(drawn.map((part) => part ?? null))))
})

const digestOfInput = (input: InputImage): Effect.Effect<string> => {
  switch (input._tag) {
    case "Inline":
      return sha256(input.file.bytes)
    case "Stored":
      return Effect.succeed(input.key.name)
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

import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { UpstreamError } from "../../../src/domain/Errors.ts"
import { makeImageKey } from "../../../src/domain/ImageKey.ts"
import { ratioSizes } from "../../../src/domain/ImageSize.ts"
import { matchLocale } from "../../../src/domain/Locale.ts"
import { errorSentence } from "../../../src/http/locales/errorSentence.ts"
import { messagesFor } from "../../../src/http/locales/messagesFor.ts"
import { ImageStore } from "../../../src/services/ImageStore.ts"
import { FakeFluxModel, FakeImageStore, FakePromptOptimizer, makeApp } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { chat, completionFrom, says, streamFrom } from "../../support/openai/chat.ts"

/** Names each picture by its bytes, so that two runs of the same request give the same links. */
const contentAddressed = Layer.succeed(ImageStore, {
  available: Effect.void,
  keys: (count) => Effect.succeed(Array.from({ length: count }, () => makeImageKey("A".repeat(22), 2000000000))),
  put: (file) =>
    Effect.succeed(
      makeImageKey(createHash("sha256").update(file.bytes).digest("base64url").slice(0, 22), 2000000000, file.mediaType)
    ),
  open: () => Effect.die("nothing is read here"),
  get: () => Effect.die("nothing is read here")
})

const optimizers = {
  off: FakePromptOptimizer.off,
  on: FakePromptOptimizer.layer,
  failing: FakePromptOptimizer.failing("timeout")
}
const stores = { working: contentAddressed, failing: FakeImageStore.failing("put") }

const words = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.constantFrom(
    "A cute cat",
    "一只猫",
    "line one\nline two",
    "**bold** `code`",
    "![x](https://a.example/b)",
    '"quoted" \\',
    "data: [DONE]"
  )
)

interface Settings {
  readonly prompt: string
  readonly n: number
  readonly optimizer: keyof typeof optimizers
  readonly store: keyof typeof stores
  readonly failing: ReadonlyArray<number>
  readonly language: string
  readonly style: string
  readonly modalities: ReadonlyArray<string> | undefined
}

const settings: fc.Arbitrary<Settings> = fc.record({
  // A letter first, so that the prompt is never empty.
  prompt: fc
    .tuple(fc.array(words, { minLength: 1, maxLength: 3 }), fc.constantFrom("", ...ratioSizes.keys()))
    .map(([parts, ratio]) => `A ${parts.join(" ")} cat ${ratio}`),
  n: fc.integer({ min: 1, max: 4 }),
  optimizer: fc.constantFrom("off", "on", "failing"),
  store: fc.constantFrom("working", "failing"),
  failing: fc.subarray([0, 1, 2, 3], { maxLength: 3 }),
  language: fc.constantFrom("en", "de", "ja"),
  style: fc.constantFrom("full", "short"),
  modalities: fc.constantFrom(undefined, ["text", "image"])
})

const appWith = ({ failing, optimizer, store, style }: Settings) => {
  const before: FakeFluxModel.Options["before"] = ({ index }) =>
    failing.includes(index) ? Effect.fail(new UpstreamError({ message: `Picture ${index} failed.` })) : Effect.void
  return makeApp({
    env: { CHAT_STYLE: style },
    flux: FakeFluxModel.make({ before }).layer,
    optimizer: optimizers[optimizer],
    store: stores[store],
    testClock: true
  })
}

const ask = async (wanted: Settings, stream: boolean) => {
  const app = appWith(wanted)
  const { language, modalities, n, prompt } = wanted
  const body = says(prompt, { n, stream, stream_options: { include_usage: true }, ...(modalities && { modalities }) })
  const response = await chat(app, body, { "accept-language": language })
  return { response, dispose: app.dispose }
}

describe("a stream and a JSON answer to the same request", () => {
  it("have the same text, pictures and usage", async () => {
    await fc.assert(
      fc.asyncProperty(settings, async (wanted) => {
        const whole = await ask(wanted, false)
        const parts = await ask(wanted, true)
        const stream = await streamFrom(parts.response)
        if (whole.response.status === 200) {
          const completion = await completionFrom(whole.response)
          const images = stream.chunks.flatMap(({ choices }) => choices[0]?.delta.images ?? [])
          // Compared by themselves, for a difference would be shown with whole pictures in it.
          expect(stream.content === completion.content).toBe(true)
          expect(JSON.stringify(images) === JSON.stringify(completion.images ?? [])).toBe(true)
          expect(stream.chunks.at(-1)?.usage).toEqual(completion.usage)
          expect(stream.error).toBeUndefined()
        } else {
          const { status, shouldRetry, ...error } = await errorFrom(whole.response)
          expect({ status, shouldRetry }).toEqual({ status: 502, shouldRetry: "false" })
          expect(stream.error).toEqual(error)
          const messages = messagesFor(matchLocale(wanted.language) ?? "en")
          expect(stream.content).toContain(errorSentence(new UpstreamError({ message: error.message }), messages))
          expect(wanted.failing.length).toBeGreaterThanOrEqual(1)
        }
        await whole.dispose()
        await parts.dispose()
      }),
      { numRuns: 40 }
    )
  }, 60_000)
})

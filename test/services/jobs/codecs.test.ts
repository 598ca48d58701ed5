import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  BudgetExceeded,
  ConfigurationError,
  ContentPolicyViolation,
  GenerationCancelled,
  GenerationInterrupted,
  ImageNotFound,
  InvalidRequest,
  JobNotFound,
  ModelNotFound,
  QuotaExceeded,
  RateLimited,
  StorageError,
  UpstreamError,
  UpstreamTimeout
} from "../../../src/domain/Errors.ts"
import type { GenerationRequest } from "../../../src/domain/GenerationRequest.ts"
import { parseImageKey } from "../../../src/domain/ImageKey.ts"
import { errorAnswer } from "../../../src/http/errors.ts"
import { type CarriedError, decodeError, encodeError } from "../../../src/services/jobs/errorCodec.ts"
import { decodeFrames, encodeFrame } from "../../../src/services/jobs/frames.ts"
import { digestOf } from "../../../src/services/jobs/identity.ts"
import { decodeRequest, encodeRequest } from "../../../src/services/jobs/requestCodec.ts"
import { requestFor } from "../../support/generation.ts"
import { pictureOf } from "../../support/pictures.ts"

const identityOf = (request: GenerationRequest) => Effect.runPromise(digestOf(request))

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe("an error that crosses to a Durable Object and back", () => {
  it.each<CarriedError>([
    new InvalidRequest({ message: "No: é", param: "size", code: "x" }),
    new InvalidRequest({ message: "No" }),
    new ModelNotFound({ model: "gpt-4o" }),
    new ImageNotFound({ expired: true }),
    new ContentPolicyViolation({ subject: "output" }),
    new RateLimited({ message: "Wait", retryAfterSeconds: 10 }),
    new QuotaExceeded({ renewsAt: 1_795_392_000_000 }),
    new BudgetExceeded({ needed: 57.6, left: 2.4, renewsAt: 1_795_392_000_000 }),
    new ConfigurationError({ variable: "AI", message: "Bind it" }),
    new UpstreamError({ message: "It failed", cause: "3043: no" }),
    new UpstreamError({ message: "It failed", cause: new TypeError("reset") }),
    new UpstreamTimeout({ seconds: 120 }),
    new UpstreamTimeout({}),
    new StorageError({ operation: "get", cause: "no" }),
    new GenerationInterrupted({}),
    new GenerationCancelled(),
    new JobNotFound()
  ])("is answered as before: $_tag", (error) => {
    const back = decodeError(json(encodeError(error)))
    expect(back.constructor).toBe(error.constructor)
    expect(errorAnswer(back)).toEqual(errorAnswer(error))
    if ("cause" in error && error.cause !== undefined)
      expect(String("cause" in back ? back.cause : "")).toBe(String(error.cause))
  })

  it("is an interrupted generation where it can't be read", () => {
    for (const value of [undefined, null, {}, { _tag: "Nonsense" }, { _tag: "RateLimited" }]) {
      expect(decodeError(value)).toBeInstanceOf(GenerationInterrupted)
    }
  })
})

describe("frames", () => {
  const frame = fc.record({
    value: fc.jsonValue().map(json),
    bytes: fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes))
  })

  it("arrive as they were sent, however they are cut", () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 5 }), fc.integer({ min: 1, max: 30 }), (frames, size) => {
        const bytes = frames.flatMap((each) => [...encodeFrame(each)])
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          Uint8Array.from(bytes.slice(index * size, (index + 1) * size))
        )
        expect(Effect.runSync(Stream.runCollect(decodeFrames(Stream.fromIterable(chunks))))).toEqual(frames)
      })
    )
  })
})

describe("a request that crosses to a Durable Object", () => {
  it("is whole, its pictures included", async () => {
    const { bytes, file } = await pictureWithFile()
    const key = parseImageKey("abcdefghijklmnopqrstuv-1795378816.jpg")
    const request = requestFor("A cute cat", {
      size: { width: 768, height: 512 },
      seed: 42,
      steps: 4,
      quality: "maximum",
      model: "klein",
      outputFormat: "image/webp",
      inputs: [
        { _tag: "Inline", file },
        ...(key ? [{ _tag: "Stored", key } as const] : []),
        { _tag: "Remote", url: new URL("https://example.com/a.png") }
      ]
    })
    const back = decodeRequest(encodeRequest(request).map(({ bytes, value }) => ({ bytes, value: json(value) })))
    expect(back).toEqual(request)
    expect(back?.inputs[0]).toMatchObject({ file: { bytes } })
    expect(back && (await identityOf(back))).toBe(await identityOf(request))
  })
})

const pictureWithFile = async () => {
  const file = await pictureOf({ width: 64, height: 48 })
  return { file, bytes: file.bytes }
}

describe("the identity of a request", () => {
  const cat = requestFor("A cute cat")

  it.each<[string, Partial<GenerationRequest>]>([
    ["whether there is to be a link", { store: false }],
    ["what to do about a size that nothing draws", { mismatch: "refuse" }],
    ["how the prompt was written", { originalPrompt: "A cute cat --raw" }],
    ["a quality that is the usual one", { quality: "medium" }]
  ])("does not depend on %s", async (_, changes) => {
    expect(await identityOf({ ...cat, ...changes })).toBe(await identityOf(cat))
  })

  it.each<[string, Partial<GenerationRequest>]>([
    ["prompt", { prompt: "A cute dog" }],
    ["model", { model: "klein" }],
    ["size", { size: { width: 1024, height: 1024 } }],
    ["number", { n: 2 }],
    ["seed", { seed: 0 }],
    ["steps", { steps: 4 }],
    ["quality", { quality: "high" }],
    ["optimisation", { optimize: false }],
    ["format", { outputFormat: "image/png" }],
    ["pictures", { inputs: [{ _tag: "Remote", url: new URL("https://example.com/a.png") }] }]
  ])("depends on the %s", async (_, changes) => {
    expect(await identityOf({ ...cat, ...changes })).not.toBe(await identityOf(cat))
  })
})

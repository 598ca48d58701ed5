import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import {
  ConfigurationError,
  ContentPolicyViolation,
  DrawError,
  GenerationCancelled,
  GenerationInterrupted,
  ImageNotFound,
  InvalidApiKey,
  InvalidRequest,
  ModelNotFound,
  PayloadTooLarge,
  QuotaExceeded,
  RateLimited,
  StorageError,
  UpstreamError,
  UpstreamTimeout,
  unsupportedSize
} from "../../src/domain/Errors.ts"

describe("the errors that word their own message", () => {
  it.each([
    [new PayloadTooLarge({ limitBytes: 1048576 }), "PayloadTooLarge", "1048576"],
    [new InvalidApiKey({ given: true }), "InvalidApiKey", "Incorrect API key"],
    [new InvalidApiKey({ given: false }), "InvalidApiKey", "Authorization: Bearer"],
    [new ModelNotFound({ model: "gpt-4o-mini" }), "ModelNotFound", "'gpt-4o-mini'"],
    [new ImageNotFound({ expired: true }), "ImageNotFound", "expired"],
    [new ImageNotFound({ expired: false }), "ImageNotFound", "no picture"],
    [new ContentPolicyViolation({ subject: "prompt" }), "ContentPolicyViolation", "prompt"],
    [new ContentPolicyViolation({ subject: "input" }), "ContentPolicyViolation", "input picture"],
    [new ContentPolicyViolation({ subject: "output" }), "ContentPolicyViolation", "came out"],
    [new QuotaExceeded({ renewsAt: Date.UTC(2026, 10, 23) }), "QuotaExceeded", "2026-11-23T00:00:00.000Z"],
    [new UpstreamTimeout({ seconds: 90 }), "UpstreamTimeout", "within 90 seconds"],
    [new UpstreamTimeout({}), "UpstreamTimeout", "in time"],
    [new StorageError({ operation: "get", cause: "secret" }), "StorageError", "get"],
    [new StorageError({ operation: "put", cause: "secret" }), "StorageError", "put"]
  ])("%s", (error, tag, told) => {
    expect(error).toBeInstanceOf(Error)
    expect(error._tag).toBe(tag)
    expect(error.message).toContain(told)
    expect(error.message).not.toMatch(/undefined|null|NaN|secret/)
    expect(error.message).toMatch(/\.$/)
  })

  it("the three subjects of a content policy differ", () => {
    const messages = (["prompt", "input", "output"] as const).map(
      (subject) => new ContentPolicyViolation({ subject }).message
    )
    expect(new Set(messages).size).toBe(3)
  })

  it("a model's name is not repeated without end", () => {
    expect(new ModelNotFound({ model: "x".repeat(100_000) }).message.length).toBeLessThan(300)
  })

  it("a size that can't be drawn is told with the nearest that can", () => {
    const error = unsupportedSize({ width: 10, height: 20 }, { width: 256, height: 512 }, "klein")
    expect(error).toMatchObject({ _tag: "InvalidRequest", param: "size" })
    for (const part of ["10x20", "256x512", "klein"]) expect(error.message).toContain(part)
  })
})

describe("a failure of drawing", () => {
  const json = Schema.fromJsonString(Schema.toCodecJson(DrawError))

  it.each<DrawError>([
    new InvalidRequest({ message: "The prompt is too long.", param: "prompt" }),
    new InvalidRequest({ message: "No.", param: undefined, code: "idempotency_key_reused" }),
    new ContentPolicyViolation({ subject: "output" }),
    new RateLimited({ message: "No capacity.", retryAfterSeconds: 10 }),
    new QuotaExceeded({ renewsAt: Date.UTC(2026, 10, 23) }),
    new ConfigurationError({ variable: "FLUX_MODEL", message: "No such model." }),
    new UpstreamError({ message: "Workers AI failed.", cause: new TypeError("reset") }),
    new UpstreamError({ message: "Workers AI failed." }),
    new UpstreamTimeout({}),
    new UpstreamTimeout({ seconds: 120 }),
    new GenerationInterrupted({ cause: "a defect" }),
    new GenerationCancelled()
  ])("is the same after a trip through JSON: $_tag", (error) => {
    const back = Schema.decodeSync(json)(Schema.encodeSync(json)(error))
    expect(back.constructor).toBe(error.constructor)
    expect(back.message).toBe(error.message)
    const { cause: _, ...fields } = { cause: undefined, ...error }
    expect(back).toMatchObject(fields)
    if ("cause" in error) expect(String("cause" in back ? back.cause : "")).toBe(String(error.cause))
  })
})

import { inspect } from "node:util"
import { describe, expect, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as TestClock from "effect/testing/TestClock"
import fc from "fast-check"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { testTime } from "../../support/layers/testLayers.ts"
import { imageOf } from "../../support/pictures.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"
import { drawing, fluxOver } from "../../support/workers-ai/faces.ts"
import type { Fault } from "../../support/workers-ai/faults.ts"
import type { Face } from "../../support/workers-ai/wire.ts"

const setUp = Effect.fnUntraced(function* (face: Face) {
  yield* TestClock.setTime(testTime)
  const fake = makeFakeWorkersAi()
  const { draw } = yield* Effect.provide(FluxModel, fluxOver(face, fake))
  return { draw, fake }
})

const prompt = { _tag: "ContentPolicyViolation", subject: "prompt" }
const output = { _tag: "ContentPolicyViolation", subject: "output" }
const upstream = { _tag: "UpstreamError" }
const quota = { _tag: "QuotaExceeded", renewsAt: Date.UTC(2026, 10, 23) }
const wrong = (variable: string) => ({ _tag: "ConfigurationError", variable })
const reply = (status: number, body: unknown): Fault => ({ _tag: "Reply", status, body })
/** Text that is no JSON, whatever its content type says. */
const asJson = (status: number, body: string): Fault => ({
  _tag: "Reply",
  status,
  body,
  contentType: "application/json"
})
const refusal = (status: number, code: unknown, message: string): Fault =>
  reply(status, { success: false, errors: [{ code, message }], result: null })

const { base64 } = await imageOf({ width: 64, height: 64 })

type Row = readonly [fault: Fault, error: object | ((face: Face) => object), calls?: number]

/** Who may not call: over REST the token, through the binding whoever deployed it. */
const access = (face: Face) => wrong(face === "rest" ? "CF_API_TOKEN" : "AI")
const account = (face: Face) => wrong(face === "rest" ? "CF_ACCOUNT_ID" : "AI")

/** Every failure with what becomes of it, and how often Workers AI is called. */
const rows: ReadonlyArray<Row> = [
  ["nsfwPrompt", prompt, 2],
  ["nsfwPrompt8007", prompt, 2],
  ["flaggedOutput", output],
  ["flaggedOutput200", output],
  [refusal(400, 3030, "3030: AiError: Input image contains NSFW content"), { ...output, subject: "input" }],
  [refusal(400, 3030, "input_image_0 must be smaller than 512x512"), { _tag: "InvalidRequest", param: "image" }],
  [refusal(413, 3006, "Request is too large"), { _tag: "InvalidRequest", param: "image" }],
  [refusal(400, 5006, "Error: Length of '/prompt' must be <= 2048"), { _tag: "InvalidRequest", param: "prompt" }],
  ["modelFailure", upstream],
  ["unsuccessful", upstream],
  ["quota", quota],
  ["quota4006", quota],
  ["planRequired", wrong("FLUX_MODEL")],
  [refusal(404, 5007, "No such model"), wrong("FLUX_MODEL")],
  ["authentication", access],
  [refusal(400, 9106, "Missing headers"), access],
  [reply(401, "no"), access],
  [reply(403, "no"), access],
  [reply(401, "10000: Authentication error"), access],
  [reply(400, "InferenceUpstreamError: 10000: Authentication error"), access],
  ["noRoute", account],
  [refusal(400, 7000, "No route for that URI"), account],
  // A number in a text is no code.
  [reply(502, "port 10000: connection reset"), upstream],
  [reply(502, "10000: connection reset"), upstream],
  [reply(400, "could not connect to 127.0.0.1:9106: refused"), upstream],
  [reply(400, "<html><title>Error 3036: oops</title></html>"), upstream],
  [reply(400, { success: false, errors: [{ message: "worker 5007: no such host" }] }), upstream],
  [reply(500, { success: false, errors: [{ message: "3040: no socket" }] }), upstream],
  [reply(200, { success: false, errors: [{ message: "line 3036: broken" }] }), upstream],
  [reply(400, { internalCode: "x", description: "thread 3030:input prompt contains NSFW content" }), upstream],
  ["timeout", { _tag: "UpstreamTimeout" }],
  [reply(504, "<html>"), { _tag: "UpstreamTimeout" }],
  [asJson(400, "3030: AiError: Input prompt contains NSFW content"), prompt, 2],
  [asJson(502, "error code: 1031"), { ...upstream, cause: "error code: 1031" }],
  [reply(429, "slow down"), { _tag: "RateLimited" }],
  ["internalError", upstream],
  ["badGateway", upstream],
  ["html", upstream],
  ["truncatedJson", upstream],
  ["truncatedBase64", upstream],
  ["invalidBase64", upstream],
  ["emptyImage", upstream],
  ["missingImage", upstream],
  ["notAnImage", upstream],
  ["resetBeforeHeaders", upstream],
  ["resetAfterHeaders", upstream],
  [reply(200, ""), upstream],
  [reply(200, "null"), upstream],
  [reply(200, []), upstream],
  [reply(200, {}), upstream],
  [reply(200, { success: false, errors: [], result: { image: base64 } }), upstream],
  [reply(200, { result: null, success: true }), upstream],
  [reply(200, { result: { image: 5 }, success: true }), upstream],
  [reply(500, { errors: "many" }), upstream],
  [reply(500, { errors: [null, { code: {}, message: 5 }] }), upstream],
  [reply(500, "null"), upstream]
]

const cases = (["rest", "binding"] as const).flatMap((face) => rows.map((row) => [face, ...row] as const))

describe("FluxModel, where Workers AI fails", () => {
  it.effect.each(cases)("over %s: %j is %j", ([face, fault, error, calls = 1]) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp(face)
      fake.failAlways(fault)
      const failure = yield* Effect.flip(draw(drawing()))
      expect(failure).toMatchObject(typeof error === "function" ? error(face) : error)
      expect(failure.message).not.toBe("")
      expect(fake.calls).toHaveLength(calls)
    })
  )

  it.effect.each(["rest", "binding"] as const)("over %s reads a picture whatever it is called", (face) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp(face)
      const asJson = { _tag: "PictureAs", contentType: "application/json" } as const
      for (const [model, ...faults] of [
        ["klein", "wrongContentType", "jsonWithCharset"],
        ["phoenix", "wrongContentType", "jsonWithCharset", asJson]
      ] as const) {
        const expected = yield* draw(drawing({ model }))
        for (const fault of faults) {
          fake.failNext(fault)
          expect((yield* draw(drawing({ model }))).file.bytes).toEqual(expected.file.bytes)
        }
      }
    })
  )

  it.effect.each(["rest", "binding"] as const)(
    "over %s takes JSON at its word from a model that answers in JSON",
    (face) =>
      Effect.gen(function* () {
        const { draw, fake } = yield* setUp(face)
        fake.failNext({ _tag: "PictureAs", contentType: "application/json" })
        expect(yield* Effect.flip(draw(drawing({ model: "klein" })))).toMatchObject(upstream)
        expect(fake.calls).toHaveLength(1)
      })
  )

  it.effect.each(["rest", "binding"] as const)("over %s draws a prompt that is refused only once", (face) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp(face)
      fake.failNext("nsfwPrompt")
      expect((yield* draw(drawing())).file.size).toEqual({ width: 256, height: 256 })
      expect(fake.calls).toHaveLength(2)
      expect(fake.calls[1]?.fields).toEqual(fake.calls[0]?.fields)
    })
  )

  it.effect.each(
    (["rest", "binding"] as const).flatMap((face) =>
      [
        refusal(403, 3023, "Account blocked"),
        refusal(403, 3041, "Private model"),
        refusal(404, 3042, "Invalid model id"),
        refusal(400, 5007, "No such model"),
        refusal(403, 5016, "Model agreement"),
        refusal(403, 5018, "Private model"),
        refusal(410, 5028, "This model was deprecated on 2026-05-30. Please use an alternative model"),
        refusal(403, 5035, "Workers Paid"),
        reply(410, "Gone"),
        reply(410, { success: false, errors: [{ code: 1, message: "gone" }] })
      ].map((fault) => [face, fault] as const)
    )
  )("over %s blames a model that can't be used on who chose it: %j", ([face, fault]) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp(face)
      fake.failAlways(fault)
      for (const chosenBy of ["FLUX_MODEL", "FLUX_SIZED_MODEL", "caller"] as const) {
        const request = drawing({ chosenBy })
        const failure = yield* Effect.flip(draw(request))
        expect(failure).toMatchObject(
          chosenBy === "caller" ? { _tag: "InvalidRequest", param: "model" } : wrong(chosenBy)
        )
        expect(failure.message).toContain(request.model.id)
        for (const setting of ["FLUX_MODEL", "FLUX_SIZED_MODEL"]) {
          expect(failure.message.includes(setting)).toBe(setting === chosenBy)
        }
      }
      expect(fake.calls).toHaveLength(3)
    })
  )

  it.effect(
    "tells what to do where Cloudflare refuses the binding, and does not speak of a token that is not set",
    () =>
      Effect.gen(function* () {
        const { draw, fake } = yield* setUp("binding")
        fake.failAlways("authentication")
        const { message } = yield* Effect.flip(draw(drawing()))
        expect(message).toMatch(/binding AI.*[Dd]eploy again/)
        expect(message).not.toContain("CF_API_TOKEN")
      })
  )

  it.effect.each([301, 302, 303, 307, 308])("follows no redirect over REST: %d", (status) =>
    Effect.gen(function* () {
      const inits: Array<RequestInit | undefined> = []
      const fake = makeFakeWorkersAi()
      let cancelled = false
      const body = new ReadableStream({
        cancel: () => {
          cancelled = true
        }
      })
      const fetch = async (_: Request | URL | string, init?: RequestInit) => {
        inits.push(init)
        return new Response(body, { status, headers: { location: "https://elsewhere.test/" } })
      }
      const { draw } = yield* Effect.provide(FluxModel, fluxOver("rest", { ...fake, fetch }))
      expect(yield* Effect.flip(draw(drawing()))).toMatchObject(upstream)
      expect(inits).toMatchObject([{ redirect: "manual" }])
      expect(cancelled).toBe(true)
    })
  )

  it.effect("tells what the second call failed with", () =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp("rest")
      fake.failNext("nsfwPrompt")
      fake.failNext("internalError")
      expect(yield* Effect.flip(draw(drawing()))).toMatchObject(upstream)
      expect(fake.calls).toHaveLength(2)
    })
  )

  it.effect("blames the token where Cloudflare refuses it", () =>
    Effect.gen(function* () {
      const fake = makeFakeWorkersAi({ apiToken: "another" })
      const ours = { ...fake, apiToken: "test-token" }
      const { draw } = yield* Effect.provide(FluxModel, fluxOver("rest", ours))
      expect(yield* Effect.flip(draw(drawing()))).toMatchObject(wrong("CF_API_TOKEN"))
      const { draw: drawElsewhere } = yield* Effect.provide(
        FluxModel,
        fluxOver("rest", { ...fake, accountId: "a/b c" })
      )
      expect(yield* Effect.flip(drawElsewhere(drawing()))).toMatchObject(wrong("CF_ACCOUNT_ID"))
    })
  )

  it.effect("has the token in no error, however it is printed", () =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp("rest")
      for (const [fault] of rows) {
        fake.reset()
        fake.failAlways(fault)
        const exit = yield* Effect.exit(draw(drawing()))
        const lines: Array<string> = []
        const logger = Logger.map(Logger.formatJson, (line) => {
          lines.push(line)
        })
        if (Exit.isFailure(exit)) {
          yield* Effect.logError("failed", exit.cause).pipe(Effect.provide(Logger.layer([logger])))
          lines.push(inspect(exit, { depth: null }), JSON.stringify(exit), Cause.pretty(exit.cause))
        }
        expect(lines.join("\n")).not.toContain(fake.apiToken)
      }
    })
  )

  it("never dies of an answer, and never draws without a picture", async () => {
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record(
        { errors: fc.jsonValue(), result: fc.jsonValue(), success: fc.jsonValue(), image: fc.jsonValue() },
        { requiredKeys: [] }
      ),
      fc.record({ internalCode: fc.jsonValue(), description: fc.jsonValue() }),
      fc.string()
    )
    const status = fc.constantFrom(200, 201, 400, 401, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504)
    await fc.assert(
      fc.asyncProperty(
        body,
        status,
        fc.constantFrom("rest" as const, "binding" as const),
        async (body, status, face) => {
          const fake = makeFakeWorkersAi()
          fake.failAlways(reply(status, body))
          const drawn = Effect.flatMap(FluxModel, ({ draw }) => draw(drawing()))
          const exit = await Effect.runPromiseExit(Effect.provide(drawn, fluxOver(face, fake)))
          expect(Exit.isFailure(exit) && !Cause.hasDies(exit.cause)).toBe(true)
          expect(fake.calls).toHaveLength(1)
        }
      )
    )
  }, 30_000)
})

import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { DrawRequest } from "../../../src/domain/DrawRequest.ts"
import { lackOf } from "../../../src/domain/Errors.ts"
import { planGeneration } from "../../../src/domain/GenerationPlan.ts"
import { findModel } from "../../../src/domain/ModelCatalogue.ts"
import { partnerModels } from "../../../src/domain/partnerModels.ts"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { imageOf } from "../../support/pictures.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"
import { drawing, fluxOver } from "../../support/workers-ai/faces.ts"
import { partners } from "../../support/workers-ai/partners.ts"
import type { Face } from "../../support/workers-ai/wire.ts"

const faces: ReadonlyArray<Face> = ["rest", "binding"]
const max = "black-forest-labs/flux-2-max"

const draw = (face: Face, fake: ReturnType<typeof makeFakeWorkersAi>, request: DrawRequest) =>
  Effect.runPromise(
    Effect.flatMap(FluxModel, (flux) => Effect.result(flux.draw(request))).pipe(Effect.provide(fluxOver(face, fake)))
  )

const schnell = findModel("schnell")
if (!schnell) throw new Error("The catalogue has no schnell.")
const settings = { defaultModel: schnell, aliases: new Map(), partners: new Set(partnerModels.map(({ id }) => id)) }

describe("the models of partners", () => {
  it("are those that the stand-in knows", () => {
    expect(partnerModels.map(({ id }) => id)).toEqual([...partners.keys()])
  })

  it.each(partnerModels.map(({ id }) => id))(
    "%s takes whatever is planned for it, over both ways",
    async (id) => {
      const picture = await imageOf({ width: 320, height: 200 })
      const side = fc.integer({ min: 256, max: 2048 })
      const wish = fc.record({
        size: fc.option(fc.record({ width: side, height: side }), { nil: undefined }),
        seed: fc.option(fc.integer({ min: 0, max: 4_294_967_295 }), { nil: undefined }),
        steps: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
        quality: fc.constantFrom("low", "medium", "high", "max" as const),
        inputs: fc.integer({ min: 0, max: 4 }),
        face: fc.constantFrom(...faces)
      })
      await fc.assert(
        fc.asyncProperty(wish, async ({ face, inputs, quality, seed, size, steps }) => {
          const request = {
            model: id,
            quality,
            mismatch: "adapt" as const,
            ...(size && { size }),
            ...(seed !== undefined && { seed }),
            ...(steps && { steps })
          }
          const files = Array.from({ length: inputs }, () => picture)
          const sizes = files.map((file) => file.size)
          const plan = planGeneration(request, sizes, settings)
          fc.pre(Result.isSuccess(plan))
          const planned = Result.getOrThrow(plan)
          expect(planned.model.id).toBe(id)
          const fake = makeFakeWorkersAi()
          const drawn = await draw(face, fake, {
            ...planned,
            prompt: "a fox",
            seed: seed ?? 4_294_967_295,
            inputs: files,
            index: 0
          })
          expect(drawn).toMatchObject({ _tag: "Success", success: { neurons: 0 } })
          expect(Result.getOrThrow(drawn).microdollars).toBeGreaterThan(0)
          expect(fake.calls).toHaveLength(1)
        }),
        { numRuns: 15 }
      )
    },
    60_000
  )

  it("are called as Cloudflare documents it: named in the body, or through the gateway", async () => {
    const fake = makeFakeWorkersAi()
    const urls: Array<string> = []
    const { fetch } = fake
    const watched = {
      ...fake,
      fetch: (input: Request | URL | string, init?: RequestInit) => {
        urls.push(String(input instanceof Request ? input.url : input))
        return fetch(input, init)
      }
    }
    await draw("rest", watched, drawing({ model: max }))
    expect(urls[0]).toBe("https://api.test/client/v4/accounts/test-account/ai/run")
    expect(fake.calls[0]?.fields).toEqual({ prompt: "a fox", seed: 7, width: 256, height: 256 })
  })

  it.each(faces.flatMap((face) => (["link", "data", "base64"] as const).map((form) => [face, form] as const)))(
    "over %s give a picture as %s",
    async (face, form) => {
      const fake = makeFakeWorkersAi()
      fake.partnerForm = form
      const drawn = await draw(face, fake, drawing({ model: max }))
      expect(drawn).toMatchObject({ success: { file: { size: { width: 256, height: 256 } }, microdollars: 70_000 } })
    }
  )

  it.each([
    [{ image: "LINK" }],
    [{ images: ["LINK"] }],
    [{ result: { images: ["LINK"] }, state: "Completed" }],
    [{ success: true, errors: [], messages: [], result: { state: "Completed", result: { image: "LINK" } } }],
    [{ data: [{ url: "LINK" }] }],
    [{ result: "LINK" }]
  ])("give it in any envelope: %j", async (envelope) => {
    const fake = makeFakeWorkersAi()
    await draw("rest", fake, drawing({ model: max }))
    const body = JSON.parse(JSON.stringify(envelope).replace("LINK", "https://results.example.com/0"))
    fake.failNext({ _tag: "Reply", status: 200, body })
    expect(await draw("rest", fake, drawing({ model: max }))).toMatchObject({ _tag: "Success" })
  })
})

const failures = [
  [402, { success: false, errors: [{ code: 0, message: "Insufficient balance" }] }, "CreditsExhausted", undefined],
  [402, "Payment error", "CreditsExhausted", undefined],
  [402, { success: false, errors: [{ code: 2021, message: "use BYOK" }] }, "InvalidRequest", "model"],
  [404, { success: false, errors: [{ code: 7003, message: "model not found" }] }, "InvalidRequest", "model"],
  [401, { success: false, errors: [{ code: 2009, message: "Unauthorized" }] }, "ConfigurationError", undefined],
  [403, { error: "forbidden" }, "ConfigurationError", undefined],
  [400, { error: { message: "byok_only gateway" } }, "InvalidRequest", "model"],
  [400, { error: { code: "moderation_blocked", message: "No." } }, "ContentPolicyViolation", undefined],
  [400, { detail: "Request Moderated" }, "ContentPolicyViolation", undefined],
  [200, { state: "Content Moderated", result: {} }, "ContentPolicyViolation", undefined],
  [400, { error: { message: "Invalid value: 'size'" } }, "InvalidRequest", "size"],
  [422, { error: "image_input: too large" }, "InvalidRequest", "image"],
  [400, { error: "something else" }, "UpstreamError", undefined],
  [429, { error: "spend limit" }, "RateLimited", undefined],
  [503, { error: "credentials" }, "UpstreamError", undefined],
  [500, "oops", "UpstreamError", undefined],
  [504, "", "UpstreamTimeout", undefined],
  [413, "", "InvalidRequest", "image"],
  [200, { state: "Processing", result: { image: "https://results.example.com/0" } }, "UpstreamError", undefined],
  [200, { success: false, errors: [{ code: 7003, message: "model not found" }] }, "InvalidRequest", "model"],
  [200, { state: "Completed", result: {} }, "UpstreamError", undefined],
  [200, { result: { image: "%%%" } }, "UpstreamError", undefined]
] as const

describe.each(faces)("a failure of a partner's model over %s", (face) => {
  it.each(failures)("%s %j is a %s", async (status, body, tag, param) => {
    const fake = makeFakeWorkersAi()
    fake.failNext({ _tag: "Reply", status, body })
    const drawn = await draw(face, fake, drawing({ model: max, chosenBy: "caller" }))
    expect(drawn).toMatchObject({ _tag: "Failure", failure: { _tag: tag, ...(param && { param }) } })
    expect(fake.calls).toHaveLength(1)
  })

  it.each([
    [402, "Insufficient balance", "quota"],
    [404, { success: false, errors: [{ code: 7003, message: "model not found" }] }, "retired"],
    [429, { error: "spend limit" }, "capacity"],
    [400, { detail: "Request Moderated" }, undefined],
    [500, "oops", undefined]
  ] as const)("%s %j lets another model draw, or not: %s", async (status, body, lack) => {
    const fake = makeFakeWorkersAi()
    fake.failNext({ _tag: "Reply", status, body })
    const drawn = await draw(face, fake, drawing({ model: max, chosenBy: "caller" }))
    expect(Result.isFailure(drawn) && lackOf(drawn.failure)).toBe(lack)
  })

  it("names the setting that chose it", async () => {
    const fake = makeFakeWorkersAi()
    fake.failNext({ _tag: "Reply", status: 404, body: { success: false, errors: [{ code: 7003, message: "no" }] } })
    const drawn = await draw(face, fake, drawing({ model: max, chosenBy: "FLUX_MODEL" }))
    expect(drawn).toMatchObject({ failure: { _tag: "ConfigurationError", variable: "FLUX_MODEL" } })
  })

  it("never dies of an answer, and never draws without a picture", async () => {
    const names = fc.constantFrom("image", "images", "result", "data", "url", "state", "errors", "success", "error")
    const body = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.dictionary(names, tie("value"), { maxKeys: 4 }),
        fc.array(tie("value"), { maxLength: 2 })
      )
    })).value
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(200, 201, 400, 402, 404, 500), body, async (status, answer) => {
        const fake = makeFakeWorkersAi()
        fake.failNext({ _tag: "Reply", status, body: answer })
        expect(await draw(face, fake, drawing({ model: max }))).toMatchObject({ _tag: "Failure" })
        expect(fake.calls).toHaveLength(1)
      }),
      { numRuns: 200 }
    )
  })

  it("is no word on the neurons of the day", async () => {
    const fake = makeFakeWorkersAi()
    const results = await Effect.runPromise(
      Effect.gen(function* () {
        const flux = yield* FluxModel
        fake.failNext("quota")
        const first = yield* Effect.result(flux.draw(drawing()))
        return [
          first,
          yield* Effect.result(flux.draw(drawing({ model: max }))),
          yield* Effect.result(flux.draw(drawing()))
        ]
      }).pipe(Effect.provide(fluxOver(face, fake)))
    )
    expect(results.map(({ _tag }) => _tag)).toEqual(["Failure", "Success", "Failure"])
  })
})

describe("a link", () => {
  const answers: ReadonlyArray<readonly [string, (url: string) => Response | undefined, number]> = [
    ["is not there", () => new Response(null, { status: 404 }), 2],
    ["holds no picture", () => new Response("<html>"), 1],
    ["redirects off https", () => Response.redirect("http://results.example.com/0"), 2],
    ["redirects to an address that is not public", () => Response.redirect("https://10.0.0.1/"), 2],
    ["redirects for ever", (url) => Response.redirect(url), 8],
    ["has too much under it", () => new Response(new Uint8Array(26 * 1024 * 1024)), 2]
  ]
  it.each(answers)("that %s fails without another drawing", async (_, answer, fetched) => {
    const fake = makeFakeWorkersAi()
    let count = 0
    fake.linked = (url) => {
      count += 1
      return answer(url)
    }
    const drawn = await draw("binding", fake, drawing({ model: max }))
    expect(drawn).toMatchObject({ failure: { _tag: "UpstreamError" } })
    expect(fake.calls).toHaveLength(1)
    expect(count).toBe(fetched)
  })

  it("is followed to another public address, and tried once more where it fails", async () => {
    const fake = makeFakeWorkersAi()
    const replies = [new Response(null, { status: 500 }), Response.redirect("https://results.example.com/0")]
    fake.linked = () => replies.shift()
    expect(await draw("rest", fake, drawing({ model: max }))).toMatchObject({ _tag: "Success" })
    expect(replies).toEqual([])
  })

  it.each(["http://results.example.com/0", "https://localhost/0", "https://results.example.com:8443/0"])(
    "is not fetched at %s",
    async (image) => {
      const fake = makeFakeWorkersAi()
      let count = 0
      fake.linked = () => {
        count += 1
        return undefined
      }
      fake.failNext({ _tag: "Reply", status: 200, body: { result: { image } } })
      expect(await draw("rest", fake, drawing({ model: max }))).toMatchObject({ failure: { _tag: "UpstreamError" } })
      expect(count).toBe(0)
    }
  )
})

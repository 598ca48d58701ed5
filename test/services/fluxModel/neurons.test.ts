import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import fc from "fast-check"
import { FluxModel } from "../../../src/services/FluxModel.ts"
import { makeTally } from "../../../src/services/imageGenerator/Tally.ts"
import { makeFakeWorkersAi } from "../../support/workers-ai/FakeWorkersAi.ts"
import { drawing, fluxOver } from "../../support/workers-ai/faces.ts"
import type { Fault } from "../../support/workers-ai/faults.ts"
import type { Face } from "../../support/workers-ai/wire.ts"

const faces: ReadonlyArray<Face> = ["rest", "binding"]

const setUp = (face: Face) => {
  const fake = makeFakeWorkersAi()
  return Effect.map(Effect.provide(FluxModel, fluxOver(face, fake)), ({ draw }) => ({ draw, fake }))
}

const square = { width: 1024, height: 1024 }
/** A drawing that is estimated at 104.2 neurons. */
const klein = drawing({ size: square })
const estimate = 104.2

const billed = (header?: string, usage?: unknown): Fault => ({
  _tag: "Billed",
  ...(header !== undefined && { header }),
  ...(usage !== undefined && { usage })
})
const refusal = (neurons: string, message = "Input prompt contains NSFW content"): Fault => ({
  _tag: "Reply",
  status: 400,
  body: { success: false, errors: [{ code: 3030, message }] },
  neurons
})

/** What the log warns of while an effect runs. */
const warningsOf = Effect.fnUntraced(function* <A, E, R>(effect: Effect.Effect<A, E, R>) {
  const lines: Array<Record<string, unknown>> = []
  const logger = Logger.map(Logger.formatStructured, (line) => {
    if (line.level === "WARN") lines.push({ message: line.message, ...line.annotations })
  })
  yield* Effect.provide(effect, Logger.layer([logger]))
  return lines
})

describe("what a drawing cost", () => {
  it.effect.each(
    faces.flatMap((face) =>
      (
        [
          ["a header", billed("99.50"), 99.5],
          ["a header of nothing", billed("0.00"), 0],
          ["a whole number", billed("100"), 100],
          ["a header with blanks", billed(" 99.5 "), 99.5],
          ["the usage of the body", billed(undefined, { neurons: 98.765 }), 98.77],
          ["a usage of nothing", billed(undefined, { neurons: 0 }), 0],
          ["both: the header counts", billed("99.5", { neurons: 1 }), 99.5],
          ["neither", billed(), estimate],
          ["an empty header", billed(""), estimate],
          ["a header below nothing", billed("-1"), estimate],
          ["a header that is no number", billed("NaN"), estimate],
          ["a header without an end", billed("Infinity"), estimate],
          ["a header in another notation", billed("1e3"), estimate],
          ["a header with two costs", billed("99.5, 99.5"), estimate],
          ["a header that is too long", billed("9".repeat(400)), estimate],
          ["a wrong header, but a usage", billed("x", { neurons: 97 }), 97],
          ["a usage below nothing", billed(undefined, { neurons: -5 }), estimate],
          ["a usage beyond all measure", billed(undefined, { neurons: 1e308 }), estimate],
          ["a usage in text", billed(undefined, { neurons: "97" }), estimate],
          ["a usage of null", billed(undefined, { neurons: null }), estimate],
          ["a usage that is none", billed(undefined, 97), estimate]
        ] as const
      ).map(([name, fault, neurons]) => [face, name, fault, neurons] as const)
    )
  )("over %s, told by %s", ([face, , fault, neurons]) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp(face)
      fake.failNext(fault)
      expect((yield* draw(klein)).neurons).toBe(neurons)
    })
  )

  it.effect.each(faces)("over %s is told by each model as it is, and else estimated", (face) =>
    Effect.gen(function* () {
      const { draw } = yield* setUp(face)
      const told = Effect.fnUntraced(function* (model: string, steps?: number) {
        return (yield* draw(drawing({ model, size: square, ...(steps !== undefined && { steps }) }))).neurons
      })
      expect(yield* told("schnell", 4)).toBe(172.8)
      expect(yield* told("phoenix", 25)).toBe(3120)
      expect(yield* told("sdxl-lightning", 20)).toBe(0)
    })
  )

  it.effect.each(faces)("over %s holds what a refused call before it cost", (face) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp(face)
      fake.failNext(refusal("10.25"))
      expect((yield* draw(klein)).neurons).toBe(114.45)
      fake.failNext(refusal("10.25"))
      fake.failNext(billed())
      expect((yield* draw(klein)).neurons).toBe(114.45)
      fake.failNext("nsfwPrompt")
      expect((yield* draw(klein)).neurons).toBe(estimate)
      expect(fake.calls).toHaveLength(6)
    })
  )

  it("is a sum of hundredths, whatever is told", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary-ascii" }), fc.jsonValue(), async (header, neurons) => {
        fc.pre(!/[\r\n\0]/.test(header))
        const fake = makeFakeWorkersAi()
        fake.failNext(billed(header, { neurons }))
        const drawn = Effect.flatMap(FluxModel, ({ draw }) => draw(drawing()))
        const cost = (await Effect.runPromise(Effect.provide(drawn, fluxOver("binding", fake)))).neurons
        expect(Number.isFinite(cost)).toBe(true)
        expect(cost).toBeGreaterThanOrEqual(0)
        expect(Math.round(cost * 100) / 100).toBe(cost)
      }),
      { numRuns: 60 }
    )
  })
})

describe("a cost that is not the estimated one", () => {
  it.effect("is logged once for each model, with both", () =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp("rest")
      const warnings = yield* warningsOf(
        Effect.gen(function* () {
          fake.failNext(billed("300.00"), 3)
          yield* draw(klein)
          yield* draw(klein)
          yield* draw(drawing({ model: "schnell", steps: 4 }))
          fake.failNext(billed("1.00"))
          yield* draw(drawing({ model: "sdxl" }))
        })
      )
      const message = expect.stringContaining("estimate")
      expect(warnings).toEqual([
        { message, model: klein.model.id, estimatedNeurons: estimate, toldNeurons: 300 },
        { message, model: expect.stringContaining("schnell"), estimatedNeurons: 172.8, toldNeurons: 300 },
        { message, model: expect.stringContaining("stable-diffusion-xl-base"), estimatedNeurons: 0, toldNeurons: 1 }
      ])
    })
  )

  it.effect("is not worth a word up to a tenth", () =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp("rest")
      const warnings = yield* warningsOf(
        Effect.gen(function* () {
          for (const told of ["104.20", "94.00", "114.50"]) {
            fake.failNext(billed(told))
            yield* draw(klein)
          }
          fake.failNext(billed())
          yield* draw(klein)
          fake.failNext(refusal("50.00"))
          yield* draw(klein)
          yield* draw(drawing({ model: "sdxl-lightning" }))
        })
      )
      expect(warnings).toEqual([])
    })
  )
})

describe("what is counted of a drawing", () => {
  const broken = (neurons?: string): Fault => ({
    _tag: "Reply",
    status: 200,
    body: { image: "AAAA" },
    ...(neurons !== undefined && { neurons })
  })

  it.effect.each<readonly [string, ReadonlyArray<Fault>, { readonly pictures: number; readonly neurons: number }]>([
    ["its cost", [billed("90.00")], { pictures: 1, neurons: 90 }],
    ["no cost, where it had none", [billed("0.00")], { pictures: 1, neurons: 0 }],
    ["its estimate, where nothing is told", [billed()], { pictures: 1, neurons: estimate }],
    ["nothing, where it is refused", ["nsfwPrompt", "nsfwPrompt"], { pictures: 0, neurons: 0 }],
    ["what refusals cost", [refusal("10.00"), refusal("12.50")], { pictures: 0, neurons: 22.5 }],
    ["what a first refusal cost", [refusal("10.00"), "nsfwPrompt"], { pictures: 0, neurons: 10 }],
    [
      "what a refusal cost beside the estimate of what may have been paid for",
      [refusal("10.00"), "internalError"],
      { pictures: 1, neurons: 114.2 }
    ],
    ["its estimate, where it may have been paid for", ["internalError"], { pictures: 1, neurons: estimate }],
    ["its estimate, where the picture is broken", [broken()], { pictures: 1, neurons: estimate }],
    ["the cost of a broken picture", [broken("88.00")], { pictures: 1, neurons: 88 }],
    [
      "the cost of a flagged picture",
      [refusal("90.00", "Your output has been flagged. Please choose another prompt")],
      { pictures: 1, neurons: 90 }
    ]
  ])("is %s", ([, faults, spent]) =>
    Effect.gen(function* () {
      const { draw, fake } = yield* setUp("rest")
      for (const fault of faults) fake.failNext(fault)
      const tally = makeTally()
      yield* Effect.exit(tally.count({ neurons: estimate }, draw(klein)))
      expect(tally.spent()).toMatchObject(spent)
    })
  )
})

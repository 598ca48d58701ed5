import * as Result from "effect/Result"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { InvalidRequest, ModelNotFound } from "../../src/domain/Errors.ts"
import { type GenerationPlan, type ModelSettings, planGeneration } from "../../src/domain/GenerationPlan.ts"
import { fitsRange, type ImageSize } from "../../src/domain/ImageSize.ts"
import type { Model } from "../../src/domain/Model.ts"
import { models, resolveModel } from "../../src/domain/ModelCatalogue.ts"
import { maximumSeed, maximumSteps } from "../../src/domain/PromptText.ts"

const sizeOf = (minimum: number, maximum: number): fc.Arbitrary<ImageSize> =>
  fc.record({ width: fc.integer({ min: minimum, max: maximum }), height: fc.integer({ min: minimum, max: maximum }) })

const anyModel = fc.constantFrom(...models)
const anySteps = fc.integer({ min: 1, max: maximumSteps })

const settingsOf: fc.Arbitrary<ModelSettings> = fc.record(
  {
    defaultModel: anyModel,
    sizedModel: anyModel,
    defaultSteps: anySteps,
    aliases: fc.constant(new Map([["mine", "phoenix"]]))
  },
  { requiredKeys: ["defaultModel", "aliases"] }
)

const names = models.flatMap((model) => [model.id, ...model.aliases])
const requestOf: fc.Arbitrary<Parameters<typeof planGeneration>[0]> = fc.record(
  {
    model: fc.oneof(fc.constantFrom(...names, "mine", "dall-e-3"), fc.string()),
    size: fc.oneof(sizeOf(0, 99999), sizeOf(256, 1920), fc.constant({ width: 1024, height: 1024 })),
    seed: fc.integer({ min: 0, max: maximumSeed }),
    steps: anySteps,
    quality: fc.constantFrom("low", "medium", "high", "max"),
    mismatch: fc.constantFrom("adapt", "refuse")
  },
  { requiredKeys: ["mismatch"] }
)
const inputsOf = fc.oneof(
  fc.constant<ReadonlyArray<ImageSize>>([]),
  fc.array(sizeOf(1, 20000), { minLength: 1, maxLength: 5 })
)

const draws = ({ sizes }: Model, { height, width }: ImageSize): boolean =>
  sizes._tag !== "Range"
    ? fitsRange({ width, height }, sizes)
    : [width, height].every((side) => Number.isInteger(side) && side >= sizes.minimum && side <= sizes.maximum)

const noticesOf = (plan: GenerationPlan) => plan.notices.map(({ _tag }) => _tag)

type Given = readonly [Parameters<typeof planGeneration>[0], ReadonlyArray<ImageSize>, ModelSettings]

/** `check` for the plans of any requests that are not refused. */
const forAnyPlan = (check: (plan: GenerationPlan, ...given: Given) => void) =>
  fc.assert(
    fc.property(requestOf, inputsOf, settingsOf, (...given) => {
      const result = planGeneration(...given)
      fc.pre(Result.isSuccess(result))
      check(Result.getOrThrow(result), ...given)
    }),
    { numRuns: 1000 }
  )

const namedModel = (...[request, , settings]: Given) =>
  request.model === undefined ? settings.defaultModel : resolveModel(request.model, settings)

describe("for any request, with any two models", () => {
  it("the model can draw the planned size from the pictures that are given", () => {
    forAnyPlan((plan, _, inputs) => {
      expect(draws(plan.model, plan.size)).toBe(true)
      expect(inputs.length).toBeLessThanOrEqual(plan.model.inputs?.maximum ?? 0)
    })
  })

  it("the model is the one that was named or the one for sizes, and the named one wherever it can", () => {
    forAnyPlan((plan, ...given) => {
      const [request, inputs, settings] = given
      const named = namedModel(...given)
      expect([named, settings.sizedModel]).toContain(plan.model)
      const namedCan =
        named !== undefined &&
        inputs.length <= (named.inputs?.maximum ?? 0) &&
        (named.needs === undefined || (named.needs === "image" && inputs.length > 0)) &&
        (request.seed === undefined || named.seed) &&
        request.size !== undefined &&
        draws(named, request.size)
      if (namedCan) expect(plan.model).toBe(named)
    })
  })

  it("the size is the one that was asked for, unless the plan says otherwise", () => {
    forAnyPlan((plan, request) => {
      const adapted = plan.notices.find((notice) => notice._tag === "SizeAdapted")
      if (adapted) {
        expect(adapted).toMatchObject({ wanted: request.size, drawn: plan.size })
        expect(plan.size).not.toEqual(request.size)
      } else if (request.size) expect(plan.size).toEqual(request.size)
    })
  })

  it("a seed goes to a model that takes one, unless the plan says otherwise", () => {
    forAnyPlan((plan, request) => {
      expect(noticesOf(plan).includes("SeedIgnored")).toBe(request.seed !== undefined && !plan.model.seed)
    })
  })

  it("steps are within what the model takes, and those of the request unless the plan says otherwise", () => {
    forAnyPlan((plan, request) => {
      if (plan.model.steps === undefined) expect(plan.steps).toBeUndefined()
      else {
        expect(plan.steps).toSatisfy(Number.isInteger)
        expect(plan.steps).toBeGreaterThanOrEqual(1)
        expect(plan.steps).toBeLessThanOrEqual(plan.model.steps.maximum)
      }
      const ignored = plan.notices.find((notice) => notice._tag === "StepsIgnored")
      if (ignored) expect(ignored.steps).toBe(request.steps)
      else if (request.steps !== undefined) expect(plan.steps).toBe(request.steps)
    })
  })

  it("what the caller would rather have refused is never adapted", () => {
    forAnyPlan((plan, request) => {
      if (request.mismatch === "adapt") return
      expect(noticesOf(plan)).not.toContain("SizeAdapted")
      expect(noticesOf(plan)).not.toContain("SeedIgnored")
    })
  })

  it("a refusal names the field, and a model is not found only where there is none", () => {
    fc.assert(
      fc.property(requestOf, inputsOf, settingsOf, (...given) => {
        const result = planGeneration(...given)
        const known = namedModel(...given) !== undefined
        if (Result.isSuccess(result)) {
          expect(known).toBe(true)
          return
        }
        const error = result.failure
        expect(error).toBeInstanceOf(known ? InvalidRequest : ModelNotFound)
        expect(error.message).not.toBe("")
        if (error instanceof InvalidRequest) {
          expect(error.param).toBeOneOf(given[0].mismatch === "refuse" ? ["size", "seed", "image"] : ["image"])
        }
      }),
      { numRuns: 1000 }
    )
  })
})

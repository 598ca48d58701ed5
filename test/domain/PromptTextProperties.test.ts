import * as Result from "effect/Result"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ratioSizes } from "../../src/domain/ImageSize.ts"
import { maximumImages, maximumSeed, maximumSteps, type PromptFlags, parsePrompt } from "../../src/domain/PromptText.ts"

const parsed = (text: string) => Result.getOrThrow(parsePrompt(text))

// Any text that ends in a word: neither dashes, nor a ratio, nor punctuation that a ratio would take with it.
const plainText = fc
  .tuple(
    fc.string({ unit: "grapheme" }).map((text) => text.replace(/--|[–—]/g, "")),
    fc.constantFrom("a cat", "猫", "кошка", "🐈", "the end.", "really?", "“cat”", "(blue)", "v2a")
  )
  .map(([start, end]) => `${start} ${end}`.trim())

const ratio = fc.constantFrom(...ratioSizes)
// Below a hundred pixels it is a ratio.
const side = fc.integer({ min: 100, max: 99999 })

interface Part {
  readonly written: string
  readonly flags: PromptFlags
}

const valued = <A>(name: string, value: fc.Arbitrary<A>, flags: (value: A) => PromptFlags): fc.Arbitrary<Part> =>
  fc
    .tuple(
      value,
      fc.constantFrom("--", "—"),
      fc.constantFrom(name, name.toUpperCase()),
      fc.constantFrom(" ", "=", "  ")
    )
    .map(([value, dashes, name, between]) => ({ written: `${dashes}${name}${between}${value}`, flags: flags(value) }))

const sizePart: fc.Arbitrary<Part> = fc.oneof(
  ratio.map(([name, size]) => ({ written: name, flags: { size } })),
  ratio.map(([name, size]) => ({ written: name.replace(":", "："), flags: { size } })),
  ratio.map(([name, size]) => ({ written: `--ar ${name}`, flags: { size } })),
  fc
    .record({ width: side, height: side })
    .map((size) => ({ written: `--size ${size.width}x${size.height}`, flags: { size } }))
)

const parts = fc
  .record(
    {
      size: sizePart,
      seed: valued("seed", fc.integer({ min: 0, max: maximumSeed }), (seed) => ({ seed })),
      n: valued("n", fc.integer({ min: 1, max: maximumImages }), (n) => ({ n })),
      steps: valued("steps", fc.integer({ min: 1, max: maximumSteps }), (steps) => ({ steps })),
      // A name that ends in a word such as "y" or "ar" would be read as the label of a ratio after it.
      model: valued("model", fc.stringMatching(/^@?[a-z0-9]([a-z0-9./-]{0,60})?4b$/), (model) => ({ model })),
      raw: fc.constant<Part>({ written: "--raw", flags: { raw: true } }),
      edit: fc.constant<Part>({ written: "--edit", flags: { edit: true } })
    },
    { requiredKeys: [] }
  )
  .chain((chosen) => {
    const all = Object.values(chosen)
    return fc.shuffledSubarray(all, { minLength: all.length })
  })

const joined = (parts: ReadonlyArray<Part>): PromptFlags => Object.assign({}, ...parts.map((part) => part.flags))

describe("for any text", () => {
  it("without ratio and flags at its end, nothing changes", () => {
    fc.assert(
      fc.property(plainText, (text) => {
        expect(parsed(text)).toEqual({ prompt: text, flags: {} })
      })
    )
  })

  it("a ratio of the table is taken off, whatever stands between", () => {
    fc.assert(
      fc.property(
        plainText,
        ratio,
        fc.constantFrom("", " ", "\n", ", ", "，"),
        fc.constantFrom(":", "："),
        (...given) => {
          const [text, [name, size], between, colon] = given
          expect(parsed(`${text}${between}${name.replace(":", colon)}`)).toEqual({ prompt: text, flags: { size } })
        }
      )
    )
  })

  it("any set of flags in any order gives those flags and that text", () => {
    fc.assert(
      fc.property(plainText, parts, (text, parts) => {
        const written = [text, ...parts.map((part) => part.written)].join(" ")
        expect(parsed(written)).toEqual({ prompt: text, flags: joined(parts) })
      })
    )
  })

  it("unknown flags stay, and hide no known one", () => {
    const unknown = fc
      .tuple(fc.constantFrom("chaos", "stylize", "x-y"), fc.constantFrom("", " 250", " dogs", "=0.5"))
      .map(([name, value]): Part => ({ written: `--${name}${value}`, flags: {} }))
    // A ratio after an unknown flag might be the value of that flag.
    const flagsOnly = parts.map((parts) => parts.filter(({ written }) => /^[-—]/.test(written)))
    fc.assert(
      fc.property(plainText, fc.array(fc.tuple(unknown, flagsOnly), { maxLength: 4 }), (text, groups) => {
        const written = groups.flatMap(([stranger, parts]) => [stranger, ...parts]).map((part) => part.written)
        const kept = groups.map(([stranger]) => stranger.written)
        expect(parsed([text, ...written].join(" "))).toEqual({
          prompt: [text, ...kept].join(" "),
          flags: joined(groups.flatMap(([, parts]) => parts))
        })
      })
    )
  })
})

describe("for any text at all", () => {
  const pieces = ["--", "—", "-", " ", "=", ":", "：", "16:9", "3:2", "10:30", "7", "x", ",", "\n", "a", "猫", "😀"]
  const names = ["ar", "size", "seed", "n", "steps", "model", "raw", "edit", "foo"]
  const hostile = fc
    .array(fc.oneof(fc.constantFrom(...pieces, ...names), fc.string({ unit: "binary", maxLength: 3 })), {
      maxLength: 40
    })
    .map((words) => words.join(""))

  it("there is an answer: a prompt out of the text and flags within their bounds, or an error that names a flag", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const result = parsePrompt(text)
        if (Result.isFailure(result)) {
          expect(result.failure.param).toMatch(/^--(ar|aspect|aspect-ratio|aspectratio|ratio|size|seed|n|steps|model)$/)
          expect(result.failure.message).not.toBe("")
          return
        }
        const { flags, prompt } = result.success
        expect(prompt).toBe(prompt.trim())
        expect(prompt.length).toBeLessThanOrEqual(text.length)
        expect(flags.seed ?? 0).toSatisfy((seed: number) => Number.isInteger(seed) && seed >= -1 && seed <= maximumSeed)
        expect(flags.n ?? 1).toSatisfy((n: number) => Number.isInteger(n) && n >= 1 && n <= maximumImages)
        expect(flags.steps ?? 1).toSatisfy(
          (steps: number) => Number.isInteger(steps) && steps >= 1 && steps <= maximumSteps
        )
        expect(flags.model).not.toBe("")
      }),
      { numRuns: 2000 }
    )
  })

  const length = 100_000
  const fill = (piece: string) => piece.repeat(Math.ceil(length / piece.length))
  it.each([
    ["a word", fill("a")],
    ["spaces inside", `a${fill(" ")}b 16:9`],
    ["commas inside", `a${fill(",")}b 16:9`],
    ["commas before a ratio", `a${fill(", ")}16:9`],
    ["hyphens", fill("-")],
    ["equals signs", `--seed${fill("=")}`],
    ["digits", fill("1")],
    ["colons", fill("1:")],
    ["ratios", fill("16:9 ")],
    ["flags", fill("--n 2 ")],
    ["bare flags", fill("--raw ")],
    ["unknown flags", fill("--foo bar ")],
    ["flags and spaces", `a${fill("  b")} ${"--raw 1:1 ".repeat(500)}`]
  ])("100,000 characters are read at once: %s", (_, text) => {
    const started = performance.now()
    parsePrompt(text)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { InvalidRequest } from "../../src/domain/Errors.ts"
import { type PromptFlags, parsePrompt } from "../../src/domain/PromptText.ts"

const parsed = (text: string) => Result.getOrThrow(parsePrompt(text))
const refused = (text: string) => Result.getOrThrow(Result.flip(parsePrompt(text)))

const wide = { width: 1024, height: 576 }

describe("the ratio at the end of a prompt", () => {
  it.each([
    ["1:1", 1024, 1024],
    ["1:2", 512, 1024],
    ["3:2", 768, 512],
    ["3:4", 768, 1024],
    ["16:9", 1024, 576],
    ["9:16", 576, 1024]
  ])("%s is %i by %i pixels, as it always was", (ratio, width, height) => {
    expect(parsed(`A cute cat ${ratio}`)).toEqual({ prompt: "A cute cat", flags: { size: { width, height } } })
  })

  it.each([
    ["A cute cat 16:9", "A cute cat"],
    ["A cute cat16:9", "A cute cat"],
    ["A cute cat.16:9", "A cute cat."],
    ["一只可爱的猫16：9", "一只可爱的猫"],
    ["一只可爱的猫，16：9", "一只可爱的猫"],
    ["A cute cat, 16:9", "A cute cat"],
    ["A cute cat,16:9", "A cute cat"],
    ["A cute cat\n16:9\n", "A cute cat"],
    ["  A cute cat   16:9  ", "A cute cat"],
    ["Apollo 11 16:9", "Apollo 11"]
  ])("is read from %j", (text, prompt) => {
    expect(parsed(text)).toEqual({ prompt, flags: { size: wide } })
  })

  it.each([
    "A clock that says 10:30",
    "A clock that says 09:16",
    "A clock that says 21:16:9",
    "A shop at number 116:9",
    "A map at the scale 1.1:1",
    "Odds of 5,1:2",
    "https://example.com/16:9",
    "A cat 100:1",
    "A cat 7:13",
    "A cat"
  ])("is not seen in %j", (text) => {
    expect(parsed(text)).toEqual({ prompt: text, flags: {} })
  })

  it("alone leaves an empty prompt", () => {
    expect(parsed(" 16:9 ")).toEqual({ prompt: "", flags: { size: wide } })
  })
})

describe("flags at the end of a prompt", () => {
  it.each<[string, PromptFlags]>([
    ["--ar 16:9", { size: wide }],
    ["--ar 16：9", { size: wide }],
    ["--size 1024x576", { size: wide }],
    ["--size 1024X576", { size: wide }],
    ["--seed 42", { seed: 42 }],
    ["--seed 0", { seed: 0 }],
    ["--seed 4294967295", { seed: 4294967295 }],
    ["--n 2", { n: 2 }],
    ["--steps 8", { steps: 8 }],
    ["--model klein", { model: "klein" }],
    ["--model @cf/black-forest-labs/flux-2-klein-4b", { model: "@cf/black-forest-labs/flux-2-klein-4b" }],
    ["--raw", { raw: true }],
    ["--edit", { edit: true }],
    ["--seed=42", { seed: 42 }],
    ["--seed   42", { seed: 42 }],
    ["--SEED 42", { seed: 42 }],
    ["—seed 42", { seed: 42 }],
    ["–raw", { raw: true }]
  ])("%s", (flag, flags) => {
    expect(parsed(`A cat ${flag}`)).toEqual({ prompt: "A cat", flags })
  })

  it.each<[string, PromptFlags]>([
    ["--raw 16:9", { raw: true, size: wide }],
    ["--edit 16:9", { edit: true, size: wide }],
    ["16:9 --raw", { raw: true, size: wide }],
    ["--model klein 16:9 --n 2", { model: "klein", size: wide, n: 2 }]
  ])("together with a ratio: %s", (end, flags) => {
    expect(parsed(`A cat ${end}`)).toEqual({ prompt: "A cat", flags })
  })

  it.each([
    ["--seed 1 --seed 2", { seed: 2 }],
    ["--ar 1:1 --size 1024x576", { size: wide }],
    ["--size 512x512 16:9", { size: wide }],
    ["1:1 --ar 16:9", { size: wide }]
  ])("the last of two counts: %s", (end, flags) => {
    expect(parsed(`A cat ${end}`)).toEqual({ prompt: "A cat", flags })
  })

  it.each([
    ["--ar 3:1", 3],
    ["--ar 1:3", 1 / 3],
    ["--ar 7:5", 7 / 5]
  ])("%s, which is not in the table, is a size of that ratio", (flag, ratio) => {
    const { size } = parsed(`A cat ${flag}`).flags
    expect(size).toBeDefined()
    if (size) {
      expect(size.width / size.height).toBeCloseTo(ratio, 1)
      expect(Math.abs(Math.log2((size.width * size.height) / 2 ** 20))).toBeLessThan(0.1)
    }
  })

  it("stay in the prompt where they are not ours", () => {
    expect(parsed("A cat --stylize 250 --n 2 --chaos --raw")).toEqual({
      prompt: "A cat --stylize 250 --chaos",
      flags: { n: 2, raw: true }
    })
  })

  it.each([
    "A cat --stylize 250",
    "A cat --stylize 16:9",
    "A cat —softly lit",
    "A cat —sleeping",
    "A sign that reads --raw materials",
    "A terminal with --seed 42 on it, green on black",
    "A cat--raw",
    "--help"
  ])("are not seen in %j", (text) => {
    expect(parsed(text)).toEqual({ prompt: text, flags: {} })
  })

  it("need nothing before them", () => {
    expect(parsed("--n 2 --raw")).toEqual({ prompt: "", flags: { n: 2, raw: true } })
  })
})

describe("a flag of ours with a value that it can't have", () => {
  it.each([
    ["--ar wide", "--ar"],
    ["--ar 0:1", "--ar"],
    ["--ar 100:1", "--ar"],
    ["--size big", "--size"],
    ["--size 1024", "--size"],
    ["--seed -2", "--seed"],
    ["--seed 4294967296", "--seed"],
    ["--seed 1.5", "--seed"],
    ["--seed", "--seed"],
    ["--n 0", "--n"],
    ["--n 11", "--n"],
    ["--n two", "--n"],
    ["--N 0", "--n"],
    ["--steps 0", "--steps"],
    ["--steps 51", "--steps"],
    ["--model", "--model"],
    ["--seed --raw", "--seed"]
  ])("%s is refused, and the flag is named", (flag, param) => {
    const error = refused(`A cat ${flag}`)
    expect(error).toBeInstanceOf(InvalidRequest)
    expect(error.param).toBe(param)
    expect(error.message.toLowerCase()).toContain(param)
  })
})

import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { type PromptFlags, parsePrompt } from "../../../src/domain/PromptText.ts"

const parsed = (text: string) => Result.getOrThrow(parsePrompt(text))
const size = { width: 1024, height: 576 }

describe("flags as people write them", () => {
  it.each<[string, PromptFlags]>([
    ["--n 2.", { n: 2 }],
    ["--seed 42;", { seed: 42 }],
    ["--steps 8!", { steps: 8 }],
    ["--model klein。", { model: "klein" }],
    ["--model Klein.", { model: "Klein" }],
    ["--raw,", { raw: true }],
    ["(--improve)", { raw: false }],
    ["--improve --raw", { raw: true }],
    ["--raw, --improve.", { raw: false }],
    ["—improve", { raw: false }],
    ["--edit 🙏", { edit: true }],
    ['--seed "42"', { seed: 42 }],
    ["--n: 2", { n: 2 }],
    ["(--n 2)", { n: 2 }],
    ["`--n 2`", { n: 2 }],
    ["**--raw**", { raw: true }],
    ["（--n ２）", { n: 2 }],
    ["−−seed 7", { seed: 7 }],
    ["-seed 7", { seed: 7 }],
    ["/n 2", { n: 2 }],
    ["--n 2, --seed 42.", { n: 2, seed: 42 }],
    ["--n 2; --raw", { n: 2, raw: true }],
    ["--n 2 | --raw", { n: 2, raw: true }],
    ["--n 2，--raw。", { n: 2, raw: true }],
    ["(--ar 16:9 --n 2)", { n: 2, size }],
    ["16:9, --n 2.", { n: 2, size }],
    ["--n 2, 16:9.", { n: 2, size }]
  ])("%s", (flag, flags) => {
    expect(parsed(`a cat ${flag}`)).toEqual({ prompt: "a cat", flags })
    expect(parsed(`a cat, ${flag}`)).toEqual({ prompt: "a cat", flags })
  })

  it.each([
    ...["--ar 16:9", "--ar 16x9", "--ar 16×9", "--ar 16/9", "--ar 16∶9", "--ar 16 : 9", "--ar １６：９", "--ar 32:18"],
    ...[
      "--ar 1920:1080",
      "--ar 1920x1080",
      "--ar 1.78:1",
      "--ar=16:9.",
      '--ar "16:9"',
      "--aspect 16:9",
      "--ratio 16:9"
    ],
    ...[
      "--aspect-ratio 160:90",
      "–ar 16:9",
      "-ar 16:9",
      "/ar 16:9",
      "--size 16:9",
      "--size 1024 x 576",
      "--size 1024x576px"
    ]
  ])("one ratio in any spelling: %s", (flag) => {
    expect(parsed(`a cat ${flag}`)).toEqual({ prompt: "a cat", flags: { size } })
  })

  it.each(["--seed -1", "--seed −1", "--seed=-1", "--seed -1.", "--seed random", "--seed any"])(
    "any seed: %s",
    (flag) => {
      expect(parsed(`a cat ${flag}`)).toEqual({ prompt: "a cat", flags: { seed: -1 } })
    }
  )

  it.each(["sushi -raw", "a road -n two", "and/or -ar wide", "a cat -edit", "ways to -improve", "a cat and/size 3x4"])(
    "a hyphen or a slash before another word is text: %s",
    (text) => {
      expect(parsed(text)).toEqual({ prompt: text, flags: {} })
    }
  )

  it("leaves flags that are not ours, and their punctuation", () => {
    expect(parsed('a cat --style "raw". --n 2.')).toEqual({ prompt: 'a cat --style "raw".', flags: { n: 2 } })
  })
})

describe("what is not to be seen", () => {
  it.each<[string, PromptFlags]>([
    ["--no dogs", { negativePrompt: "dogs" }],
    ["--no Dogs, text and hands", { negativePrompt: "Dogs, text and hands" }],
    ["--no: dogs.", { negativePrompt: "dogs" }],
    ["--no=dogs", { negativePrompt: "dogs" }],
    ['--no "dogs, cats"', { negativePrompt: "dogs, cats" }],
    ["--no dogs --n 2", { n: 2, negativePrompt: "dogs" }],
    ["--n 2 --no dogs, cats", { n: 2, negativePrompt: "dogs, cats" }],
    ["--no dogs 16:9", { size, negativePrompt: "dogs" }],
    ["16:9 --no dogs", { size, negativePrompt: "dogs" }],
    ["--no dogs --seed 4 --no cats", { seed: 4, negativePrompt: "dogs, cats" }],
    ["−−no dogs", { negativePrompt: "dogs" }],
    ["--no 狗、猫", { negativePrompt: "狗、猫" }]
  ])("%s", (flag, flags) => {
    expect(parsed(`a cat ${flag}`)).toEqual({ prompt: "a cat", flags })
  })

  it.each(["There is --no", "a sign: no dogs", "—No te vayas, dijo el gato", "a cat --nobody", "a--no dogs"])(
    "is not said by %s",
    (text) => {
      expect(parsed(text)).toEqual({ prompt: text, flags: {} })
    }
  )

  it("stands before flags that are not ours, which stay", () => {
    expect(parsed("a cat --no dogs --v 6 --n 2")).toEqual({
      prompt: "a cat --v 6",
      flags: { n: 2, negativePrompt: "dogs" }
    })
  })

  it("is read in linear time", () => {
    const begin = performance.now()
    parsed(`a cat ${"--no dogs ".repeat(50_000)}`)
    parsed(`a cat --no ${"dogs ".repeat(100_000)}`)
    expect(performance.now() - begin).toBeLessThan(500)
  })
})

describe("numbers of the drawing", () => {
  it.each<[string, PromptFlags]>([
    ["--guidance 4", { guidance: 4 }],
    ["--guidance 4.5.", { guidance: 4.5 }],
    ["--strength 0.6", { strength: 0.6 }],
    ["--strength 0,6", { strength: 0.6 }],
    ["--strength 1", { strength: 1 }]
  ])("%s", (flag, flags) => {
    expect(parsed(`a cat ${flag}`)).toEqual({ prompt: "a cat", flags })
  })

  it.each(["--guidance much", "--guidance 101", "--strength 2", "--strength"])("%s is refused by its name", (flag) => {
    const failure = Result.getOrThrow(Result.flip(parsePrompt(`a cat ${flag}`)))
    expect(failure.param).toBe(flag.split(" ")[0])
  })
})

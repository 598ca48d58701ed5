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
    expect(parsed('a cat --no "dogs". --n 2.')).toEqual({ prompt: 'a cat --no "dogs".', flags: { n: 2 } })
  })
})

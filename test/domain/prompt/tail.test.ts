import * as Result from "effect/Result"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parsePrompt } from "../../../src/domain/PromptText.ts"

const parsed = (text: string) => Result.getOrThrow(parsePrompt(text))

describe("a prompt of nothing to see", () => {
  const unseen = [
    "\u200b",
    "\u200e",
    "\u200f",
    "\u202e",
    "\u2066",
    "\ufe0f",
    "\ufeff",
    "\u00ad",
    "\u2800",
    "\u3164",
    "\u{e0020}",
    "\0",
    "\u0007"
  ]

  it("is empty", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...unseen, " ", "\n", "\u3000"), { maxLength: 30 }), (characters) => {
        expect(parsed(characters.join(""))).toEqual({ prompt: "", flags: {} })
        expect(parsed(`${characters.join("")} --n 2 `)).toEqual({ prompt: "", flags: { n: 2 } })
      })
    )
  })

  it.each(["é", "。", "-", "🐈", "؀"])("is not %s", (text) => {
    expect(parsed(text)).toEqual({ prompt: text, flags: {} })
  })
})

describe("work", () => {
  const pieces = [
    ...[
      "16:9 ",
      "3:2 please ",
      "vertical, ",
      "aspect ratio ",
      "отправл 3:2 ",
      "wclock reading 3:2 ",
      "(",
      ")",
      '"',
      "**",
      "--"
    ],
    ...["横屏16:9", "😀", "1x1", "at ", "ﷺ", "\u200b ", "of 1:1 ", "a", "“„", "--n 2, "]
  ]

  // What is read is bounded but for blanks, which are trimmed in linear time: twenty times as long, not four hundred times.
  it.each(pieces)("grows at most as a prompt of %j does", (piece) => {
    const time = (length: number): number => {
      const text = `${piece.repeat(length / piece.length)} 16:9`
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now()
        parsePrompt(text)
        return performance.now() - start
      })
      return Math.min(...times)
    }
    time(20_000)
    expect(time(400_000)).toBeLessThan(40 * time(20_000) + 100)
  })
})

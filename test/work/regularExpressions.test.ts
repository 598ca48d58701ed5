import { describe, expect, it } from "vitest"
import { doubts, findIn, inSource } from "./regularExpressions.ts"

describe("a regular expression", () => {
  it.each([
    /(a+)+b/,
    /^(a*)*$/,
    /^\s*\s*x/,
    /\s+$/,
    /\/+$/,
    /https?:\/\/[^\s()"'<>]+\/image\/[\w-]+\.png/g,
    /!\[[^\]]*\]\([^)]*\)/g,
    /<(a|b)>[\s\S]*?<\/\1>/,
    /^\s*#\s+/gm,
    /(?:^|\/)jobs(\/.*)?$/,
    /x(?=.*y)/
  ])("is doubted: %s", (literal) => {
    expect(doubts(literal)).not.toEqual([])
  })

  it.each([/^\d+$/, /^[\w-]{22}-(\d{10})\.(jpg|png)$/, /\s+/g, /a{0,200}b/, /^\s*([\w-]+)\s*;/, /[`$]|~+/g, /^.*x/])(
    "is not doubted: %s",
    (literal) => {
      expect(doubts(literal)).toEqual([])
    }
  )

  it("is found wherever it is written, and so is one that is made at run time", () => {
    const text =
      'const a: RegExp = /a+$/u\n// Linear: the text is short.\nconst b = f(() => new RegExp("b"), "/c/") // /d/'
    expect(findIn("a.ts", text)).toEqual([
      { place: "a.ts:1 /a+$/u", literal: /a+$/u, explained: false },
      { place: "a.ts:3 ", literal: undefined, explained: true }
    ])
  })
})

describe("the regular expressions of src", () => {
  it("take linear time, or say beside them why they do (`// Linear: …`)", () => {
    const doubted = inSource().flatMap(({ explained, literal, place }) => {
      const reasons = literal ? doubts(literal) : ["made at run time"]
      return explained || reasons.length === 0 ? [] : [`${place}: ${[...new Set(reasons)].join("; ")}`]
    })
    expect(doubted).toEqual([])
  })

  it("are found", () => {
    expect(inSource().length).toBeGreaterThan(50)
  })
})

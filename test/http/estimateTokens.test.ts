import fc from "fast-check"
import { expect, it } from "vitest"
import { estimateTokens } from "../../src/http/estimateTokens.ts"

it("four bytes of UTF-8 are one token, and a rest is one too", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(estimateTokens(text)).toBe(Math.ceil(new TextEncoder().encode(text).length / 4))
    })
  )
})

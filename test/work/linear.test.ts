import { describe, expect, it } from "vitest"
import { readers } from "./readers.ts"
import { shapes } from "./shapes.ts"
import { growsTooMuch } from "./work.ts"

describe("work grows no faster than the text that it is done for", () => {
  it("is told from work that does", () => {
    // A shorter one, for it does take its time.
    const shape = { name: "", make: (length: number) => "a".repeat(length / 4) }
    const quadratic = () => growsTooMuch({ name: "", read: (text) => /a+b/.test(text) }, shape)
    // On a busy machine the shorter text may take too long by chance.
    expect([1, 2, 3].some(quadratic)).toBe(true)
    expect(growsTooMuch({ name: "", read: (text) => /a+$/.test(text) }, shape)).toBe(false)
    expect(growsTooMuch({ name: "", read: (text) => Array.from(text).sort().join("") }, shape)).toBe(false)
  })

  it.each(readers)("$name", (reader) => {
    const fast = shapes.filter((shape) => growsTooMuch(reader, shape))
    expect(fast.map(({ name }) => name)).toEqual([])
  })
})

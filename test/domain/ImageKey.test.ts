import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { MediaType } from "../../src/domain/ImageHeader.ts"
import {
  keyOf,
  longestLifetime,
  makeImageKey,
  parseImageKey,
  randomOf,
  secondsLeft
} from "../../src/domain/ImageKey.ts"

const random = "AZaz09_-AZaz09_-AZaz09"

const anyKey = fc.tuple(
  fc.stringMatching(/^[A-Za-z0-9_-]{22}$/),
  fc.integer({ min: 1_000_000_000, max: 9_999_999_999 }),
  fc.constantFrom<MediaType | undefined>("image/jpeg", "image/png", "image/webp", undefined)
)

describe("the key of a picture", () => {
  it.each<[MediaType, string]>([
    ["image/jpeg", `${random}-1790000000.jpg`],
    ["image/png", `${random}-1790000000.png`],
    ["image/webp", `${random}-1790000000.webp`]
  ])("of %s is %s", (mediaType, name) => {
    const id = `${random}-1790000000`
    expect(makeImageKey(random, 1790000000, mediaType)).toEqual({ id, name, expiresAt: 1790000000, mediaType })
    expect(keyOf(makeImageKey(random, 1790000000), mediaType)).toEqual(makeImageKey(random, 1790000000, mediaType))
  })

  it("tells its end, and its media type where that is known, by its name alone", () => {
    fc.assert(
      fc.property(anyKey, (given) => {
        const key = makeImageKey(...given)
        expect(parseImageKey(key.name)).toEqual(key)
        expect(parseImageKey(key.id)?.id).toBe(key.id)
        expect(randomOf(key)).toBe(given[0])
      })
    )
  })

  it("is its own name in a link", () => {
    fc.assert(
      fc.property(anyKey, (given) => {
        const { name } = makeImageKey(...given)
        expect(new URL(`https://example.com/image/${name}`).pathname).toBe(`/image/${name}`)
        expect(encodeURIComponent(name)).toBe(name)
      })
    )
  })

  it.each([
    "",
    random,
    `${random}-1790000000.gif`,
    `${random}-1790000000.JPG`,
    `${random}-1790000000.jpeg`,
    `${random}-1790000000.jpg\n`,
    `${random}-1790000000.jpg.png`,
    `${random}-179000000.jpg`,
    `${random}-17900000000.jpg`,
    `${random}--790000000.jpg`,
    `${random}x-1790000000.jpg`,
    `${random.slice(1)}-1790000000.jpg`,
    `${random.slice(1)}+-1790000000.jpg`,
    ` ${random}-1790000000.jpg`,
    "../secret",
    "constructor"
  ])("%j is none", (name) => {
    expect(parseImageKey(name)).toBeUndefined()
  })
})

describe("the time that a key has left", () => {
  const now = 1_790_000_000

  it.each([
    [-100_000, 0],
    [-1, 0],
    [0, 0],
    [1, 1],
    [1800, 1800],
    [longestLifetime, longestLifetime],
    [longestLifetime + 1, 0],
    [9_999_999_999 - now, 0]
  ])("is told for an end in %s s as %s", (offset, left) => {
    expect(secondsLeft(makeImageKey(random, now + offset, "image/png"), now)).toBe(left)
  })
})

import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { equalsSecret } from "../../../src/services/auth/constantTime.ts"

const bytes = (text: string) => new TextEncoder().encode(text)

/** Counts each look at a byte. */
const watched = (target: Uint8Array) => {
  const looks: Array<number> = []
  const proxy = new Proxy(target, {
    get: (_, property) => {
      if (typeof property === "string" && /^\d+$/.test(property)) looks.push(Number(property))
      return Reflect.get(target, property, target)
    }
  })
  return { looks, proxy }
}

describe("equalsSecret", () => {
  it("is true for the secret alone", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array({ minLength: 1 }), (given, secret) => {
        expect(equalsSecret(given, secret)).toBe(Buffer.compare(given, secret) === 0)
        expect(equalsSecret(secret.slice(), secret)).toBe(true)
      })
    )
  })

  it("lets nobody in where the secret is empty", () => {
    expect(equalsSecret(bytes(""), bytes(""))).toBe(false)
  })

  it.each([
    ["all of it is right", "sk-test"],
    ["its first byte is wrong", "Sk-test"],
    ["its last byte is wrong", "sk-tesT"],
    ["it is too short", "sk-"],
    ["it is too long", "sk-test-and-more"]
  ])("looks at each byte of what was given and at its place in the secret, once: %s", (_, given) => {
    const left = watched(bytes(given))
    const right = watched(bytes("sk-test"))
    equalsSecret(left.proxy, right.proxy)
    const all = Array.from(given, (_, index) => index)
    expect(left.looks).toEqual(all)
    expect(right.looks).toEqual(all)
  })
})

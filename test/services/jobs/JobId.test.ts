import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { makeJobId, parseJobId } from "../../../src/services/jobs/JobId.ts"

const hex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"))
const random = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString("base64url"))

describe("a job's id", () => {
  it("leads back to the object that keeps the job", () => {
    fc.assert(
      fc.property(hex, random, (objectId, secret) => {
        const { name } = makeJobId(objectId, secret)
        expect(parseJobId(name)).toEqual({ name, objectId })
        expect(name).toMatch(/^job_[\w-]{65}$/)
      })
    )
  })

  it("is nothing else", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseJobId(text)).toBeUndefined()
      })
    )
    expect(parseJobId(`job_${"!".repeat(65)}`)).toBeUndefined()
  })
})

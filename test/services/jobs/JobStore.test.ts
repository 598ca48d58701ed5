import { DatabaseSync } from "node:sqlite"
import { describe, expect, it } from "vitest"
import { makeJobStore } from "../../../src/services/jobs/JobStore.ts"
import { sqlOver } from "../../support/FakeObjects.ts"

const mebibyte = 1024 * 1024

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, index) => index * 7)

describe("JobStore", () => {
  it.each([0, 1, mebibyte, mebibyte + 1, 2.5 * mebibyte])(
    "keeps a picture of %i bytes, in rows of at most 1 MiB",
    (length) => {
      const database = new DatabaseSync(":memory:")
      const store = makeJobStore(sqlOver(database))
      const bytes = bytesOf(length)
      store.append("job", 3, { value: { told: "é" }, bytes })
      expect(store.next("job", 2)).toEqual({ sequence: 3, frame: { value: { told: "é" }, bytes } })
      expect(store.next("job", 3)).toBeUndefined()
      const lengths = database.prepare("SELECT length(bytes) AS length FROM chunks").all()
      expect(lengths).toHaveLength(Math.ceil(length / mebibyte))
      for (const row of lengths) expect(row.length).toBeLessThanOrEqual(mebibyte)
    }
  )

  it("forgets a job with all that belongs to it", () => {
    const database = new DatabaseSync(":memory:")
    const store = makeJobStore(sqlOver(database))
    store.append("job", 0, { value: {}, bytes: bytesOf(10) })
    store.append("other", 0, { value: {}, bytes: bytesOf(10) })
    store.remove("job")
    expect(store.next("job", -1)).toBeUndefined()
    expect(store.next("other", -1)).toBeDefined()
    expect(database.prepare("SELECT DISTINCT job FROM chunks").all()).toEqual([
      expect.objectContaining({ job: "other" })
    ])
  })
})

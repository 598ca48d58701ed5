import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { zip } from "../../../src/http/page/zip.ts"

const folder = mkdtempSync(join(tmpdir(), "flux-zip-"))
afterAll(() => rmSync(folder, { recursive: true }))

const time = new Date(2026, 10, 25, 20, 15, 42)

/** Unpacks an archive with the system's own program, which checks every sum. */
const unpacked = async (files: ReadonlyArray<readonly [string, Uint8Array<ArrayBuffer>]>): Promise<string> => {
  const place = mkdtempSync(join(folder, "one-"))
  const archive = await zip(files.map(([name, bytes]) => ({ name, time, bytes: new Blob([bytes]) })))
  writeFileSync(join(place, "all.zip"), new Uint8Array(await archive.arrayBuffer()))
  execFileSync("unzip", ["-q", join(place, "all.zip"), "-d", join(place, "out")])
  return join(place, "out")
}

describe("an archive of pictures", () => {
  it("gives back every file as it was, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 6 }),
        async (contents) => {
          const files = contents.map((bytes, index) => [`flux-${index}.png`, Uint8Array.from(bytes)] as const)
          const out = await unpacked(files)
          expect(readdirSync(out)).toHaveLength(files.length)
          for (const [name, bytes] of files) expect(Uint8Array.from(readFileSync(join(out, name)))).toEqual(bytes)
        }
      ),
      { numRuns: 20 }
    )
  })

  it("tells when each was drawn", async () => {
    const out = await unpacked([["flux-1.png", Uint8Array.of(1)]])
    expect(statSync(join(out, "flux-1.png")).mtime).toEqual(time)
  })
})

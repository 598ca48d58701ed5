import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { linksIn } from "../support/links.ts"
import { imageOf } from "../support/pictures.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"
import type { CurlCheck } from "./clients.ts"

const folder = mkdtempSync(join(tmpdir(), "flux-curl-"))
let service: RunningService
beforeAll(async () => {
  service = await startService({ ai: "rest" })
  for (const name of ["a.png", "b.png"]) {
    writeFileSync(join(folder, name), (await imageOf({ width: 64, height: 64 }, { mediaType: "image/png" })).bytes)
  }
}, 60_000)
afterEach(() => service.reset())
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await service?.close()
})

const key = ["-H", `Authorization: Bearer ${API_KEY}`]

const curl = async (path: string, ...args: ReadonlyArray<string>): Promise<string> => {
  const url = path.startsWith("http") ? path : `${service.url}${path}`
  const { stdout } = await promisify(execFile)("curl", ["-sS", "--fail-with-body", "--max-time", "30", url, ...args], {
    cwd: folder,
    maxBuffer: 32 * 1024 * 1024
  })
  return stdout
}

const draw = (path: string, prompt = "A red fox"): Promise<string> =>
  curl(path, ...key, "-d", JSON.stringify({ messages: [{ role: "user", content: prompt }] }))

const linkIn = (completion: string): string => linksIn(JSON.parse(completion).choices[0].message.content)[0] ?? ""

const checks: Record<CurlCheck, () => Promise<void>> = {
  "JSON without a content type": async () => {
    for (const path of [
      "/v1/chat/completions",
      "/v1/chat/completions/",
      "//v1//chat/completions",
      "/chat/completions"
    ]) {
      expect(linkIn(await draw(path))).toMatch(/^http/)
    }
    await expect(curl("/v1/chat/completions", "-d", "{}")).rejects.toMatchObject({
      stdout: expect.stringMatching(/^\{"error":\{.*"code":"invalid_api_key"/)
    })
  },

  "`-N` for streams": async () => {
    const body = { messages: [{ role: "user", content: "A red fox" }], stream: true }
    const text = await curl("/v1/chat/completions", "-N", ...key, "-d", JSON.stringify(body))
    expect(text).toMatch(/^data: \{.*\}\n\n/)
    expect(text).toMatch(/\ndata: \[DONE\]\n\n$/)
  },

  "`-F image=@…` and `image[]=@…`": async () => {
    const form = ["-F", "prompt=Make it winter", "-F", "size=320x256", "-F", "n=1"]
    const one = JSON.parse(await curl("/v1/images/edits", ...key, ...form, "-F", "image=@a.png"))
    expect(ImageFile.fromBase64(one.data[0].b64_json)?.size).toEqual({ width: 320, height: 256 })
    await curl("/v1/images/edits", ...key, ...form, "-F", "image[]=@a.png", "-F", "image[]=@b.png")
    expect(Object.keys(service.workersAi.calls[1]?.fields ?? {})).toEqual(
      expect.arrayContaining(["input_image_0", "input_image_1"])
    )
  },

  "bodies over 1 MB": async () => {
    // Large enough for curl to ask with `Expect: 100-continue` first.
    const body = { messages: [{ role: "user", content: "A red fox" }], metadata: "x".repeat(1_500_000) }
    writeFileSync(join(folder, "body.json"), JSON.stringify(body))
    expect(linkIn(await curl("/v1/chat/completions", ...key, "-d", "@body.json"))).toMatch(/^http/)
  },

  "`-I` and `-o` for pictures": async () => {
    const link = linkIn(await draw("/v1/chat/completions"))
    const head = await curl(link, "-I")
    expect(head).toMatch(/^HTTP\/1.1 200 OK\r\n/)
    await curl(link, "-L", "-o", "picture.jpg")
    const bytes = readFileSync(join(folder, "picture.jpg"))
    expect(ImageFile.fromBytes(new Uint8Array(bytes))?.mediaType).toBe("image/jpeg")
    expect(head.toLowerCase()).toContain("\r\ncontent-type: image/jpeg\r\n")
    expect(head.toLowerCase()).toContain(`\r\ncontent-length: ${bytes.length}\r\n`)
  }
}

describe("curl", { timeout: 20_000 }, () => {
  it.each(Object.entries(checks))("%s", async (_, check) => {
    await check()
  })
})

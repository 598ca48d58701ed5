import { execFile } from "node:child_process"
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { PROJECT, QUIET_ENV } from "../../scripts/wrangler.ts"
import { readImageHeader } from "../../src/domain/ImageHeader.ts"
import { linksIn } from "../support/links.ts"
import { chat, contentFrom, says } from "../support/openai/chat.ts"
import { type RunningService, startService } from "../support/service.ts"

const START_MS = 120_000
const TEST_MS = 30_000

describe("dist/main.js", { timeout: TEST_MS }, () => {
  let folder: string
  let service: RunningService
  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ["scripts/build.ts"], { cwd: PROJECT, env: QUIET_ENV })
    folder = await mkdtemp(join(tmpdir(), "flux-built-"))
    await copyFile(join(PROJECT, "dist/main.js"), join(folder, "main.js"))
    service = await startService({
      ai: "rest",
      script: join(folder, "main.js"),
      vars: { FLUX_BACKEND: "preview" }
    })
  }, START_MS)
  afterAll(async () => {
    await service?.close()
    await rm(folder, { recursive: true })
  })

  it("starts alone in workerd", async () => {
    expect(await readdir(folder)).toEqual(["main.js"])
    expect(await (await service.fetch("/health")).json()).toMatchObject({ status: "ok", ready: true })
  })

  it("draws, keeps and hands out a picture", async () => {
    const [link = ""] = linksIn(await contentFrom(await chat(service, says("A castle 3:2"))))
    const bytes = new Uint8Array(await (await fetch(link)).arrayBuffer())
    expect(readImageHeader(bytes)).toEqual({ mediaType: "image/png", width: 768, height: 512 })
  })
})

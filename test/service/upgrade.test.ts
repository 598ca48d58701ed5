import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { unstable_startWorker } from "wrangler"
import { PROJECT, QUIET_ENV } from "../../scripts/wrangler.ts"
import { imageOf } from "../support/pictures.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

const START_MS = 60_000
const state = mkdtempSync(join(tmpdir(), "flux-upgrade-"))
const link = `AAAAAAAAAAAAAAAAAAAAAA-${Math.floor(Date.now() / 1000) + 1800}.jpg`

/** Lets the version before leave what it leaves. */
const runBefore = async (picture: Uint8Array<ArrayBuffer>) => {
  Object.assign(process.env, QUIET_ENV, { CLOUDFLARE_CF_FETCH_ENABLED: "false" })
  const worker = await unstable_startWorker({
    config: join(PROJECT, "test/support/before/wrangler.toml"),
    dev: {
      remote: false,
      server: { hostname: "127.0.0.1", port: 0 },
      logLevel: "error",
      watch: false,
      persist: state,
      inspector: false
    }
  })
  const response = await worker.fetch(`http://service/${link}`, { method: "PUT", body: picture })
  expect(await response.text()).toBe(link)
  await worker.dispose()
}

let service: RunningService
let picture: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  picture = (await imageOf({ width: 64, height: 64 }, { text: "before" })).bytes
  await runBefore(picture)
  service = await startService({ ai: "rest", persist: state })
}, START_MS)
afterAll(async () => {
  await service.close()
  rmSync(state, { recursive: true, force: true })
})

const headers = { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" }

describe("this version, on what the one before has left", () => {
  it("serves its pictures", async () => {
    const response = await service.fetch(`/image/${link}`)
    expect(response.status).toBe(200)
    expect(response.headers.get("content-type")).toBe("image/jpeg")
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(picture)
  })

  it("misses no class, and begins to count anew", async () => {
    const usage = async () => (await service.fetch("/v1/usage", { headers })).json()
    expect(await usage()).toMatchObject({ pictures: 0, neurons: 0, days: [] })
    const drawn = await service.fetch("/v1/images/generations", {
      method: "POST",
      headers,
      body: JSON.stringify({ prompt: "A cat after the update", response_format: "url" })
    })
    expect(drawn.status).toBe(200)
    const job = drawn.headers.get("x-flux-job")
    await expect
      .poll(async () => (await service.fetch(`/v1/jobs/${job}`, { headers })).json())
      .toMatchObject({ status: "completed" })
    expect(await usage()).toMatchObject({ pictures: 1, neurons: 172.8 })
    expect(await (await service.fetch("/health")).json()).toMatchObject({ ready: true, missing: [] })
  })

  it("answers for a job of that version as for one that is over", async () => {
    const response = await service.fetch("/v1/jobs/0123456789abcdef", { headers })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: "job_not_found" } })
  })
})

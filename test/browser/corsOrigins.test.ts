import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { linksIn } from "../support/links.ts"
import { chat, contentFrom, says } from "../support/openai/chat.ts"
import { type OtherOrigin, startOtherOrigin } from "../support/otherOrigin.ts"
import { type RunningService, startService } from "../support/service.ts"

let service: RunningService
let page: OtherOrigin<typeof import("./corsScript.ts")>
/** The same page at an origin that is not in the list. */
let stranger: string
beforeAll(async () => {
  page = await startOtherOrigin(join(import.meta.dirname, "corsScript.ts"))
  stranger = page.origin.replace("127.0.0.1", "localhost")
  service = await startService({ ai: "rest", vars: { ALLOWED_ORIGINS: `https://chat.example, ${page.origin}` } })
}, 90_000)
afterAll(async () => {
  await page?.close()
  await service?.close()
})

describe("ALLOWED_ORIGINS as a list", { timeout: 30_000 }, () => {
  it("lets a page in that is named there", async () => {
    expect(await page.run("models", [service.url])).not.toEqual([])
    expect(linksIn(await page.run("chat", [service.url]))).toHaveLength(1)
    expect(await page.run("failure", [service.url, "sk-wrong"])).toMatchObject({ status: 401 })
  })

  it("keeps any other page out, and nothing is drawn for it", async () => {
    const before = service.workersAi.calls.length
    await expect(page.run("status", [`${service.url}/health`, {}], stranger)).rejects.toThrow("Failed to fetch")
    await expect(page.run("chat", [service.url], stranger)).rejects.toThrow("Connection error")
    expect(service.workersAi.calls).toHaveLength(before)
  })

  it("lets any page show a picture whose link it knows, and only those in the list read it", async () => {
    const [link = ""] = linksIn(await contentFrom(await chat(service, says("A red fox"))))
    expect(await page.run("show", [link], stranger)).toBe(1024)
    expect(await page.run("fetchImage", [link])).toMatchObject({ type: "image/jpeg" })
    await expect(page.run("fetchImage", [link], stranger)).rejects.toThrow("Failed to fetch")
  })
})

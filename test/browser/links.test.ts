import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { violations } from "../support/axe.ts"
import { launchBrowser } from "../support/browser.ts"
import { pageSizes, pagesOf } from "../support/pageSizes.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

let service: RunningService
let browser: Browser

beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { FLUX_BACKEND: "preview" } })
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await service?.close()
}, 60_000)

const secret = "a".repeat(22)
const soon = Math.floor(Date.now() / 1000) + 600

const lost: ReadonlyArray<readonly [string, string, string, string]> = [
  ["expired", `${secret}-1700000000.jpg`, "This picture is no longer here", "Dieses Bild gibt es hier nicht mehr"],
  ["unknown", `${secret}-${soon}.jpg`, "There is no picture here", "Hier ist kein Bild"],
  ["broken", "nothing", "There is no picture here", "Hier ist kein Bild"]
]

describe.each(pageSizes)("a link that leads nowhere, opened on a %s", { timeout: 30_000 }, (_name, size) => {
  it.each(lost)("%s: is a page in the reader's language", async (_kind, name, english, german) => {
    const open = pagesOf(
      () => browser,
      () => `${service.url}/image/${name}`,
      size
    )
    const { complaints, page } = await open()
    expect(await page.getByRole("heading").textContent()).toBe(english)
    expect(await violations(page)).toEqual([])
    await page.getByRole("link").click()
    await page.getByRole("textbox", { name: "Prompt" }).waitFor()
    expect(complaints).toEqual([])
    const inGerman = await open({ locale: "de-DE" })
    expect(await inGerman.page.getByRole("heading").textContent()).toBe(german)
    expect(await inGerman.page.evaluate("document.documentElement.lang")).toBe("de")
  })

  it("says without JavaScript what to do, in the reader's language", async () => {
    const open = pagesOf(
      () => browser,
      () => service.url,
      size
    )
    const { page } = await open({ javaScriptEnabled: false, locale: "ja-JP" })
    expect(await page.locator("noscript").textContent()).toContain("JavaScript を許可して再読み込み")
    expect(await page.locator("form").first().isVisible()).toBe(false)
  })

  it("fits 320 pixels, and 200 % zoom", async () => {
    const open = pagesOf(
      () => browser,
      () => service.url,
      size
    )
    for (const viewport of [
      { width: 320, height: 568 },
      { width: 640, height: 360 }
    ]) {
      for (const locale of ["en-US", "de-DE", "ru-RU"]) {
        const { page } = await open({ viewport, locale, key: API_KEY })
        await page.locator("#prompt").fill("A wide landscape 21:9")
        await page.locator("#draw").click()
        await page.getByRole("img").first().waitFor()
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(viewport.width)
        const box = await page.locator("#draw").boundingBox()
        expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height)
      }
    }
  })
})

describe("a link that leads nowhere, asked by a program", () => {
  it.each(["*/*", "image/avif,image/webp,*/*;q=0.8", "application/json"])("stays JSON for %s", async (accept) => {
    for (const [, name] of lost) {
      const response = await service.fetch(`/image/${name}`, { headers: { accept } })
      expect(response.status).toBe(404)
      expect(response.headers.get("content-type")).toMatch(/^application\/json/)
      expect(await response.json()).toMatchObject({ error: { code: "image_not_found" } })
    }
  })

  it("has the same status as a page, which nobody keeps and which runs nothing", async () => {
    const response = await service.fetch(`/image/${lost[0]?.[1]}`, { headers: { accept: "text/html" } })
    expect(response.status).toBe(404)
    expect(response.headers.get("cache-control")).toBe("no-store")
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; frame-ancestors 'none'$/
    )
  })
})

import { gzipSync } from "node:zlib"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { page as builtPage } from "../../src/http/page/page.generated.ts"
import { drawingPage } from "../../src/http/system/drawingPage.ts"
import { launchBrowser } from "../support/browser.ts"
import { openPage } from "../support/openPage.ts"
import { type RunningService, startService } from "../support/service.ts"

let service: RunningService
let browser: Browser

beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { API_KEY: "", FLUX_BACKEND: "rest", CF_API_TOKEN: "" } })
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await service?.close()
}, 60_000)

const headingOf = {
  "en-GB": "Almost ready",
  "zh-CN": "即将就绪",
  "zh-TW": "即將就緒",
  "ja-JP": "あと少しです",
  "es-MX": "Casi listo",
  "fr-CA": "Presque prêt",
  "ru-RU": "Почти готово",
  "de-AT": "Fast fertig",
  "ko-KR": "Almost ready"
}

describe("the page while settings are missing", { timeout: 30_000 }, () => {
  it("is a checklist of what to set and how", async () => {
    const { clipboard, complaints, page } = await openPage(browser, service.url)
    const items = page.locator("#setup-list > li")
    expect(await items.locator("strong").allTextContents()).toEqual(["API_KEY", "CF_API_TOKEN"])
    for (const absent of ["Draw", "Cancel", "Add API key"]) {
      expect(await page.getByRole("button", { name: absent, exact: true }).count()).toBe(0)
    }
    expect(await page.getByText("What would you like to see?").isVisible()).toBe(false)
    await page.getByRole("button", { name: "Copy: npx wrangler secret put CF_API_TOKEN" }).click()
    await expect.poll(clipboard).toBe("npx wrangler secret put CF_API_TOKEN")
    expect(complaints).toEqual([])
  })

  it("says each thing once", async () => {
    const { page } = await openPage(browser, service.url)
    const sentences = (await page.locator("#setup").innerText()).split(/\n+|(?<=\.) /).filter((text) => text !== "Copy")
    expect(new Set(sentences).size).toBe(sentences.length)
  })

  it("looks again when it is told to", async () => {
    const { page } = await openPage(browser, service.url)
    const again = page.waitForRequest(`${service.url}/`)
    await page.getByRole("button", { name: "Check again" }).click()
    await again
  })

  it.each(Object.entries(headingOf))("speaks to a browser in %s: %s", async (locale, heading) => {
    const { complaints, page } = await openPage(browser, service.url, { locale })
    expect(await page.getByRole("heading", { level: 2 }).first().textContent()).toBe(heading)
    expect(await page.locator("[data-text]").allTextContents()).not.toContain("")
    expect(await page.evaluate("document.documentElement.lang.slice(0, 2)")).toBe(
      locale === "ko-KR" ? "en" : locale.slice(0, 2)
    )
    expect(complaints).toEqual([])
  })
})

describe("the answer at /", () => {
  it("lets nothing run but its own script, and nothing load from elsewhere", async () => {
    const policy = (await service.fetch("/")).headers.get("content-security-policy") ?? ""
    expect(policy).not.toContain("unsafe")
    expect(policy).toMatch(/default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}=';/)
    expect(policy).toContain("connect-src 'self'")
  })

  it("is small", () => {
    expect(gzipSync(builtPage).length).toBeLessThan(60 * 1024)
  })

  it("does not let data end their element", () => {
    const message = "</script><script>alert(1)</script><!-- $& {{lang}}"
    const service = {
      preview: false,
      optimization: false,
      canOptimize: false,
      defaultModel: "",
      sizedModel: "",
      models: [],
      ratios: [],
      formats: false,
      maximumImages: 1,
      maximumSeed: 1,
      freeNeurons: 1
    }
    const html = drawingPage("en", { ...service, problems: [{ variable: "X", message }] }, "A place")
    const [, data = ""] = /<script type="application\/json" id="service">(.*?)<\/script>/.exec(html) ?? []
    expect(JSON.parse(data)).toEqual({ ...service, problems: [{ variable: "X", message }] })
  })
})

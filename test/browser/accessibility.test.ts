import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { desktop, launchBrowser, phone } from "../support/browser.ts"
import { openPage } from "../support/openPage.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

let service: RunningService
let unset: RunningService
let browser: Browser

beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { FLUX_BACKEND: "preview" } })
  unset = await startService({ ai: "rest", vars: { API_KEY: "" } })
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await service?.close()
  await unset?.close()
}, 60_000)

/** The rules of axe-core that the page breaks, each with the elements. */
const violations = async (page: Page): Promise<ReadonlyArray<string>> => {
  await page.evaluate(axe)
  return page.evaluate<Array<string>>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))`
  )
}

const looks: ReadonlyArray<readonly [string, BrowserContextOptions]> = [
  ["desktop, light", { ...desktop, colorScheme: "light" }],
  ["phone, dark", { ...phone, colorScheme: "dark" }]
]

describe.each(looks)("accessibility: %s", { timeout: 30_000 }, (_name, look) => {
  const options = { ...look, reducedMotion: "reduce" } as const

  it("breaks no rule: empty, asking for the key, with an error, with pictures", async () => {
    const { page } = await openPage(browser, service.url, options)
    expect(await violations(page)).toEqual([])
    await page.getByLabel("Prompt", { exact: true }).fill("A lighthouse --steps 400")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByRole("dialog").getByLabel("API key", { exact: true }).fill("sk-wrong")
    await page.getByRole("button", { name: "Save" }).click()
    await page.locator("#key-error:not(:empty)").waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole("dialog").getByLabel("API key", { exact: true }).fill(API_KEY)
    await page.getByRole("button", { name: "Save" }).click()
    await page.getByText("That did not work").waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByLabel("Prompt", { exact: true }).fill("A lighthouse")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByText("Done", { exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  it("breaks no rule as a checklist", async () => {
    const { page } = await openPage(browser, unset.url, options)
    expect(await violations(page)).toEqual([])
  })
})

describe("the keyboard alone", { timeout: 30_000 }, () => {
  it("reaches the prompt, a ratio and the button, and draws", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    const focused = () => page.evaluate<string>("document.activeElement.id || document.activeElement.name")
    const tabTo = async (name: string) => {
      for (let tab = 0; tab < 20 && (await focused()) !== name; tab += 1) await page.keyboard.press("Tab")
      expect(await focused()).toBe(name)
    }
    await tabTo("prompt")
    await page.keyboard.type("A quiet lake")
    await tabTo("ratio")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await tabTo("draw")
    await page.keyboard.press("Enter")
    await page.getByText("512 × 1024 · ").waitFor()
  })
})

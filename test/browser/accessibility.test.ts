import type { Browser, BrowserContextOptions } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { violations } from "../support/axe.ts"
import { desktop, launchBrowser, phone } from "../support/browser.ts"
import { openPage } from "../support/openPage.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

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

const looks: ReadonlyArray<readonly [string, BrowserContextOptions]> = [
  ["desktop, light", { ...desktop, colorScheme: "light" }],
  ["phone, dark", { ...phone, colorScheme: "dark" }],
  ["narrow phone, light", { ...phone, viewport: { width: 320, height: 568 }, colorScheme: "light" }]
]

describe.each(looks)("accessibility: %s", { timeout: 30_000 }, (_name, look) => {
  const options = { ...look, reducedMotion: "reduce" } as const

  it("breaks no rule: empty, asking for the key, with an error, with pictures", async () => {
    const { page } = await openPage(browser, service.url, options)
    expect(await violations(page)).toEqual([])
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByText("Describe the picture first.").waitFor()
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
    await page.getByLabel("Prompt", { exact: true }).fill("A lighthouse 16:9")
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("2")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByRole("img", { name: "A lighthouse" }).nth(1).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole("button", { name: "Settings" }).click()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press("Escape")
    await page.getByLabel("Prompt", { exact: true }).fill("A lighthouse\nA harbour 16:9")
    for (const panel of ["More", "Style", "Shape: 16:9"]) {
      await page.getByRole("button", { name: panel }).click()
      expect(await violations(page)).toEqual([])
    }
    await page.keyboard.press("Escape")
    await page.getByRole("button", { name: "Enlarge: A lighthouse" }).first().click()
    await page.getByRole("dialog", { name: "Enlarge" }).waitFor()
    expect(await violations(page)).toEqual([])
  })

  it("breaks no rule while it draws and when a picture has been deleted", async () => {
    const { page } = await openPage(browser, service.url, { ...options, key: API_KEY })
    const held = Promise.withResolvers<void>()
    await page.route("**/v1/images/generations", (route) => held.promise.then(() => route.continue()))
    await page.getByLabel("Prompt", { exact: true }).fill("A tower")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByRole("button", { name: "Cancel", exact: true }).waitFor()
    expect(await violations(page)).toEqual([])
    held.resolve()
    await page.getByRole("img", { name: "A tower" }).waitFor()
    await page.getByRole("button", { name: "Delete" }).click()
    await page.getByRole("button", { name: "Undo" }).waitFor()
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
    await tabTo("shape")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Shift+Tab")
    for (let tab = 0; tab < 8 && (await focused()) !== "ratio"; tab += 1) await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await tabTo("draw")
    await page.keyboard.press("Enter")
    await page.getByText("512 × 1024 · ").waitFor()
  })
})

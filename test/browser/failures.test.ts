import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { launchBrowser } from "../support/browser.ts"
import { ask, drawButton, pageSizes, pagesOf, rowOf } from "../support/pageSizes.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"
import type { NamedFault } from "../support/workers-ai/faults.ts"

let service: RunningService
let browser: Browser

beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { API_KEY: "", API_KEYS: `family:${API_KEY},guest:sk-guest:40` } })
  browser = await launchBrowser()
}, 60_000)

afterEach(() => service.reset())

afterAll(async () => {
  await browser?.close()
  await service?.close()
}, 60_000)

const failureOf = (page: Page, title = "That did not work") => page.getByRole("alert").filter({ hasText: title })

describe.each(pageSizes)("when drawing fails, on a %s", { timeout: 30_000 }, (name, size) => {
  const open = pagesOf(
    () => browser,
    () => service.url,
    size
  )

  const advice: ReadonlyArray<readonly [NamedFault, RegExp]> = [
    ["nsfwPrompt", /in other words/],
    ["authentication", /not set up properly\. Tell the person who runs it/],
    ["internalError", /failed on Cloudflare’s side/]
  ]

  it.each(advice)(
    "%s: says what a person with a key can do, and draws when it is tried again",
    async (fault, expected) => {
      const { page } = await open({ key: API_KEY })
      service.workersAi.failAlways(fault)
      const prompt = `A cat, ${fault}, ${name}`
      await ask(page, prompt)
      const alert = failureOf(page)
      await alert.waitFor()
      expect(await alert.getByRole("paragraph").first().textContent()).toMatch(expected)
      expect(await alert.getByRole("paragraph").first().textContent()).not.toMatch(/CF_|API_KEY|setting/)
      expect(await alert.locator("details").getAttribute("open")).toBe(null)
      await alert.getByText("Details", { exact: true }).click()
      expect(await alert.locator("details p").first().isVisible()).toBe(true)
      expect(await page.getByRole("img").count()).toBe(0)
      await service.reset()
      await alert.getByRole("button", { name: "Try again" }).click()
      await page.getByRole("img", { name: prompt }).waitFor()
      expect(await alert.count()).toBe(0)
    }
  )

  it("draws only what is missing when some pictures failed", async () => {
    const { page } = await open({ key: API_KEY })
    service.workersAi.failNext("internalError")
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("3")
    const prompt = `A family of the ${name} 16:9`
    await ask(page, prompt)
    const alert = failureOf(page, "1 of 3 pictures is missing")
    await alert.waitFor()
    expect(await page.getByRole("img", { name: prompt }).count()).toBe(2)
    const sent = page.waitForRequest("**/v1/images/generations")
    await alert.getByRole("button", { name: "Try again" }).click()
    expect((await sent).postDataJSON()).toMatchObject({ n: 1 })
    await page.getByRole("img", { name: prompt }).nth(2).waitFor()
    expect(await page.locator(".request").count()).toBe(1)
    expect(await failureOf(page, "missing").count()).toBe(0)
  })

  it("waits for the time that a 429 tells before it can be tried again", async () => {
    const { page } = await open({ key: API_KEY })
    await page.clock.install()
    await page.reload()
    await page.route("**/v1/images/generations", (route) =>
      route.fulfill({
        status: 429,
        headers: { "retry-after": "17", "content-type": "application/json" },
        body: JSON.stringify({ error: { message: "Slowly.", type: "rate_limit_error", code: "rate_limit_exceeded" } })
      })
    )
    await ask(page, `A crowd of the ${name}`)
    const again = failureOf(page).getByRole("button", { name: /^Try again/ })
    await again.waitFor()
    expect(await again.isDisabled()).toBe(true)
    expect(await again.textContent()).toMatch(/^Try again in 1[5-7] sec$/)
    await page.unroute("**/v1/images/generations")
    await page.clock.fastForward(18_000)
    await expect.poll(() => again.isEnabled()).toBe(true)
    await again.click()
    await page.getByRole("img", { name: `A crowd of the ${name}` }).waitFor()
  })

  it("tells a key's own budget as such, with the local time of its renewal", async () => {
    const { page } = await open({ key: "sk-guest", timezoneId: "Asia/Kolkata" })
    await page.getByText("40 of 40 neurons left today").waitFor()
    await ask(page, `A feast of the ${name} 16:9`)
    const alert = failureOf(page)
    await alert.waitFor()
    expect(await alert.textContent()).toMatch(/Your key does not have enough of its budget left.*5:30 AM/)
    expect(await alert.getByRole("button", { name: /^Try again from .*5:30 AM$/ }).isDisabled()).toBe(true)
  })

  it("shows that another model drew, and what the service remarked", async () => {
    const { page } = await open({ key: API_KEY })
    await page.getByRole("button", { name: "More", exact: true }).click()
    await page.getByLabel("Model").selectOption({ label: "flux-1-schnell" })
    const prompt = `A stage of the ${name} 16:9 --steps 40`
    await ask(page, prompt)
    const row = rowOf(page, prompt)
    await row.getByText("Drawn by flux-2-klein-4b: the chosen model can’t do this.").waitFor()
    await row.getByText("Details", { exact: true }).click()
    await row.getByText("40 steps were left out").waitFor()
  })

  it("asks for another key where the one it has is refused, which it notices at load", async () => {
    const { page } = await open({ key: "sk-old" })
    await page.getByText("The service no longer accepts your key.").waitFor()
    await ask(page, `A door of the ${name}`)
    const dialog = page.getByRole("dialog")
    await dialog.getByText("does not know this key").waitFor()
    await dialog.getByLabel("API key", { exact: true }).fill(API_KEY)
    await dialog.getByRole("button", { name: "Save" }).click()
    await page.getByRole("img", { name: `A door of the ${name}` }).waitFor()
    expect(await page.getByText("no longer accepts").isVisible()).toBe(false)
  })

  it("says so where the service can't be reached, and sends the same request again", async () => {
    const { page } = await open({ key: API_KEY })
    const names: Array<string | undefined> = []
    page.on("request", (request) => {
      if (request.method() === "POST") names.push(request.headers()["idempotency-key"])
    })
    await page.context().setOffline(true)
    await ask(page, `A far one of the ${name}`)
    await page.getByText("There is no connection to the service").waitFor()
    await page.context().setOffline(false)
    await page.getByRole("button", { name: "Try again" }).click()
    await page.getByRole("img", { name: `A far one of the ${name}` }).waitFor()
    expect(new Set(names).size).toBe(1)
    expect(names).toHaveLength(2)
  })

  it("refuses a file that is no picture", async () => {
    const { page } = await open({ key: API_KEY })
    const file = { name: "text.png", mimeType: "image/png", buffer: Buffer.from("no picture") }
    await page.locator("#input-file").setInputFiles(file)
    await page.getByText("can’t be read as a picture").waitFor()
    expect(await drawButton(page).isEnabled()).toBe(true)
  })

  it("forgets the key when it is told to", async () => {
    const { page } = await open()
    await page.getByRole("button", { name: "Add API key" }).click()
    await page.getByRole("dialog").getByLabel("API key", { exact: true }).fill(API_KEY)
    await page.getByRole("button", { name: "Save" }).click()
    await page.getByRole("button", { name: "API key", exact: true }).click()
    await page.getByRole("button", { name: "Forget the key" }).click()
    await page.getByRole("button", { name: "Add API key" }).waitFor()
    expect(await page.evaluate("localStorage.length")).toBe(0)
  })
})

describe("when the day's free neurons are used up", { timeout: 30_000 }, () => {
  // The last, for the service remembers it until it is asked again ten minutes later.
  it.each(pageSizes)("tells when there are new ones, in local time: %s", async (name, size) => {
    const { page } = await pagesOf(
      () => browser,
      () => service.url,
      size
    )({ key: API_KEY, timezoneId: "America/New_York" })
    service.workersAi.failAlways("quota")
    await ask(page, `An end of the ${name}`)
    await page.getByText(/Today’s free neurons are used up\. There are new ones at .*[78]:00 PM/).waitFor()
  })
})

import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { launchBrowser } from "../support/browser.ts"
import { openPage } from "../support/openPage.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"
import type { NamedFault } from "../support/workers-ai/faults.ts"

let service: RunningService
let browser: Browser

beforeAll(async () => {
  service = await startService({ ai: "rest" })
  browser = await launchBrowser()
}, 60_000)

afterEach(() => service.reset())

afterAll(async () => {
  await browser?.close()
  await service?.close()
}, 60_000)

const drawCat = async (page: Page): Promise<void> => {
  await page.getByLabel("Prompt", { exact: true }).fill("A cat")
  await page.getByRole("button", { name: "Draw", exact: true }).click()
}

describe("while the page draws", { timeout: 30_000 }, () => {
  it("tells stage, time and estimated cost, picture by picture", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    const [first, second] = [service.workersAi.gate(1), service.workersAi.gate(1)]
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("2")
    await drawCat(page)
    const stage = page.locator("#stage")
    await expect.poll(() => stage.textContent()).toBe("Accepted")
    expect(await page.locator("#cost").textContent()).toBe("about 346 neurons")
    expect(await page.locator("#pictures .waiting").count()).toBe(2)
    const earlier = await page.locator("#elapsed").textContent()
    await expect.poll(() => page.locator("#elapsed").textContent()).not.toBe(earlier)
    first.release()
    await expect.poll(() => stage.textContent()).toBe("Picture 1 of 2")
    second.release()
    await expect.poll(() => stage.textContent()).toBe("Done")
    expect(await page.locator("#pictures .waiting").count()).toBe(0)
    expect(await page.locator("#pictures figcaption").first().textContent()).toContain("about 173 neurons")
  })

  it("stops when it is cancelled, and can draw again", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    const gate = service.workersAi.gate()
    const given = page.waitForEvent("requestfailed")
    await drawCat(page)
    await gate.arrived
    await page.getByRole("button", { name: "Cancel" }).click()
    await expect.poll(() => page.locator("#stage").textContent()).toBe("Cancelled")
    expect(await page.locator("#pictures li").count()).toBe(0)
    expect((await given).failure()?.errorText).toMatch(/ABORTED/)
    gate.release()
    await drawCat(page)
    await page.getByRole("img", { name: "A cat" }).waitFor()
  })

  it("sends what the form says, and nothing that it does not say", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    await page.getByLabel("Model").selectOption({ label: "flux-2-klein-9b" })
    await page.getByLabel("9:16").check()
    await page.getByLabel("Seed").fill("7")
    const sent = page.waitForRequest("**/v1/images/generations")
    await drawCat(page)
    expect((await sent).postDataJSON()).toEqual({
      prompt: "A cat",
      model: "@cf/black-forest-labs/flux-2-klein-9b",
      size: "576x1024",
      seed: 7,
      n: 1,
      stream: true
    })
    await page.getByText("576 × 1024 · flux-2-klein-9b · Seed 7").waitFor()
  })
})

describe("when drawing fails", { timeout: 30_000 }, () => {
  const advice: ReadonlyArray<readonly [NamedFault, RegExp]> = [
    ["nsfwPrompt", /in other words/],
    ["capacity", /Try again in \d+ s/],
    ["authentication", /settings of the Worker \(CF_API_TOKEN\)/],
    ["internalError", /Workers AI failed/]
  ]

  it.each(advice)("%s: says what to do, and draws when it is tried again", async (fault, expected) => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    service.workersAi.failAlways(fault)
    await drawCat(page)
    const alert = page.getByRole("alert").filter({ hasText: "That did not work" })
    await alert.waitFor()
    expect(await alert.textContent()).toMatch(expected)
    expect(await alert.textContent()).toMatch(/Request: req_/)
    expect(await page.locator("#pictures li").count()).toBe(0)
    await service.reset()
    await alert.getByRole("button", { name: "Try again" }).click()
    await page.getByRole("img", { name: "A cat" }).waitFor()
    expect(await page.getByText("That did not work").count()).toBe(0)
  })

  it("asks for another key where the one it has is refused", async () => {
    const { page } = await openPage(browser, service.url, { key: "sk-old" })
    await drawCat(page)
    await page.getByText("does not know this key").waitFor()
    await page.getByRole("button", { name: "Try again" }).click()
    await page.getByRole("dialog").getByLabel("API key", { exact: true }).fill(API_KEY)
    await page.getByRole("button", { name: "Save" }).click()
    await page.getByRole("img", { name: "A cat" }).waitFor()
  })

  it("says so where the service can't be reached", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    await page.context().setOffline(true)
    await drawCat(page)
    await page.getByText("The connection was lost").waitFor()
  })

  it("refuses a file that is no picture", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    const file = { name: "text.png", mimeType: "image/png", buffer: Buffer.from("no picture") }
    await page.locator("#input-file").setInputFiles(file)
    await page.getByText("can't be read as a picture").waitFor()
  })

  it("forgets the key when it is told to", async () => {
    const { page } = await openPage(browser, service.url)
    await page.getByRole("button", { name: "Add API key" }).click()
    await page.getByRole("dialog").getByLabel("API key", { exact: true }).fill(API_KEY)
    await page.getByRole("button", { name: "Save" }).click()
    await page.getByRole("button", { name: "API key", exact: true }).click()
    await page.getByRole("button", { name: "Forget the key" }).click()
    await page.getByRole("button", { name: "Add API key" }).waitFor()
    expect(await page.evaluate("localStorage.length")).toBe(0)
  })

  // The last, for the service remembers it until it is asked again ten minutes later.
  it("tells when the quota of the day is renewed", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    service.workersAi.failAlways("quota")
    await drawCat(page)
    await page.getByText("Draw again after 00:00 UTC").waitFor()
  })
})

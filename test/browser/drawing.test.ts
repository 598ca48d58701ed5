import { execFile } from "node:child_process"
import { promisify } from "node:util"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { launchBrowser, phone } from "../support/browser.ts"
import { openPage } from "../support/openPage.ts"
import { pictureOf } from "../support/pictures.ts"
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

describe("the page of a preview deployment", { timeout: 30_000 }, () => {
  it("draws with nothing but the key, which it asks for once", async () => {
    const { complaints, page } = await openPage(browser, service.url)
    await page.getByLabel("Prompt", { exact: true }).fill("A lighthouse at dusk")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    const dialog = page.getByRole("dialog", { name: "API key" })
    await dialog.getByLabel("API key", { exact: true }).fill(API_KEY)
    await dialog.getByRole("button", { name: "Save" }).click()
    await page.getByRole("img", { name: "A lighthouse at dusk" }).waitFor()
    await page.reload()
    await page.getByLabel("Prompt", { exact: true }).fill("A harbour")
    await page.keyboard.press("Control+Enter")
    await page.getByRole("img", { name: "A harbour" }).waitFor()
    expect(await dialog.isVisible()).toBe(false)
    expect(complaints).toEqual([])
  })

  it("says that its pictures are previews", async () => {
    const { page } = await openPage(browser, service.url)
    expect(await page.getByText("Preview: these pictures").isVisible()).toBe(true)
  })

  it("keeps the pictures over a reload, with all that is known of them", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    await page.getByLabel("Prompt", { exact: true }).fill("A red boat")
    await page.getByLabel("16:9").check()
    await page.getByLabel("Seed").fill("42")
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("2")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByText("Done").waitFor()
    const cards = () => page.locator("#pictures figcaption").allInnerTexts()
    const before = await cards()
    expect(before).toHaveLength(2)
    expect(before[0]).toMatch(/A red boat[\s\S]*1024 × 576 · flux-2-klein-4b · Seed 42[\s\S]*Link works until .*\d/)
    expect(before[1]).toMatch(/Seed 43/)
    await page.reload()
    await page.locator("#pictures img").nth(1).waitFor()
    expect(await cards()).toEqual(before)
    expect(await page.evaluate(`document.querySelector("#pictures img").naturalWidth`)).toBe(1024)
  })

  it("says when a link has expired, and still has the picture", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    await page.clock.install()
    await page.reload()
    await page.getByLabel("Prompt", { exact: true }).fill("A tower")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByText("Link works until").waitFor()
    await page.clock.fastForward("31:00")
    await page.getByText("The link has expired").waitFor()
    expect(await page.getByRole("button", { name: "Copy: Link" }).isVisible()).toBe(false)
    expect(await page.getByRole("link", { name: "Download" }).isVisible()).toBe(true)
  })

  it("copies the link, the markdown and a curl line that works", async () => {
    const { clipboard, page } = await openPage(browser, service.url, { key: API_KEY })
    await page.getByLabel("Prompt", { exact: true }).fill("It's a [cat]; $HOME")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByRole("button", { name: "Copy: Link" }).click()
    await expect.poll(clipboard).toMatch(/^http.*\/image\/[\w-]{22}-\d{10}\.png$/)
    const link = await clipboard()
    expect((await fetch(link)).headers.get("content-type")).toBe("image/png")
    await page.getByRole("button", { name: "Copy: Markdown" }).click()
    await expect.poll(clipboard).toMatch(/^!\[/)
    expect(await clipboard()).toContain(`](${link})`)
    await page.getByRole("button", { name: "Copy: curl" }).click()
    await expect.poll(clipboard).toMatch(/^curl/)
    expect(await clipboard()).not.toContain(API_KEY)
    const { stdout } = await promisify(execFile)("sh", ["-c", await clipboard()], { env: { ...process.env, API_KEY } })
    expect(JSON.parse(stdout)).toMatchObject({ data: [{ url: expect.stringContaining("/image/") }] })
  })

  it("downloads the bytes, enlarges, and deletes", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    await page.getByLabel("Prompt", { exact: true }).fill("A garden")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    const download = page.waitForEvent("download")
    await page.getByRole("link", { name: "Download" }).click()
    expect((await download).suggestedFilename()).toMatch(/^flux-.*\.png$/)
    await page.getByRole("button", { name: "Enlarge: A garden" }).click()
    await page.getByRole("dialog", { name: "Enlarge" }).getByRole("button", { name: "Close" }).click()
    await page.getByRole("button", { name: "Delete" }).click()
    await page.getByText("What you draw appears here").waitFor()
    await page.reload()
    expect(await page.getByText("What you draw appears here").isVisible()).toBe(true)
  })

  it("draws again with the seed that was told", async () => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    await page.getByLabel("Prompt", { exact: true }).fill("A bridge")
    await page.getByLabel("2:1", { exact: true }).check()
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByText("Done").waitFor()
    const seed = /Seed (\d+)/.exec(String(await page.locator("#pictures figcaption").textContent()))?.[1]
    await page.getByRole("button", { name: "Draw again" }).click()
    await page.locator("#pictures figcaption").nth(1).waitFor()
    expect(await page.getByLabel("Seed").inputValue()).toBe(seed)
    expect(await page.locator("#pictures figcaption").allInnerTexts()).toEqual([
      expect.stringContaining(`Seed ${seed}`),
      expect.stringContaining(`Seed ${seed}`)
    ])
  })

  it("speaks German in the dark on a phone, without scrolling sideways", async () => {
    const options = { ...phone, locale: "de-DE", colorScheme: "dark", key: API_KEY } as const
    const { complaints, page } = await openPage(browser, service.url, options)
    await page.getByLabel("Prompt", { exact: true }).fill("Ein Leuchtturm")
    await page.getByRole("button", { name: "Zeichnen", exact: true }).tap()
    await page.getByText("Fertig", { exact: true }).waitFor()
    expect(await page.getByText("Link gültig bis").isVisible()).toBe(true)
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390)
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(23, 21, 19)")
    expect(complaints).toEqual([])
  })

  it.each(["drop", "paste"])("edits a picture that comes by %s", async (way) => {
    const { page } = await openPage(browser, service.url, { key: API_KEY })
    const { base64 } = await pictureOf({ width: 512, height: 256 }, { mediaType: "image/png" })
    const transfer = way === "drop" ? "dataTransfer" : "clipboardData"
    const event = way === "drop" ? "DragEvent" : "ClipboardEvent"
    await page.evaluate(`{
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.fromBase64("${base64}")], "picture.png", { type: "image/png" }))
      document.body.dispatchEvent(new ${event}("${way}", { ${transfer}: data, bubbles: true, cancelable: true }))
    }`)
    await page.locator("#input-name").waitFor()
    await page.getByLabel("Prompt", { exact: true }).fill("Make it night")
    const request = page.waitForRequest("**/v1/images/edits")
    await page.getByRole("button", { name: "Draw", exact: true }).click()
    await page.getByText("Done").waitFor()
    expect((await request).headers()["content-type"]).toContain("multipart/form-data")
    // The shape of the picture that came in.
    expect(await page.locator("#pictures figcaption").textContent()).toContain("1456 × 720")
    await page.getByRole("button", { name: "Remove the picture" }).click()
    expect(await page.locator("#input-hint").isVisible()).toBe(true)
  })
})

import { execFile } from "node:child_process"
import { promisify } from "node:util"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { launchBrowser } from "../support/browser.ts"
import { ask, draw, drawButton, isInView, openMore, pageSizes, pagesOf, promptOf } from "../support/pageSizes.ts"
import { imageOf } from "../support/pictures.ts"
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

describe.each(pageSizes)("the page of a preview deployment, on a %s", { timeout: 30_000 }, (_name, size) => {
  const open = pagesOf(
    () => browser,
    () => service.url,
    size
  )

  it("draws with nothing but the key, which it asks for once", async () => {
    const { complaints, page } = await open()
    await ask(page, "A lighthouse at dusk")
    const dialog = page.getByRole("dialog", { name: "API key" })
    await dialog.locator("input").first().fill(API_KEY)
    await dialog.getByRole("button", { name: "Save" }).click()
    await page.getByRole("img", { name: "A lighthouse at dusk" }).waitFor()
    await page.reload()
    await promptOf(page).fill("A harbour")
    await page.keyboard.press("Control+Enter")
    await page.getByRole("img", { name: "A harbour" }).waitFor()
    expect(await dialog.isVisible()).toBe(false)
    expect(complaints).toEqual([])
  })

  it("has prompt, Draw and cost in reach, and says that previews cost nothing", async () => {
    const { page } = await open({ key: API_KEY })
    for (const each of [promptOf(page), drawButton(page)]) {
      const box = await each.boundingBox()
      expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(size.viewport.height)
    }
    expect(await page.getByText("Preview: the Worker paints").isVisible()).toBe(true)
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(size.viewport.width)
  })

  it("puts an example into the form, and draws nothing before it is asked to", async () => {
    const { page } = await open({ key: API_KEY })
    await page.getByRole("button", { name: "A rocket over the mountains" }).click()
    expect(await promptOf(page).inputValue()).toMatch(/^A rocket/)
    expect(await page.locator(".request").count()).toBe(0)
    expect(await page.getByRole("button", { name: "Shape: 16:9" }).isVisible()).toBe(true)
  })

  it("shows a new picture wherever the page was scrolled to", async () => {
    const { page } = await open({ key: API_KEY })
    for (const prompt of ["One 9:16", "Two", "Three 16:9", "Four"]) {
      await draw(page, prompt)
      expect(await isInView(page, ".request .tile")).toBe(true)
      await page.evaluate("scrollTo(0, document.body.scrollHeight)")
    }
  })

  it("keeps the pictures over a reload, with all that is known of them", async () => {
    const { page } = await open({ key: API_KEY })
    await page.getByRole("button", { name: /^Shape/ }).click()
    await page.getByRole("radio", { name: "16:9", exact: true }).check()
    await openMore(page)
    await page.getByRole("spinbutton", { name: "Seed" }).fill("42")
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("2")
    await ask(page, "A red boat")
    await page.getByRole("img", { name: "A red boat" }).nth(1).waitFor()
    const caption = page.locator(".request .caption")
    await expect.poll(() => caption.innerText()).toMatch(/1024 × 576 · flux-2-klein-4b · Seed 42/)
    const before = await caption.innerText()
    await page.reload()
    await page.getByRole("img", { name: "A red boat" }).nth(1).waitFor()
    await expect.poll(() => caption.innerText()).toBe(before)
    await expect.poll(() => page.evaluate(`document.querySelector(".tile img").naturalWidth`)).toBe(1024)
  })

  it("opens a picture full screen, leafs through them, and copies link, markdown and a curl line that works", async () => {
    const { clipboard, page } = await open({ key: API_KEY })
    await draw(page, "A first one")
    await draw(page, "It's a [cat]; $HOME")
    await page.getByRole("button", { name: "Enlarge: It's a [cat]; $HOME" }).click()
    const viewer = page.getByRole("dialog", { name: "Enlarge" })
    expect((await viewer.boundingBox())?.width).toBe(size.viewport.width)
    await viewer.getByRole("button", { name: "Copy: Link" }).click()
    await expect.poll(clipboard).toMatch(/^http.*\/image\/[\w-]{22}-\d{10}\.png$/)
    const link = await clipboard()
    expect((await fetch(link)).headers.get("content-type")).toBe("image/png")
    await viewer.getByRole("button", { name: "Copy: Markdown" }).click()
    await expect.poll(clipboard).toBe(`![It's a cat ; HOME](${link})`)
    await viewer.getByRole("button", { name: "Copy: curl" }).click()
    await expect.poll(clipboard).toMatch(/^curl/)
    expect(await clipboard()).not.toContain(API_KEY)
    const { stdout } = await promisify(execFile)("sh", ["-c", await clipboard()], { env: { ...process.env, API_KEY } })
    expect(JSON.parse(stdout)).toMatchObject({ data: [{ url: expect.stringContaining("/image/") }] })
    await page.keyboard.press("ArrowRight")
    await viewer.getByRole("img", { name: "A first one" }).waitFor()
    const download = page.waitForEvent("download")
    await viewer.getByRole("link", { name: "Download" }).click()
    expect((await download).suggestedFilename()).toMatch(/^flux-.*\.png$/)
    await viewer.getByRole("button", { name: "Close" }).click()
    expect(await viewer.isVisible()).toBe(false)
  })

  it("says when a link has expired, and still has the picture", async () => {
    const { page } = await open({ key: API_KEY })
    await page.clock.install()
    await page.reload()
    await draw(page, "A tower")
    await page.clock.fastForward("31:00")
    await page.getByRole("button", { name: "Enlarge: A tower" }).click()
    const viewer = page.getByRole("dialog", { name: "Enlarge" })
    await viewer.getByText("The link has expired").waitFor()
    expect(await viewer.getByRole("button", { name: "Copy: Link" }).count()).toBe(0)
    expect(await viewer.getByRole("link", { name: "Download" }).isVisible()).toBe(true)
  })

  it.each(["drop", "paste", "file"])("edits pictures that come by %s, one or several", async (way) => {
    const { page } = await open({ key: API_KEY })
    const { base64 } = await imageOf({ width: 512, height: 256 }, { mediaType: "image/png" })
    const file = { name: "picture.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") }
    const [event, field] = way === "drop" ? ["DragEvent", "dataTransfer"] : ["ClipboardEvent", "clipboardData"]
    if (way === "file") await page.locator("#input-file").setInputFiles([file, file])
    else {
      await page.evaluate(`{
        const data = new DataTransfer()
        for (const name of ["a.png", "b.png"])
          data.items.add(new File([Uint8Array.fromBase64("${base64}")], name, { type: "image/png" }))
        document.body.dispatchEvent(new ${event}("${way}", { ${field}: data, bubbles: true, cancelable: true }))
      }`)
    }
    await page.getByRole("button", { name: "Remove the picture 2" }).waitFor()
    const request = page.waitForRequest("**/v1/images/edits")
    await draw(page, "Make it night")
    expect((await request).headers()["content-type"]).toContain("multipart/form-data")
    // The shape of the picture that came in.
    await page.getByText("1456 × 720").waitFor()
    await page.getByRole("button", { name: "Remove the picture 1" }).click()
    await page.getByRole("button", { name: "Remove the picture", exact: true }).click()
    expect(await page.locator("#inputs").isVisible()).toBe(false)
  })
})

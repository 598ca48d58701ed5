import { execFileSync } from "node:child_process"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { violations } from "../support/axe.ts"
import { launchBrowser } from "../support/browser.ts"
import { fillGallery } from "../support/filledGallery.ts"
import { ask, draw, pageSizes, pagesOf } from "../support/pageSizes.ts"
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

/** Counts from the page's beginning which addresses of pictures hold memory, and when the first picture was there. */
const watchMemory = `{
  const { createObjectURL, revokeObjectURL } = URL
  const live = new Set()
  window.measured = { live, most: 0, first: undefined }
  URL.createObjectURL = (blob) => {
    const address = createObjectURL(blob)
    live.add(address)
    measured.most = Math.max(measured.most, live.size)
    return address
  }
  URL.revokeObjectURL = (address) => {
    live.delete(address)
    revokeObjectURL(address)
  }
  document.addEventListener("load", ({ target }) => {
    if (target instanceof HTMLImageElement) measured.first ??= performance.now()
  }, true)
}`

/** Whether a picture that can be seen is there. */
const inView = `[...document.querySelectorAll(".frame img")].some((img) => {
  const { bottom, top } = img.getBoundingClientRect()
  return img.complete && img.src !== "" && bottom > 0 && top < innerHeight
})`

const tilesIn = (page: Page) => page.locator(".tile")
const enlarge = (page: Page, prompt: string) => page.getByRole("button", { name: `Enlarge: ${prompt}`, exact: true })

describe.each(pageSizes)("the gallery, on a %s", { timeout: 120_000 }, (_name, size) => {
  const open = pagesOf(
    () => browser,
    () => service.url,
    size
  )
  const openFilled = async (count: number) => {
    const opened = await open({ key: API_KEY })
    await fillGallery(opened.page, count)
    await opened.page.reload()
    await tilesIn(opened.page)
      .nth(count - 1)
      .waitFor({ state: "attached" })
    return opened
  }

  it("shows the first of 2,000 pictures soon, and holds only those near the view", async ({ annotate }) => {
    const { complaints, page } = await open({ key: API_KEY })
    await fillGallery(page, 2000)
    await page.addInitScript(watchMemory)
    await page.reload()
    await page.locator(".tile img[src]").first().waitFor()
    await expect.poll(() => page.evaluate("measured.first"), { timeout: 10_000 }).toBeGreaterThan(0)
    const first = await page.evaluate<number>("measured.first")
    await expect.poll(() => tilesIn(page).count(), { timeout: 20_000 }).toBe(2000)
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")
    await page.locator("[data-id='kept1999/0'] img[src]").waitFor()
    const height = await page.evaluate<number>("document.body.scrollHeight")
    for (let step = 10; step >= 0; step -= 1) {
      await page.evaluate(`scrollTo(0, ${(height * step) / 10})`)
      await expect.poll(() => page.evaluate(inView), { timeout: 10_000 }).toBe(true)
    }
    const most = await page.evaluate<number>("measured.most")
    const live = await page.evaluate<number>("measured.live.size")
    await annotate(`The first of 2,000 pictures after ${Math.round(first)} ms, at most ${most} of them in memory`)
    // Far more than it takes, for a machine that does much else.
    expect(first).toBeLessThan(10_000)
    expect(most).toBeLessThan(120)
    expect(live).toBeLessThan(80)
    expect(await page.locator(".frame img[src]").count()).toBe(live)
    // The buttons of rows far away are not there either.
    expect(await page.locator(".request .actions").count()).toBeLessThan(80)
    expect(complaints).toEqual([])
  })

  it("has a heading for each day", async () => {
    const { page } = await openFilled(1)
    await page.evaluate(`(async () => {
      const request = indexedDB.open("flux-pictures")
      const database = await new Promise((done) => { request.onsuccess = () => done(request.result) })
      const store = database.transaction("pictures", "readwrite").objectStore("pictures")
      const all = store.getAll()
      await new Promise((done) => { all.onsuccess = done })
      for (const [days, name] of [[1, "b"], [9, "c"]]) {
        const drawnAt = new Date(Date.now() - days * 86_400_000)
        store.put({ ...all.result[0], id: name + "/0", group: name, drawnAt })
      }
    })()`)
    await page.reload()
    await tilesIn(page).nth(2).waitFor({ state: "attached" })
    const headings = page.locator("#requests").getByRole("heading")
    expect((await headings.allTextContents()).slice(0, 2)).toEqual(["today", "yesterday"])
    expect((await headings.allTextContents())[2]).toMatch(/^\w+, \w+ \d+, 20\d\d$/)
  })

  it("finds pictures by words of the prompt, whatever their accents, and by being favourites", async () => {
    const { page } = await openFilled(24)
    const search = page.getByRole("searchbox", { name: "Search your pictures" })
    await search.fill("CAFE number 5")
    await expect.poll(() => page.getByRole("img").count()).toBe(1)
    await enlarge(page, "A café, number 5").click()
    const viewer = page.getByRole("dialog", { name: "Enlarge" })
    expect(await viewer.getByRole("button", { name: "Next picture" }).isVisible()).toBe(false)
    await viewer.getByRole("button", { name: "Favourite" }).click()
    expect(await viewer.getByRole("button", { name: "Favourite", pressed: true }).isVisible()).toBe(true)
    await viewer.getByRole("button", { name: "Close" }).click()
    await search.fill("no such thing")
    await page.getByText("No picture matches.").waitFor()
    await search.fill("")
    await page.getByRole("button", { name: "Favourites", exact: true }).click()
    await expect.poll(() => page.getByRole("img").count()).toBe(1)
    await page.reload()
    await tilesIn(page).nth(23).waitFor({ state: "attached" })
    await page.getByRole("button", { name: "Favourites", exact: true }).click()
    expect(await page.getByRole("img").count()).toBe(1)
    expect(await violations(page)).toEqual([])
  })

  it("shows what is being drawn, and what failed, whatever is looked for", async () => {
    const { page } = await openFilled(2)
    await page.getByRole("searchbox").fill("harbour")
    const held = Promise.withResolvers<void>()
    await page.route("**/v1/images/generations", (route) => held.promise.then(() => route.continue()))
    await ask(page, "A lighthouse --steps 400")
    await page.getByRole("button", { name: "Cancel", exact: true }).waitFor()
    expect(await page.locator(".tile").count()).toBe(2)
    held.resolve()
    await page.getByText("That did not work").waitFor()
    await page.getByRole("button", { name: "Dismiss" }).click()
    expect(await page.locator(".tile").count()).toBe(1)
    expect(await page.getByText("No picture matches.").isVisible()).toBe(false)
  })

  it("downloads several pictures as an archive, and deletes several with a way back", async () => {
    const { page } = await openFilled(12)
    await page.getByRole("button", { name: "Select", exact: true }).click()
    const chosen = (number: number) => page.locator(`[data-id="kept${number}/0"]`)
    await chosen(1).click()
    await chosen(3).click({ modifiers: ["Shift"] })
    await page.getByText("3 selected").waitFor()
    expect(await page.getByRole("button", { name: "Select: A forest, number 2", pressed: true }).count()).toBe(1)
    expect(await violations(page)).toEqual([])
    const download = page.waitForEvent("download")
    await page.locator("#selected-download").click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(/^flux-[\d-]+\.zip$/)
    const listed = execFileSync("unzip", ["-t", await file.path()], { encoding: "utf8" })
    expect(listed).toContain("No errors detected")
    expect(listed.match(/flux-\d+-1\.png +OK/g)).toHaveLength(3)

    await page.getByRole("button", { name: "Select", exact: true }).click()
    await page.getByRole("button", { name: "All", exact: true }).click()
    await chosen(0).click()
    await page.locator("#selected-delete").click()
    await expect.poll(() => tilesIn(page).count()).toBe(1)
    await page.getByRole("button", { name: "Undo" }).click()
    await expect.poll(() => tilesIn(page).count()).toBe(12)
    await page.reload()
    await tilesIn(page).nth(11).waitFor({ state: "attached" })
    await chosen(5).scrollIntoViewIfNeeded()
    await page.locator(`[data-id="kept5/0"] img[src]`).waitFor()
  })

  it("enlarges a picture by wheel and double click, and leafs by swipe", async () => {
    const { page } = await openFilled(3)
    await enlarge(page, "A harbour, number 1").click()
    const viewer = page.getByRole("dialog", { name: "Enlarge" })
    const img = viewer.getByRole("img")
    const stage = viewer.locator("#viewer-stage")
    const width = async () => (await img.boundingBox())?.width ?? 0
    await viewer.locator("img[src]").waitFor()
    const before = await width()
    await stage.dblclick({ position: { x: 60, y: 90 } })
    expect(await width()).toBeCloseTo(before * 2.5, 0)
    await stage.dblclick({ position: { x: 60, y: 90 } })
    expect(await width()).toBeCloseTo(before, 0)
    if (!size.viewport || !("isMobile" in size)) {
      await stage.hover()
      await page.mouse.wheel(0, -300)
      await expect.poll(width).toBeGreaterThan(before * 2)
      await page.keyboard.press("ArrowRight")
      await viewer.getByRole("img", { name: "A forest, number 2" }).waitFor()
      await expect.poll(width).toBeCloseTo(before, 0)
      await page.keyboard.press("ArrowLeft")
    }
    const box = await stage.boundingBox()
    const y = (box?.y ?? 0) + (box?.height ?? 0) / 2
    await page.mouse.move(300, y)
    await page.mouse.down()
    await page.mouse.move(120, y, { steps: 4 })
    await page.mouse.up()
    await viewer.getByRole("img", { name: "A forest, number 2" }).waitFor()
  })

  it("enlarges a picture with two fingers", async () => {
    const { page } = await openFilled(1)
    await enlarge(page, "A lighthouse, number 0").click()
    const img = page.getByRole("dialog", { name: "Enlarge" }).getByRole("img")
    const width = async () => (await img.boundingBox())?.width ?? 0
    const before = await width()
    await page.evaluate(`{
      const stage = document.getElementById("viewer-stage")
      stage.setPointerCapture = () => undefined
      const touch = (type, pointerId, clientX) =>
        stage.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY: 200, pointerType: "touch" }))
      touch("pointerdown", 1, 100)
      touch("pointerdown", 2, 200)
      touch("pointermove", 2, 300)
      touch("pointerup", 1, 100)
      touch("pointerup", 2, 300)
    }`)
    expect(await width()).toBeCloseTo(before * 2, 0)
  })

  it("copies the picture itself, and offers the share sheet where there is one", async () => {
    const { page } = await open({ key: API_KEY })
    await page.addInitScript(`{
      navigator.canShare = ({ files }) => files[0].type.startsWith("image/")
      navigator.share = async (data) => { window.shared = data.files[0].name + " " + data.text }
    }`)
    await page.reload()
    await draw(page, "A clock")
    await enlarge(page, "A clock").click()
    const viewer = page.getByRole("dialog", { name: "Enlarge" })
    await viewer.getByRole("button", { name: "Copy: Picture" }).click()
    await page.getByText("Copied", { exact: true }).waitFor()
    // It can be seen, and is not behind what is open.
    expect(
      await page.evaluate(`{
      const { x, y } = document.getElementById("toast").getBoundingClientRect()
      document.elementFromPoint(x + 20, y + 10)?.closest("#toast") !== null
    }`)
    ).toBe(true)
    const types = `navigator.clipboard.read().then(([item]) => item.types.join())`
    expect(await page.evaluate(types)).toContain("image/png")
    await viewer.getByRole("button", { name: "Share" }).click()
    await expect.poll(() => page.evaluate("window.shared")).toMatch(/^flux-\d+-1\.png A clock$/)
  })

  it("can be used by keys", async () => {
    const { page } = await openFilled(4)
    await page.keyboard.press("?")
    const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" })
    await keys.getByText("Delete").first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    expect(await page.evaluate("document.activeElement.id")).toBe("prompt")
    await page.keyboard.type("d/?")
    expect(await page.getByLabel("Prompt", { exact: true }).inputValue()).toBe("d/?")
    await enlarge(page, "A lighthouse, number 0").focus()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("f")
    const focused = () => page.evaluate("document.activeElement.dataset.id")
    expect(await focused()).toBe("kept1/0")
    await expect.poll(() => page.locator(".favourite").count()).toBe(1)
    await page.keyboard.press("Enter")
    const viewer = page.getByRole("dialog", { name: "Enlarge" })
    await viewer.getByRole("button", { name: "Favourite", pressed: true }).waitFor()
    await page.keyboard.press("ArrowRight")
    await viewer.getByRole("img", { name: "A forest, number 2" }).waitFor()
    const download = page.waitForEvent("download")
    await page.keyboard.press("d")
    expect((await download).suggestedFilename()).toMatch(/^flux-\d+-1\.png$/)
    await page.keyboard.press("Escape")
    await expect.poll(focused).toBe("kept2/0")
    await page.keyboard.press("Delete")
    await expect.poll(() => tilesIn(page).count()).toBe(3)
    expect(await focused()).toBe("kept3/0")
    await page.keyboard.press("e")
    await page.getByRole("button", { name: "Remove the picture" }).waitFor()
    expect(await page.evaluate("document.activeElement.id")).toBe("prompt")
    await enlarge(page, "A red fox, number 3").press("Enter")
    await viewer.getByRole("button", { name: "Use prompt" }).click()
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(await page.evaluate("document.activeElement.id")).toBe("prompt")
  })

  it("keeps what an older page has kept", async () => {
    const { page } = await open()
    const old = await page.context().newPage()
    await page.goto(`${service.url}/docs`)
    await old.goto(`${service.url}/docs`)
    await old.evaluate(`(async () => {
      const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result) })
      await done(indexedDB.deleteDatabase("flux-pictures"))
      const request = indexedDB.open("flux-pictures", 1)
      request.onupgradeneeded = () => {
        request.result.createObjectStore("pictures", { keyPath: "id" })
        request.result.createObjectStore("inputs")
      }
      const database = await done(request)
      const canvas = new OffscreenCanvas(64, 64)
      canvas.getContext("2d").fillRect(0, 0, 64, 64)
      const blob = await canvas.convertToBlob()
      const transaction = database.transaction("pictures", "readwrite")
      transaction.objectStore("pictures").put({
        id: "old/0", group: "old", index: 0, blob, size: "64x64", model: "m", neurons: 1, drawnAt: new Date(),
        request: { prompt: "An old one", n: 1, improve: false, inputs: [] }
      })
      await new Promise((resolve) => { transaction.oncomplete = resolve })
      database.close()
    })()`)
    await old.goto(service.url)
    await old.locator("[data-id='old/0'] img[src]").waitFor()
    expect(await old.evaluate(`document.querySelector(".tile img").naturalWidth`)).toBe(64)
  })
})

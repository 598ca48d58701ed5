import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { launchBrowser } from "../support/browser.ts"
import { ask, draw, drawButton, pageSizes, pagesOf, rowOf } from "../support/pageSizes.ts"
import { imageOf } from "../support/pictures.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

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

const neuronsUsed = async (): Promise<number> => {
  const response = await service.fetch("/v1/usage", { headers: { authorization: `Bearer ${API_KEY}` } })
  // The cast: this is the answer of GET /v1/usage, whose own tests hold its shape.
  return ((await response.json()) as { neurons: number }).neurons
}

const cancelIn = (page: Page, prompt: string) =>
  rowOf(page, prompt).getByRole("button", { name: "Cancel", exact: true })

const pending = (page: Page) => page.evaluate<string | null>(`localStorage.getItem("flux-jobs")`)

describe.each(pageSizes)("a drawing, on a %s", { timeout: 30_000 }, (name, size) => {
  const open = pagesOf(
    () => browser,
    () => service.url,
    size
  )

  it("is a job, which a reload takes up again", async () => {
    const { complaints, page } = await open({ key: API_KEY })
    const gate = service.workersAi.gate()
    const request = page.waitForRequest("**/v1/images/generations")
    await ask(page, `A cat of the ${name}`)
    expect((await request).headers()).toMatchObject({ prefer: "respond-async" })
    await gate.arrived
    await expect.poll(() => pending(page)).toContain("job_")
    await page.reload()
    await rowOf(page, `A cat of the ${name}`).getByText("Drawing").waitFor()
    gate.release()
    await page.getByRole("img", { name: `A cat of the ${name}` }).waitFor()
    await expect.poll(() => pending(page)).toBe(null)
    await page.reload()
    await page.getByRole("img", { name: `A cat of the ${name}` }).waitFor()
    expect(await page.getByRole("img").count()).toBe(1)
    expect(service.workersAi.calls).toHaveLength(1)
    expect(complaints).toEqual([])
  })

  it("is not lost with the key, and taken up with another one", async () => {
    const { page } = await open()
    await page.evaluate(`localStorage.setItem("flux-api-key", "${API_KEY}")`)
    await page.reload()
    const gate = service.workersAi.gate()
    const prompt = `A key of the ${name}`
    await ask(page, prompt)
    await gate.arrived
    await expect.poll(() => pending(page)).toContain("job_")
    await page.evaluate(`localStorage.setItem("flux-api-key", "sk-old")`)
    await page.reload()
    const dialog = page.getByRole("dialog")
    await dialog.locator("input").first().fill(API_KEY)
    gate.release()
    await dialog.getByRole("button", { name: "Save" }).click()
    await page.getByRole("img", { name: prompt }).waitFor()
    expect(service.workersAi.calls).toHaveLength(1)
  })

  it("does not keep others from beginning", async () => {
    const { page } = await open({ key: API_KEY })
    const gates = [service.workersAi.gate(1), service.workersAi.gate(1)]
    await ask(page, `A slow one of the ${name}`)
    await gates[0]?.arrived
    expect(await drawButton(page).isEnabled()).toBe(true)
    await ask(page, `A quick one of the ${name}`)
    await gates[1]?.arrived
    gates[1]?.release()
    await page.getByRole("img", { name: `A quick one of the ${name}` }).waitFor()
    expect(await cancelIn(page, `A slow one of the ${name}`).isVisible()).toBe(true)
    gates[0]?.release()
    await page.getByRole("img", { name: `A slow one of the ${name}` }).waitFor()
  })

  it("takes what was drawn when it is cancelled, and says what was billed", async () => {
    const { page } = await open({ key: API_KEY })
    const before = await neuronsUsed()
    const gate = service.workersAi.gate()
    const prompt = `A dog of the ${name}`
    await ask(page, prompt)
    await gate.arrived
    const deleted = page.waitForRequest((request) => request.method() === "DELETE")
    await cancelIn(page, prompt).click()
    await deleted
    gate.release()
    const told = rowOf(page, prompt).getByText("Cancelled. 1 of 1 had begun and was finished")
    await told.waitFor()
    expect(await page.getByRole("img", { name: prompt }).isVisible()).toBe(true)
    const billed = Number(/about ([\d.]+) neurons/.exec((await told.textContent()) ?? "")?.[1])
    await expect.poll(async () => Math.round((await neuronsUsed()) - before)).toBe(Math.round(billed))
    await page.reload()
    await page.getByRole("img", { name: prompt }).waitFor()
  })

  it("is not begun where it is cancelled while it waits for its turn, and nothing is billed", async () => {
    const { page } = await open({ key: API_KEY })
    const gate = service.workersAi.gate()
    for (const number of [1, 2, 3, 4]) await ask(page, `Picture ${number} of the ${name}`)
    await ask(page, `One too many of the ${name}`)
    await rowOf(page, `One too many of the ${name}`).getByText("Waiting for its turn").waitFor()
    await cancelIn(page, `One too many of the ${name}`).click()
    await rowOf(page, `One too many of the ${name}`).getByText("Cancelled. Nothing was billed.").waitFor()
    gate.release()
    await page.getByRole("img").nth(3).waitFor()
    expect(service.workersAi.calls).toHaveLength(4)
  })

  it("goes on over a broken connection", async () => {
    const { page } = await open({ key: API_KEY })
    const gate = service.workersAi.gate()
    const prompt = `A boat of the ${name}`
    let broken = 0
    await page.route("**/v1/jobs/*", (route) => (broken++ === 0 ? route.abort() : route.continue()))
    await ask(page, prompt)
    await gate.arrived
    gate.release()
    await page.getByRole("img", { name: prompt }).waitFor()
    expect(broken).toBeGreaterThan(1)
    expect(service.workersAi.calls).toHaveLength(1)
  })

  it("shows its picture in another tab, and is followed by one of them only", async () => {
    const { page } = await open({ key: API_KEY })
    const gate = service.workersAi.gate()
    const prompt = `A bird of the ${name}`
    await ask(page, prompt)
    await gate.arrived
    await expect.poll(() => pending(page)).toContain("job_")
    const other = await page.context().newPage()
    await other.goto(service.url)
    expect(await other.getByRole("button", { name: "Cancel" }).count()).toBe(0)
    gate.release()
    await other.getByRole("img", { name: prompt }).waitFor()
    await page.getByRole("img", { name: prompt }).waitFor()
    await rowOf(other, prompt).getByRole("button", { name: "Delete" }).click()
    await page.getByRole("img", { name: prompt }).waitFor({ state: "detached" })
  })

  it("tells its stage, time, and what is usual, and the tab's title", async () => {
    const { page } = await open({ key: API_KEY })
    await page.addInitScript(`localStorage.setItem("flux-waits", '{"@cf/black-forest-labs/flux-1-schnell":8000}')`)
    await page.reload()
    const gate = service.workersAi.gate()
    const prompt = `A tree of the ${name}`
    await ask(page, prompt)
    const row = rowOf(page, prompt)
    await row.getByText("Drawing").waitFor()
    expect(await row.locator("progress").getAttribute("value")).toBe(null)
    expect(await row.locator(".elapsed").textContent()).toMatch(/^\d+ sec · usually about 8 sec$/)
    expect(await page.title()).toMatch(/^\(1\) Drawing/)
    gate.release()
    await page.getByRole("img", { name: prompt }).waitFor()
    await expect.poll(() => page.title()).toBe("Flux API Worker")
  })

  it("counts the pictures where there are several", async () => {
    const { page } = await open({ key: API_KEY })
    const gates = [service.workersAi.gate(1), service.workersAi.gate(1)]
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("2")
    const prompt = `Two of the ${name}`
    await ask(page, prompt)
    await Promise.all(gates.map(({ arrived }) => arrived))
    expect(await page.locator(".waiting").count()).toBe(2)
    gates[0]?.release()
    await rowOf(page, prompt).getByText("Picture 1 of 2").waitFor()
    expect(await rowOf(page, prompt).locator("progress").getAttribute("value")).toBe("1")
    gates[1]?.release()
    await page.getByRole("img", { name: prompt }).nth(1).waitFor()
  })

  it("offers a notification once", async () => {
    const { page } = await open({ key: API_KEY })
    await page.addInitScript(`{
      Object.defineProperty(Notification, "permission", { value: "default" })
      Notification.requestPermission = async () => "granted"
    }`)
    await page.reload()
    const gate = service.workersAi.gate()
    await ask(page, `A bell of the ${name}`)
    await page.getByRole("button", { name: "Notify me when it’s done" }).click()
    gate.release()
    await page.getByRole("img").waitFor()
    const again = service.workersAi.gate()
    await ask(page, `A second bell of the ${name}`)
    await again.arrived
    expect(await page.getByRole("button", { name: "Notify me when it’s done" }).count()).toBe(0)
    again.release()
    await page.getByRole("img").nth(1).waitFor()
  })

  it("is shown although the browser can't keep it, and is not drawn anew", async () => {
    const { page } = await open({ key: API_KEY })
    await page.addInitScript(`IDBObjectStore.prototype.put = function () {
      throw new DOMException("The disk is full.", "QuotaExceededError")
    }`)
    await page.reload()
    const prompt = `A full house of the ${name}`
    await draw(page, prompt)
    await page.getByText("This browser has no room to keep it. Download it now.").waitFor()
    expect(await rowOf(page, prompt).getByRole("link", { name: "Download" }).isVisible()).toBe(true)
    expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0)
    expect(service.workersAi.calls).toHaveLength(1)
  })

  it("is taken from the job where there is no link to it", async () => {
    const { page } = await open({ key: API_KEY })
    const { base64 } = await imageOf({ width: 64, height: 64 }, { mediaType: "image/png" })
    const job = { id: "job_unstored", object: "generation.job", status: "running", neurons: 10 }
    const ready = { type: "image_ready", index: 0, size: "64x64", model: "m", neurons: 10 }
    const events = [ready, { type: "completed" }].map((event, id) => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`)
    const result = { data: [{ b64_json: base64 }], warnings: ["The picture could not be stored."] }
    await page.route("**/v1/images/generations", (route) => route.fulfill({ status: 202, json: job }))
    await page.route("**/v1/jobs/*", async (route) =>
      (await route.request().headerValue("accept"))?.includes("event-stream")
        ? route.fulfill({ contentType: "text/event-stream", body: events.join("") })
        : route.fulfill({ json: { ...job, status: "completed", result } })
    )
    const prompt = `A stray of the ${name}`
    await draw(page, prompt)
    await page.getByText("There is no link to this picture.").waitFor()
    await page.reload()
    await page.getByRole("img", { name: prompt }).waitFor()
  })
})

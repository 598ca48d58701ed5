import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { launchBrowser } from "../support/browser.ts"
import { draw, pageSizes, pagesOf } from "../support/pageSizes.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

let service: RunningService
let browser: Browser

beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { FLUX_BACKEND: "preview", TITLE: "The Millers' pictures" } })
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await service?.close()
}, 60_000)

const ground = (page: Page) => page.evaluate<string>("getComputedStyle(document.body).backgroundColor")

const dark = "rgb(23, 21, 19)"
const light = "rgb(250, 248, 245)"

describe.each(pageSizes)("the page as an app, on a %s", { timeout: 30_000 }, (_name, size) => {
  const open = pagesOf(
    () => browser,
    () => service.url,
    size
  )

  it("has the name of the place, and a manifest that a browser reads without complaint", async () => {
    const { complaints, page } = await open()
    expect(await page.title()).toBe("The Millers' pictures")
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("The Millers' pictures")
    const session = await page.context().newCDPSession(page)
    const { data, errors } = await session.send("Page.getAppManifest")
    expect(errors).toEqual([])
    expect(JSON.parse(data ?? "{}")).toMatchObject({ name: "The Millers' pictures" })
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(size.viewport.width)
    expect(complaints).toEqual([])
  })

  it("opens without a network, with the pictures that were drawn, and keeps nothing of the API", async () => {
    const { page } = await open({ key: API_KEY })
    await page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    await draw(page, "A harbour to keep")
    await page.reload()
    await page.getByRole("img", { name: "A harbour to keep" }).waitFor()
    const stored = await page.evaluate<ReadonlyArray<string>>(
      `caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).then((lists) => lists.flat())`
    )
    expect([...stored].sort()).toEqual(["/", "/icon.png", "/icon.svg", "/manifest.webmanifest"])
    await page.context().setOffline(true)
    await page.reload()
    await page.getByRole("img", { name: "A harbour to keep" }).waitFor()
    expect(await page.locator("#offline").isVisible()).toBe(true)
    expect(await page.evaluate(`document.querySelector(".tile img").decode().then(() => true)`)).toBe(true)
    expect(await page.evaluate(`fetch("/v1/models").then(() => "answered", () => "no network")`)).toBe("no network")
    await page.context().setOffline(false)
    await expect.poll(() => page.locator("#offline").isVisible()).toBe(false)
  })

  it("is light or dark as the user says, whatever the system is, and stays so", async () => {
    const { page } = await open({ colorScheme: "light" })
    const choose = async (theme: string) => {
      await page.getByRole("button", { name: "Settings" }).click()
      const dialog = page.getByRole("dialog", { name: "Settings" })
      await dialog.getByLabel("Appearance").selectOption({ label: theme })
      await dialog.getByRole("button", { name: "Close" }).click()
    }
    expect(await ground(page)).toBe(light)
    await choose("Dark")
    expect(await ground(page)).toBe(dark)
    await page.reload()
    expect(await ground(page)).toBe(dark)
    expect(await page.evaluate("getComputedStyle(document.documentElement).colorScheme")).toBe("dark")
    await page.emulateMedia({ colorScheme: "dark" })
    await choose("Light")
    expect(await ground(page)).toBe(light)
    await choose("Automatic")
    expect(await ground(page)).toBe(dark)
  })

  it("speaks the language that is chosen, and again the browser's own", async () => {
    const { complaints, page } = await open()
    await page.getByRole("button", { name: "Settings" }).click()
    await page.getByLabel("Language").selectOption({ label: "Deutsch" })
    await page.getByRole("button", { name: "Erstellen", exact: true }).waitFor()
    expect(await page.evaluate("document.documentElement.lang")).toBe("de")
    await page.reload()
    await page.getByRole("button", { name: "Einstellungen" }).click()
    await page.getByLabel("Sprache").selectOption({ label: "Automatisch" })
    await page.getByRole("button", { name: "Draw", exact: true }).waitFor()
    expect(complaints).toEqual([])
  })

  it("offers to be installed where the browser lets it", async () => {
    const { page } = await open()
    await page.getByRole("button", { name: "Settings" }).click()
    const install = page.getByRole("button", { name: "Install as an app" })
    expect(await install.isVisible()).toBe(false)
    await page.evaluate(`{
      const event = new Event("beforeinstallprompt", { cancelable: true })
      event.prompt = () => { document.body.dataset.prompted = "yes" }
      dispatchEvent(event)
    }`)
    await install.click()
    expect(await page.evaluate("document.body.dataset.prompted")).toBe("yes")
    expect(await install.isVisible()).toBe(false)
  })
})

import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { chatClients } from "../../src/http/page/clients.ts"
import { violations } from "../support/axe.ts"
import { launchBrowser } from "../support/browser.ts"
import { draw, pageSizes, pagesOf } from "../support/pageSizes.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

let service: RunningService
let unset: RunningService
let browser: Browser

beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { API_KEYS: "anna:sk-a n+n/a:500,ben:sk-ben" } })
  unset = await startService({ ai: "rest", vars: { API_KEY: "" } })
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await service?.close()
  await unset?.close()
}, 60_000)

const storedKey = `localStorage.getItem("flux-api-key")`

describe.each(pageSizes)("what an owner has for the family, on a %s", { timeout: 30_000 }, (name, size) => {
  const open = pagesOf(
    () => browser,
    () => service.url,
    size
  )
  const openFromMenu = async (item: string, options: Parameters<typeof open>[0] = {}) => {
    const opened = await open({ key: API_KEY, ...options })
    await opened.page.getByRole("button", { name: "Menu" }).click()
    await opened.page.getByRole("button", { name: item }).click()
    return { ...opened, sheet: opened.page.getByRole("dialog", { name: item }) }
  }

  it("has a menu that closes by Escape and by a click elsewhere", async () => {
    const { page } = await open({ key: API_KEY })
    const menu = page.getByRole("button", { name: "Menu" })
    const item = page.getByRole("button", { name: "Usage" })
    await menu.click()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press("Escape")
    expect(await item.isVisible()).toBe(false)
    expect(await page.evaluate("document.activeElement.id")).toBe("menu-button")
    await menu.click()
    await page.getByRole("heading", { level: 1 }).click()
    expect(await item.isVisible()).toBe(false)
  })

  it("makes an invite link, whose key is out of the address before anything is asked", async () => {
    const { clipboard, page, sheet } = await openFromMenu("Invite link")
    expect(await sheet.textContent()).not.toContain(API_KEY)
    await sheet.locator("input").fill("sk-a n+n/a")
    await sheet.getByRole("button", { name: "Copy: Invite link" }).click()
    await expect.poll(clipboard).toBe(`${service.url}/#key=sk-a%20n%2Bn%2Fa`)
    expect(await violations(page)).toEqual([])

    const invited = await open()
    await invited.page.addInitScript(`addEventListener("DOMContentLoaded", () => { window.address = location.href })`)
    const asked: Array<string> = []
    invited.page.on("request", (request) => asked.push(request.url() + (request.headers().referer ?? "")))
    await invited.page.goto("about:blank")
    await invited.page.goto(await clipboard())
    expect(await invited.page.evaluate("window.address")).toBe(`${service.url}/`)
    await expect.poll(() => invited.page.evaluate(storedKey)).toBe("sk-a n+n/a")
    await invited.page.reload()
    await draw(invited.page, `A gift of the ${name}`)
    expect(asked.join()).not.toContain("sk-a")
    await invited.page.goBack()
    await invited.page.goForward()
    expect(await invited.page.evaluate("location.href")).toBe(`${service.url}/`)
  })

  it("does not change the key of a browser that has one without being told to", async () => {
    const { page } = await open()
    await page.evaluate(`localStorage.setItem("flux-api-key", "${API_KEY}")`)
    await page.reload()
    await page.evaluate(`location.hash = "#key=sk-ben"`)
    const dialog = page.getByRole("dialog", { name: "API key" })
    await dialog.getByText("This link brings another key.").waitFor()
    expect(await page.evaluate("location.hash")).toBe("")
    await dialog.getByRole("button", { name: "Cancel" }).click()
    expect(await page.evaluate(storedKey)).toBe(API_KEY)
    await page.evaluate(`location.hash = "#key=sk-ben"`)
    await dialog.getByRole("button", { name: "Save" }).click()
    await expect.poll(() => page.evaluate(storedKey)).toBe("sk-ben")
  })

  it("says that an invited key is not accepted", async () => {
    const { page } = await open()
    await page.goto("about:blank")
    await page.goto(`${service.url}/#key=sk-wrong`)
    await page.getByText("The service no longer accepts your key.").waitFor()
  })

  it("says for each chat program what to enter, with the key only in the clipboard", async () => {
    const { clipboard, page, sheet } = await openFromMenu("Connect your chat app")
    const copied = async (field: string) => {
      await sheet.getByRole("button", { name: `Copy: ${field}`, exact: true }).click()
      await expect.poll(clipboard).not.toBe("")
      const text = await clipboard()
      await page.evaluate(`navigator.clipboard.writeText("")`)
      return text
    }
    expect(await copied("Address")).toBe(service.url)
    expect(await copied("OpenAI API Key")).toBe(API_KEY)
    expect(await copied("Model")).toBe("-all,+flux-1-schnell@OpenAI,+klein@OpenAI")
    for (const { addressField, configuration, keyField, name, path } of chatClients) {
      await sheet.getByRole("combobox", { name: "App" }).selectOption(name)
      expect(await sheet.innerText()).not.toContain(API_KEY)
      if (configuration) {
        expect(JSON.parse(await copied(name))).toEqual(configuration(service.url + path, API_KEY))
      } else {
        expect(await copied(addressField ? `Address (${addressField})` : "Address")).toBe(service.url + path)
        expect(await copied(keyField)).toContain(API_KEY)
      }
    }
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(size.viewport.width)
  })

  it("tells the owner what every key has used in 31 days, as bars and as a table", async () => {
    const { page } = await open({ key: "sk-ben" })
    await draw(page, `A bill of the ${name}`)
    const owner = await openFromMenu("Usage")
    const cards = owner.sheet.locator(".usage")
    await cards.nth(2).waitFor()
    expect(await cards.getByRole("heading").allTextContents()).toEqual(["default", "anna", "ben"])
    expect(await cards.nth(1).innerText()).toMatch(/[\d.]+ of 500 neurons left today/)
    await expect.poll(() => cards.nth(2).innerText()).toMatch(/^ben\n+[\d.]+ neurons used today/)
    expect(await cards.nth(2).locator("rect").count()).toBe(1)
    await cards.nth(2).getByText("Details").click()
    expect(await cards.nth(2).getByRole("columnheader").allTextContents()).toEqual([
      "day",
      "Pictures",
      "Neurons",
      "US$"
    ])
    expect(await cards.nth(2).getByRole("cell").first().textContent()).toMatch(/^\w+ \d+, 20\d\d$/)
    expect(await violations(owner.page)).toEqual([])
    expect(owner.complaints).toEqual([])
  })

  it("tells others what their own key has used", async () => {
    const { sheet } = await openFromMenu("Usage", { key: "sk-ben" })
    const cards = sheet.locator(".usage")
    await cards.first().waitFor()
    expect(await cards.getByRole("heading").allTextContents()).toEqual(["ben"])
  })

  it("says what is wrong where the use can't be told", async () => {
    const { sheet } = await openFromMenu("Usage", { key: "sk-nobody" })
    await sheet.getByText("The service does not know this key.").waitFor()
  })

  it("makes a key for a service that has none", async () => {
    const { clipboard, page } = await pagesOf(
      () => browser,
      () => unset.url,
      size
    )()
    await page.getByRole("button", { name: "Make a key" }).click()
    await page.getByRole("button", { name: "Copy: API key" }).click()
    await expect.poll(clipboard).toMatch(/^sk-[\da-f]{64}$/)
    expect(await page.locator("#setup-list").innerText()).toContain(await clipboard())
    expect(await violations(page)).toEqual([])
    expect(await page.getByRole("button", { name: "Menu" }).isVisible()).toBe(false)
  })
})

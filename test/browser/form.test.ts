import type { Browser } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import type { ImageSize } from "../../src/domain/ImageSize.ts"
import { models } from "../../src/domain/ModelCatalogue.ts"
import { launchBrowser } from "../support/browser.ts"
import { ask, draw, drawButton, openMore, pageSizes, pagesOf, promptOf, rowOf } from "../support/pageSizes.ts"
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

const square = { width: 1024, height: 1024 }
const wide = { width: 1024, height: 576 }

/** What the catalogue says that pictures cost, as the page writes it. */
const price = (name: string, size: ImageSize, n = 1): string => {
  const model = models.find(({ id }) => id.endsWith(`/${name}`))
  const neurons = n * (model?.neurons({ size, steps: model.steps?.default ?? 0, inputs: [] }) ?? 0)
  return neurons.toLocaleString("en", neurons < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 })
}

describe.each(pageSizes)("the form, on a %s", { timeout: 30_000 }, (name, size) => {
  const open = pagesOf(
    () => browser,
    () => service.url,
    size
  )

  it("sends what it says, and nothing that it does not say", async () => {
    const { page } = await open({ key: API_KEY })
    await openMore(page)
    await page.getByLabel("Model").selectOption({ label: "flux-2-klein-9b" })
    await page.getByRole("spinbutton", { name: "Seed" }).fill("7")
    await page.getByRole("button", { name: /^Shape/ }).click()
    await page.getByRole("radio", { name: "9:16" }).check()
    const sent = page.waitForRequest("**/v1/images/generations")
    await ask(page, "A cat")
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

  it("says beside Draw what it costs, and at the top what is left", async () => {
    const { page } = await open({ key: API_KEY })
    const cost = page.locator("#cost")
    expect(await cost.textContent()).toMatch(
      new RegExp(`^≈ ${price("flux-1-schnell", square)} neurons, [\\d.]+% of today$`)
    )
    await promptOf(page).fill("A cat 16:9")
    expect(await cost.textContent()).toContain(`≈ ${price("flux-2-klein-4b", wide)} neurons`)
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("3")
    expect(await cost.textContent()).toContain(`≈ ${price("flux-2-klein-4b", wide, 3)} neurons`)
    expect(await drawButton(page).isVisible()).toBe(true)
    const left = page.getByText(/^[\d,.]+ of 10,000 neurons left today$/)
    const before = await left.textContent()
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("1")
    await draw(page, `A price of the ${name} 16:9`)
    await expect.poll(() => left.textContent()).not.toBe(before)
  })

  it("follows the ratio of the prompt with its chip, and says which model would draw", async () => {
    const { page } = await open({ key: API_KEY })
    await openMore(page)
    const model = page.getByLabel("Model")
    await expect.poll(() => model.textContent()).toContain("Automatic (flux-1-schnell)")
    for (const prompt of ["A cat 21:9", "A cat, 21:9.", "A cat --ar 21:9", "A cat 21:9 --seed 4"]) {
      await promptOf(page).fill(prompt)
      expect(await page.getByRole("button", { name: "Shape: 21:9" }).isVisible()).toBe(true)
      expect(await model.textContent()).toContain("Automatic (flux-2-klein-4b)")
    }
    await promptOf(page).fill("The clock says 10:30")
    expect(await page.getByRole("button", { name: "Shape: Auto" }).isVisible()).toBe(true)
    await model.selectOption({ label: "flux-2-klein-4b" })
    expect(await page.locator("#model-line").textContent()).toMatch(
      new RegExp(`cheaper than schnell.*every shape.*about ${price("flux-2-klein-4b", square)} neurons`)
    )
    await model.selectOption({ label: "flux-1-schnell" })
    await promptOf(page).fill("A cat 16:9")
    expect(await page.locator("#model-line").textContent()).toContain("This will be drawn by flux-2-klein-4b.")
  })

  it("refuses numbers out of range with a word, and changes none of them", async () => {
    const { page } = await open({ key: API_KEY })
    await promptOf(page).fill("A cat")
    const alert = page.getByRole("alert").filter({ hasText: /./ })
    const images = page.getByRole("spinbutton", { name: "Pictures" })
    for (const wrong of ["0", "50", "-1", "2.5"]) {
      await images.fill(wrong)
      await drawButton(page).click()
      expect(await alert.textContent()).toBe("From 1 to 10 pictures at a time.")
      expect(await images.inputValue()).toBe(wrong)
      expect(await page.evaluate("document.activeElement.id")).toBe("number")
    }
    await images.fill("1")
    await openMore(page)
    const seed = page.getByRole("spinbutton", { name: "Seed" })
    for (const wrong of ["-5", "4294967296", "1.5"]) {
      await seed.fill(wrong)
      await drawButton(page).click()
      expect(await alert.textContent()).toMatch(/^A seed is a whole number from 0 to 4,294,967,295/)
      expect(await seed.isVisible()).toBe(true)
      expect(await seed.inputValue()).toBe(wrong)
    }
    expect(service.workersAi.calls).toHaveLength(0)
  })

  it("says what is missing where there is no prompt, and counts where it nears the limit", async () => {
    const { page } = await open({ key: API_KEY })
    await drawButton(page).click()
    expect(await page.getByRole("alert").filter({ hasText: /./ }).textContent()).toBe("Describe the picture first.")
    const limit = models[0]?.promptLimit ?? 0
    const told = limit.toLocaleString("en")
    await promptOf(page).fill("a".repeat(limit / 2))
    expect(await page.locator("#counter").isVisible()).toBe(false)
    await promptOf(page).fill("a".repeat(limit))
    expect(await page.locator("#counter").textContent()).toBe(`${told} / ${told}`)
    await promptOf(page).fill("a".repeat(limit + 1))
    await drawButton(page).click()
    expect(await page.getByRole("alert").filter({ hasText: /./ }).textContent()).toContain(`at most ${told} characters`)
    expect(service.workersAi.calls).toHaveLength(0)
  })

  it("asks before it costs more than the user has allowed, and never before that is set", async () => {
    const { page } = await open({ key: API_KEY })
    await openMore(page)
    await page.getByRole("spinbutton", { name: "Ask before it costs more" }).fill("20")
    const prompt = `A dear one of the ${name} 16:9`
    await ask(page, prompt)
    const dialog = page.getByRole("dialog")
    expect(await dialog.textContent()).toContain(
      `about ${price("flux-2-klein-4b", wide)} neurons, more than your limit of 20`
    )
    await dialog.getByRole("button", { name: "Not now" }).click()
    expect(await page.locator(".request").count()).toBe(0)
    await drawButton(page).click()
    await dialog.getByRole("button", { name: "Go on" }).click()
    await page.getByRole("img", { name: prompt }).waitFor()
  })

  it("draws again with a new seed, and leaves the form as it is", async () => {
    const { page } = await open({ key: API_KEY })
    const prompt = `A bridge of the ${name} 2:1`
    await draw(page, prompt)
    await promptOf(page).fill("Something else")
    await rowOf(page, prompt).getByRole("button", { name: "Draw again", exact: true }).click()
    await page.getByRole("img", { name: prompt }).nth(1).waitFor()
    const seeds = service.workersAi.calls.map(({ fields }) => fields.seed)
    expect(new Set(seeds).size).toBe(2)
    expect(await promptOf(page).inputValue()).toBe("Something else")
  })

  it("takes seed, prompt or picture into the form, with a way back to what was typed", async () => {
    const { page } = await open({ key: API_KEY })
    const prompt = `A mill of the ${name} 2:3`
    await draw(page, prompt)
    const row = rowOf(page, prompt)
    await openMore(page)
    const back = page.getByRole("button", { name: "Back to my text" })
    const typed = async (text: string) => {
      await promptOf(page).fill(text)
      await page.getByRole("spinbutton", { name: "Pictures" }).fill("4")
    }
    for (const action of ["Same seed", "Edit", "Use prompt"]) {
      await typed("Typed with care 16:9")
      await row.getByRole("button", { name: action, exact: true }).click()
      await back.click()
      expect(await promptOf(page).inputValue()).toBe("Typed with care 16:9")
      expect(await page.getByRole("spinbutton", { name: "Pictures" }).inputValue()).toBe("4")
      expect(await page.locator("#inputs").isVisible()).toBe(false)
    }
    await row.getByRole("button", { name: "Same seed" }).click()
    const seed = String(service.workersAi.calls[0]?.fields.seed)
    expect(await page.getByRole("spinbutton", { name: "Seed" }).inputValue()).toBe(seed)
    expect(await promptOf(page).inputValue()).toBe(prompt)
    expect(service.workersAi.calls).toHaveLength(1)
  })

  it("edits a picture in its own ratio, whatever the form says", async () => {
    const { page } = await open({ key: API_KEY })
    const prompt = `A pond of the ${name}`
    await draw(page, `${prompt} 2:3`)
    await page.getByRole("button", { name: /^Shape/ }).click()
    await page.getByRole("radio", { name: "16:9", exact: true }).check()
    await promptOf(page).fill("")
    await rowOf(page, prompt).getByRole("button", { name: "Edit", exact: true }).click()
    await draw(page, `Frozen, ${name}`)
    expect(service.workersAi.calls[1]?.fields).toMatchObject({ width: "512", height: "768" })
  })

  it("keeps its place when a picture is deleted, which can be undone and says that the link lives on", async () => {
    const { page } = await open({ key: API_KEY })
    for (const number of [1, 2, 3]) await draw(page, `Number ${number} of the ${name}`)
    const second = rowOf(page, `Number 2 of the ${name}`)
    await second.scrollIntoViewIfNeeded()
    await second.getByRole("button", { name: "Delete" }).click()
    await page.getByText(/^Deleted here\. The link works until \d/).waitFor()
    expect(await page.getByRole("img").count()).toBe(2)
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe(
      `Enlarge: Number 1 of the ${name}`
    )
    await page.getByRole("button", { name: "Undo" }).click()
    await page.getByRole("img", { name: `Number 2 of the ${name}` }).waitFor()
    expect(await page.evaluate(`[...document.querySelectorAll(".tile img")].map(({ alt }) => alt[7])`)).toEqual([
      "3",
      "2",
      "1"
    ])
    await second.getByRole("button", { name: "Delete" }).click()
    await page.reload()
    await page.getByRole("img").nth(1).waitFor()
    expect(await page.getByRole("img").count()).toBe(2)
  })
})

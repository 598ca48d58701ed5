import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { models } from "../../src/domain/ModelCatalogue.ts"
import { pageMessages as german } from "../../src/http/locales/de.ts"
import { launchBrowser } from "../support/browser.ts"
import { openPage } from "../support/openPage.ts"
import { ask, draw, drawButton, openMore, pageSizes, pagesOf, promptOf } from "../support/pageSizes.ts"
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

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
const alertOf = (page: Page) => page.getByRole("alert").filter({ hasText: /./ })

/** The bodies of the requests that draw, once there are so many. */
const sentBy = (page: Page) => {
  const bodies: Array<Record<string, unknown>> = []
  page.on("request", (request) => {
    if (request.url().endsWith("/v1/images/generations")) bodies.push(request.postDataJSON())
  })
  return async (count: number) => {
    await expect.poll(() => bodies.length).toBe(count)
    return bodies
  }
}

const colours = ["#a00000", "#00a000", "#0000a0"]

/** Pictures of one colour each, so that they can be told from each other. */
const files = async (page: Page, count: number) => {
  const urls = await page.evaluate<ReadonlyArray<string>>(`${JSON.stringify(colours.slice(0, count))}.map((colour) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 256 })
    const context = canvas.getContext("2d")
    context.fillStyle = colour
    context.fillRect(0, 0, 320, 256)
    return canvas.toDataURL("image/png")
  })`)
  return urls.map((url, place) => ({
    name: `${place}.png`,
    mimeType: "image/png",
    buffer: Buffer.from(url.slice(url.indexOf(",") + 1), "base64")
  }))
}

/** The colours of the pictures in the form, in their order. */
const shownColours = (page: Page): Promise<ReadonlyArray<string>> =>
  page.evaluate(`Promise.all([...document.querySelectorAll("#inputs img")].map(async (img) => {
    await img.decode().catch(() => undefined)
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d")
    context.drawImage(img, 0, 0, 1, 1)
    return "#" + [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0")).join("")
  }))`)

describe.each(pageSizes)("the composer, on a %s", { timeout: 30_000 }, (name, size) => {
  const open = pagesOf(
    () => browser,
    () => service.url,
    size
  )

  it("has portrait, square and landscape at hand, and takes them back", async () => {
    const { page } = await open({ key: API_KEY })
    await button(page, "Portrait").click()
    expect(await button(page, "Shape: 3:4").isVisible()).toBe(true)
    expect(await button(page, "Portrait").getAttribute("aria-pressed")).toBe("true")
    await button(page, "Landscape").click()
    expect(await button(page, "Portrait").getAttribute("aria-pressed")).toBe("false")
    const sent = sentBy(page)
    await ask(page, "A cat")
    expect((await sent(1))[0]).toMatchObject({ size: "1024x768" })
    await button(page, "Landscape").click()
    expect(await button(page, "Shape: Auto").isVisible()).toBe(true)
    await promptOf(page).fill("A cat 1:1")
    expect(await button(page, "Square").getAttribute("aria-pressed")).toBe("true")
  })

  it("puts a style into the prompt before its ratio, and takes it out again", async () => {
    const { page } = await open({ key: API_KEY })
    await promptOf(page).fill("A lighthouse, 3:2")
    await button(page, "Style").click()
    await button(page, "watercolour").click()
    expect(await promptOf(page).inputValue()).toBe("A lighthouse, watercolour, 3:2")
    expect(await button(page, "Shape: 3:2").isVisible()).toBe(true)
    await button(page, "comic").click()
    expect(await promptOf(page).inputValue()).toBe("A lighthouse, watercolour, comic, 3:2")
    await button(page, "watercolour").click()
    expect(await promptOf(page).inputValue()).toBe("A lighthouse, comic, 3:2")
    expect(await button(page, "comic").getAttribute("aria-pressed")).toBe("true")
    await promptOf(page).fill("")
    await button(page, "anime").click()
    await promptOf(page).pressSequentially("A fox")
    expect(await promptOf(page).inputValue()).toBe("A fox, anime")
  })

  it("has styles in the language of the page", async () => {
    const { page } = await open({ key: API_KEY, locale: "de-DE" })
    await page.locator("#prompt").fill("Ein Leuchtturm --seed 7")
    await button(page, german.choices.style).click()
    await button(page, "Aquarell").click()
    expect(await page.locator("#prompt").inputValue()).toBe("Ein Leuchtturm, Aquarell --seed 7")
    expect(await page.locator("#styles button").allTextContents()).toEqual(german.choices.styles)
  })

  it("goes through earlier prompts with the arrow keys, and back to what was typed", async () => {
    const { page } = await open({ key: API_KEY })
    for (const prompt of [`First of the ${name}`, `Second of the ${name}`]) await draw(page, prompt)
    await page.reload()
    const prompt = promptOf(page)
    const press = async (key: string) => {
      await prompt.press(key)
      return prompt.inputValue()
    }
    await prompt.fill("Typed")
    expect(await press("ArrowUp")).toBe("Typed")
    await prompt.press("Home")
    expect(await press("ArrowUp")).toBe(`Second of the ${name}`)
    expect(await press("ArrowUp")).toBe(`First of the ${name}`)
    expect(await press("ArrowUp")).toBe(`First of the ${name}`)
    expect(await press("ArrowDown")).toBe(`Second of the ${name}`)
    expect(await press("ArrowDown")).toBe("Typed")
    await prompt.press("Home")
    await prompt.press("ArrowUp")
    await prompt.pressSequentially("!")
    expect(await press("ArrowUp")).toBe(`Second of the ${name}!`)
  })

  it("draws each line by itself where that is wanted, in the order of the lines", async () => {
    const { page } = await open({ key: API_KEY })
    const lines = ["One", "Two", "Three"].map((line) => `${line} of the ${name}`)
    await promptOf(page).fill(lines.join("\n\n"))
    const cost = await page.locator("#cost").textContent()
    await page.getByRole("checkbox", { name: /^Each line/ }).check()
    expect(await page.locator("#cost").textContent()).not.toBe(cost)
    const sent = sentBy(page)
    await drawButton(page).click()
    const bodies = await sent(3)
    expect(bodies.map(({ prompt }) => prompt).toSorted()).toEqual(lines.toSorted())
    for (const line of lines) await page.getByRole("img", { name: line }).waitFor()
    expect(await page.locator(".request .words").allTextContents()).toEqual(lines)
    await page.reload()
    await page.getByRole("img").nth(2).waitFor()
    expect(await page.locator(".request .words").allTextContents()).toEqual(lines)
    await promptOf(page).fill(Array.from({ length: 21 }, (_, line) => `Line ${line}`).join("\n"))
    await page.getByRole("checkbox", { name: /^Each line/ }).check()
    await drawButton(page).click()
    expect(await alertOf(page).textContent()).toBe("Each line a request of its own (21): From 1 to 20.")
    await promptOf(page).fill("One line")
    expect(await page.getByRole("checkbox", { name: /^Each line/ }).count()).toBe(0)
  })

  it("asks up to three models side by side, each once, and says what that costs", async () => {
    const { page } = await open({ key: API_KEY })
    await openMore(page)
    const group = page.getByRole("group", { name: "Side by side with" })
    const box = (model: string) => group.getByRole("checkbox", { name: model })
    expect(await box("flux-1-schnell").isDisabled()).toBe(true)
    await box("flux-2-klein-4b").check()
    await box("flux-2-klein-9b").check()
    expect(await box("flux-2-dev").isDisabled()).toBe(true)
    const costs = ["flux-1-schnell", "flux-2-klein-4b", "flux-2-klein-9b"].map((model) => {
      const { neurons, steps } = models.find(({ id }) => id.endsWith(`/${model}`)) ?? {}
      return neurons?.({ size: { width: 1024, height: 1024 }, steps: steps?.default ?? 0, inputs: [] }) ?? 0
    })
    const sum = Math.round(costs.reduce((total, each) => total + each, 0)).toLocaleString("en")
    expect(await page.locator("#cost").textContent()).toContain(`≈ ${sum} neurons`)
    const sent = sentBy(page)
    await ask(page, `A fair of the ${name}`)
    expect((await sent(3)).map(({ model }) => model)).toEqual([
      undefined,
      "@cf/black-forest-labs/flux-2-klein-4b",
      "@cf/black-forest-labs/flux-2-klein-9b"
    ])
    await page
      .getByRole("img", { name: `A fair of the ${name}` })
      .nth(2)
      .waitFor()
    // The first two are the same model now, for the first can't draw this.
    await promptOf(page).fill(`A fair of the ${name} 16:9`)
    await drawButton(page).click()
    await sent(5)
    await page
      .getByRole("img", { name: `A fair of the ${name} 16:9` })
      .nth(1)
      .waitFor()
    expect(service.workersAi.calls).toHaveLength(5)
  })

  it("asks once before all of them cost more than the user has allowed", async () => {
    const { page } = await open({ key: API_KEY })
    await openMore(page)
    await page.getByRole("spinbutton", { name: "Ask before it costs more" }).fill("400")
    await promptOf(page).fill("One\nTwo\nThree")
    await page.getByRole("checkbox", { name: /^Each line/ }).check()
    await drawButton(page).click()
    await page.getByRole("dialog").getByRole("button", { name: "Not now" }).click()
    expect(await page.locator(".request").count()).toBe(0)
    expect(service.workersAi.calls).toHaveLength(0)
  })

  it("sends a size in pixels, steps and a file type, and draws them again", async () => {
    const { page } = await open({ key: API_KEY })
    await openMore(page)
    const field = (label: string) => page.getByRole("spinbutton", { name: label })
    await field("Width in pixels").fill("1200")
    await field("Height in pixels").fill("800")
    expect(await button(page, "Shape: 1200 × 800").isVisible()).toBe(true)
    expect(await field("Steps").isDisabled()).toBe(true)
    await page.getByLabel("Model").selectOption({ label: "lucid-origin" })
    expect(await field("Steps").getAttribute("placeholder")).toBe("25")
    const { neurons } = models.find(({ id }) => id.endsWith("/lucid-origin")) ?? {}
    const price = (steps: number) => {
      const exact = neurons?.({ size: { width: 1200, height: 800 }, steps, inputs: [] }) ?? 0
      return Math.round(exact).toLocaleString("en")
    }
    expect(await page.locator("#cost").textContent()).toContain(`≈ ${price(25)} neurons`)
    await field("Steps").fill("30")
    expect(await page.locator("#cost").textContent()).toContain(`≈ ${price(30)} neurons`)
    await page.getByLabel("File type").selectOption("PNG")
    const sent = sentBy(page)
    await draw(page, `A quay of the ${name}`)
    await page.locator(".request").getByRole("button", { name: "Draw again", exact: true }).click()
    for (const body of await sent(2)) {
      expect(body).toMatchObject({ size: "1200x800", steps: 30, output_format: "png" })
    }
    await button(page, "Square").click()
    await openMore(page)
    expect(await field("Width in pixels").inputValue()).toBe("")
  })

  it("refuses sizes and steps that no model takes, at the field", async () => {
    const { page } = await open({ key: API_KEY })
    await promptOf(page).fill("A cat")
    await openMore(page)
    await page.getByLabel("Width in pixels").fill("90")
    for (const height of ["3000", "", "2.5"]) {
      await page.getByLabel("Height in pixels").fill(height)
      await drawButton(page).click()
      expect(await alertOf(page).textContent()).toBe("From 256 to 1920.")
      expect(await page.getByLabel("Width in pixels").isVisible()).toBe(true)
    }
    await page.getByLabel("Width in pixels").fill("")
    await page.getByLabel("Height in pixels").fill("")
    await page.getByLabel("Steps").fill("9")
    await drawButton(page).click()
    expect(await alertOf(page).textContent()).toBe("From 1 to 8.")
    expect(await page.evaluate("document.activeElement.id")).toBe("steps")
    expect(service.workersAi.calls).toHaveLength(0)
  })

  it("moves pictures to edit by dragging and by the keyboard, and takes no more than four", async () => {
    const { page } = await open({ key: API_KEY })
    const [red, green, blue] = colours
    await page.locator("#input-file").setInputFiles(await files(page, 3))
    await page.locator("#inputs li").nth(2).waitFor()
    await expect.poll(() => shownColours(page)).toEqual([red, green, blue])
    await page.getByRole("button", { name: "Pictures to edit 3" }).focus()
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("ArrowLeft")
    await expect.poll(() => shownColours(page)).toEqual([blue, red, green])
    const boxes = await Promise.all([0, 2].map((place) => page.locator("#inputs .thumb").nth(place).boundingBox()))
    const [from, to] = boxes.map((box) => ({ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 30 }))
    await page.mouse.move(from?.x ?? 0, from?.y ?? 0)
    await page.mouse.down()
    await page.mouse.move(to?.x ?? 0, to?.y ?? 0, { steps: 8 })
    await page.mouse.up()
    await expect.poll(() => shownColours(page)).toEqual([red, green, blue])
    await page.locator("#input-file").setInputFiles(await files(page, 2))
    await alertOf(page).waitFor()
    expect(await page.locator("#inputs li").count()).toBe(4)
  })

  it("offers the camera where there is one to hold, and takes its picture", async () => {
    const { page } = await open({ key: API_KEY })
    expect(await button(page, "Take a photo").isVisible()).toBe(name === "phone")
    expect(await page.locator("#camera-file").getAttribute("capture")).toBe("environment")
    const { base64 } = await imageOf({ width: 320, height: 256 }, { mediaType: "image/png" })
    const file = { name: "photo.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") }
    await page.locator("#camera-file").setInputFiles(file)
    await button(page, "Remove the picture").waitFor()
  })
})

describe("the composer, with models that are paid in dollars", { timeout: 60_000 }, () => {
  it("adds dollars and neurons up in dollars, and counts dollars where a limit is set", async () => {
    const paid = await startService({ ai: "rest", vars: { PARTNER_MODELS: "flux-2-max" } })
    onTestFinished(paid.close)
    const { page } = await openPage(browser, paid.url, { key: API_KEY })
    const shown = async (): Promise<number> =>
      Number(/\$([\d.]+)/.exec((await page.locator("#cost").textContent()) ?? "")?.[1])
    await promptOf(page).fill("A cat")
    const neurons = Number(/[\d.]+/.exec((await page.locator("#cost").textContent()) ?? "")?.[0])
    await page.getByLabel("Model").selectOption({ label: "flux-2-max" })
    const alone = await shown()
    expect(alone).toBeGreaterThan(0.01)
    await page.getByLabel("Model").selectOption({ index: 0 })
    await openMore(page)
    await page.getByRole("checkbox", { name: "flux-2-max" }).check()
    expect(await shown()).toBeCloseTo(alone + neurons * 0.000_011, 2)
    await page.getByRole("spinbutton", { name: "Ask before it costs more" }).fill("200")
    await drawButton(page).click()
    await page.getByRole("dialog").getByRole("button", { name: "Not now" }).click()
    expect(paid.workersAi.calls).toHaveLength(0)
  })
})

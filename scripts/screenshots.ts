/**
 * `npm run screenshots`: docs/images/{page,page-dark-phone,chat}.png, taken of the service as it runs here, with preview
 * pictures. The chat is a real answer of it.
 */
import { mkdirSync, statSync } from "node:fs"
import { join } from "node:path"
import type { BrowserContextOptions, Page } from "playwright-core"
import { createElement } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import Markdown from "react-markdown"
import { launchBrowser, phone } from "../test/support/browser.ts"
import { API_KEY, startService } from "../test/support/service.ts"
import { PROJECT } from "./wrangler.ts"

const LARGEST = 300 * 1024
const FOLDER = join(PROJECT, "docs/images")

const service = await startService({ ai: "rest", vars: { FLUX_BACKEND: "preview" } })
const browser = await launchBrowser()
mkdirSync(FOLDER, { recursive: true })

const shoot = async (page: Page, name: string): Promise<void> => {
  const path = join(FOLDER, name)
  await page.screenshot({ path, animations: "disabled" })
  const { size } = statSync(path)
  console.log(`${path}: ${Math.ceil(size / 1024)} KiB`)
  if (size > LARGEST) throw new Error(`${name} is larger than ${LARGEST / 1024} KiB`)
}

const newPage = async (options: BrowserContextOptions): Promise<Page> => {
  const context = await browser.newContext({ locale: "en-US", reducedMotion: "reduce", ...options })
  const page = await context.newPage()
  await page.addInitScript(`localStorage.setItem("flux-api-key", "${API_KEY}")`)
  return page
}

const drawOn = async (page: Page, prompt: string, ratio: string): Promise<void> => {
  const drawn = await page.locator("#pictures figure").count()
  await page.locator("#prompt").fill(prompt)
  await page.getByLabel(ratio, { exact: true }).check()
  await page.locator("#draw").click()
  await page.locator("#pictures figure").nth(drawn).waitFor()
  await page.locator("#draw:enabled").waitFor()
}

const shootPage = async (name: string, options: BrowserContextOptions): Promise<void> => {
  const page = await newPage(options)
  await page.goto(service.url)
  await drawOn(page, "A forest under the moon", "3:2")
  await drawOn(page, "The coast on a winter morning", "16:9")
  await drawOn(page, "Dunes in the last light, watercolour", "3:2")
  await drawOn(page, "A lighthouse at dusk, oil on canvas", "16:9")
  await page.evaluate("scrollTo(0, 0)")
  await shoot(page, name)
  await page.context().close()
}

const STYLE = `
  body { margin: 0; padding: 2rem; background: #f5f3ef; color: #211e1a; font: 16px/1.6 system-ui, sans-serif }
  div { max-width: 34rem; width: fit-content; margin: 0 0 1rem; padding: .9rem 1.25rem; border-radius: 1.25rem }
  .asked { margin-left: auto; background: #a8431a; color: #fff }
  .answered { background: #fff; box-shadow: 0 1px 3px rgb(60 40 20 / 12%) }
  p { margin: 0 0 .75rem; white-space: pre-line }
  p:last-child { margin: 0 }
  img { display: block; width: 100%; border-radius: .75rem }
`

const shootChat = async (): Promise<void> => {
  const prompt = "A lighthouse at dusk, oil on canvas 16:9"
  const answer = await service.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ messages: [{ role: "user", content: prompt }] })
  })
  // The cast: this is a chat completion of the service that runs here.
  const { choices } = (await answer.json()) as { choices: ReadonlyArray<{ message: { content: string } }> }
  const bubbles = renderToStaticMarkup(
    createElement(
      "main",
      {},
      createElement("div", { className: "asked" }, prompt),
      createElement("div", { className: "answered" }, createElement(Markdown, {}, choices[0]?.message.content ?? ""))
    )
  )
  const page = await newPage({ viewport: { width: 720, height: 760 } })
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${bubbles}`)
  await page.waitForFunction("[...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)")
  await shoot(page, "chat.png")
  await page.context().close()
}

try {
  await shootPage("page.png", { viewport: { width: 1180, height: 840 }, colorScheme: "light" })
  await shootPage("page-dark-phone.png", { ...phone, colorScheme: "dark" })
  await shootChat()
} finally {
  await browser.close()
  await service.close()
}

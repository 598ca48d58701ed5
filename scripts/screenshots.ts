/**
 * `npm run screenshots`: docs/images/{page,page-dark-phone,chat}.png, wide.jpg and social.jpg, taken of the service as it runs here, with preview
 * pictures. The chat is a real answer of it. `npm run screenshots -- <address>`, with a key in the variable FLUX_API_KEY, takes
 * them of a deployed service instead: Flux draws eleven pictures, which are billed.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { BrowserContextOptions, Page } from "playwright-core"
import { createElement } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import Markdown from "react-markdown"
import { launchBrowser, phone } from "../test/support/browser.ts"
import { API_KEY, startService } from "../test/support/service.ts"
import { withoutPreviewNote } from "./previewNote.ts"
import { PROJECT } from "./wrangler.ts"

const LARGEST = 300 * 1024
const FOLDER = join(PROJECT, "docs/images")

const deployed = process.argv[2]
const key = deployed === undefined ? API_KEY : (process.env.FLUX_API_KEY ?? "")
const local = deployed === undefined ? await startService({ ai: "rest", vars: { FLUX_BACKEND: "preview" } }) : undefined
const address = new URL(deployed ?? local?.url ?? "").origin
const browser = await launchBrowser()
mkdirSync(FOLDER, { recursive: true })

const shoot = async (page: Page, name: string): Promise<void> => {
  const path = join(FOLDER, name)
  await page.screenshot({ path, animations: "disabled", ...(name.endsWith(".jpg") && { quality: 86 }) })
  const { size } = statSync(path)
  console.log(`${path}: ${Math.ceil(size / 1024)} KiB`)
  if (size > LARGEST) throw new Error(`${name} is larger than ${LARGEST / 1024} KiB`)
}

const newPage = async (options: BrowserContextOptions): Promise<Page> => {
  const context = await browser.newContext({ locale: "en-US", reducedMotion: "reduce", ...options })
  const page = await context.newPage()
  await page.addInitScript(`localStorage.setItem("flux-api-key", ${JSON.stringify(key)})`)
  return page
}

const drawOn = async (page: Page, prompt: string, ratio: string, seed: number, n = 1): Promise<void> => {
  const drawn = await page.locator(".tile img").count()
  await page.locator("#prompt").fill(prompt)
  await page.locator("#number").fill(String(n))
  await page.locator("#more-button").click()
  // The same pictures each time.
  await page.locator("#seed").fill(String(seed))
  await page.locator("#shape").click()
  await page.getByRole("radio", { name: ratio, exact: true }).check()
  await page.locator("#draw").click()
  await page
    .locator(".tile img")
    .nth(drawn + n - 1)
    .waitFor()
  await page.locator("progress").waitFor({ state: "detached" })
}

const shootPage = async (name: string, options: BrowserContextOptions): Promise<void> => {
  const page = await newPage(options)
  await page.goto(address)
  await drawOn(page, "A forest under the moon", "4:5", 11)
  await drawOn(page, "The coast on a winter morning", "16:9", 21, 2)
  await drawOn(page, "Dunes in the last light, watercolour", "3:2", 31)
  await drawOn(page, "A lighthouse at dusk, oil on canvas", "16:9", 42)
  await page.locator("#prompt").fill("A lighthouse at dusk, as a woodcut, 3:2")
  await page.evaluate("{ document.activeElement.blur(); scrollTo(0, 0) }")
  await shoot(page, name)
  await page.context().close()
}

const STYLE = `
  body { margin: 0; padding: 2rem; background: #f5f3ef; color: #211e1a; font: 16px/1.6 system-ui, sans-serif }
  div { max-width: 34rem; width: fit-content; margin: 0 0 1rem; padding: .9rem 1.25rem; border-radius: 1.25rem }
  .asked { margin-left: auto; background: #a8431a; color: #fff }
  .answered { background: #fff; box-shadow: 0 1px 3px rgb(60 40 20 / 12%) }
  p { margin: 0 0 .75rem }
  p:last-child { margin: 0 }
  svg { width: 1.2em; height: 1.2em; vertical-align: -.2em }
  img { display: block; width: 100%; border-radius: .75rem }
`

/** The signs of an answer as drawings, for the machine may have no font with them. */
const SIGNS: Readonly<Record<string, string>> = {
  "🎨": `<path fill="#c98f4e" d="M12 3a9 8 0 0 0 0 17c2 0 1-2 2-3 1-1 7 1 7-5a9 8 0 0 0-9-9z"/>
    <circle fill="#d33" cx="8" cy="8" r="1.6"/><circle fill="#27b" cx="13" cy="6.5" r="1.6"/>
    <circle fill="#2a6" cx="17" cy="10" r="1.6"/><circle fill="#fb2" cx="6.500" cy="13" r="1.6"/>`,
  "💬": `<path fill="#7aa7d9" d="M4 4h16a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-9l-5 5v-5H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z"/>
    <path stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-dasharray="0 4" d="M8 10h9"/>`,
  "🌐": `<circle fill="#4a90d9" cx="12" cy="12" r="9.5"/>
    <path fill="none" stroke="#fff" d="M3 12h18M12 3v18M12 3c-6 5-6 13 0 18 6-5 6-13 0-18M5 7h14M5 17h14"/>`,
  "📐": `<path fill="#e3a53c" fill-rule="evenodd" d="M3 2v20h20zm4 10 6 6H7z"/>`,
  "🎲": `<rect fill="#d9443a" x="3" y="3" width="18" height="18" rx="4"/>
    <path stroke="#fff" stroke-width="3.4" stroke-linecap="round" d="M8 8h0M16 8h0M12 12h0M8 16h0M16 16h0"/>`,
  "🧪": `<path fill="#dfe7ea" stroke="#8a979c" d="M9 2h6v15a3 3 0 0 1-6 0z"/>
    <path fill="#3a9d5d" d="M9.5 10h5v7a2.5 2.5 0 0 1-5 0z"/>`,
  "🌟": `<path fill="#f5b82e" d="m12 2 3 6.500 7 .8-5.200 4.800 1.400 7L12 17.600 5.800 21l1.400-7L2 9.300l7-.8z"/>`
}

const drawSigns = (html: string): string =>
  Object.entries(SIGNS).reduce(
    (text, [sign, drawing]) => text.replaceAll(sign, () => `<svg viewBox="0 0 24 24">${drawing}</svg>`),
    html
  )

const shootChat = async (): Promise<void> => {
  const prompt = "A lighthouse at dusk, oil on canvas 16:9"
  const answer = await fetch(`${address}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ messages: [{ role: "user", content: prompt }], seed: 42 })
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
  const page = await newPage({ viewport: { width: 720, height: 712 } })
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${drawSigns(bubbles)}`)
  await page.waitForFunction("[...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)")
  await shoot(page, "chat.png")
  await page.context().close()
}

const WIDE_STYLE = `
  body { display: flex; gap: 24px; margin: 0; padding: 24px; background: linear-gradient(120deg, #f3d9c6, #c9d5e3) }
  img { height: 600px; border-radius: 14px; box-shadow: 0 6px 24px rgb(40 30 20 / 22%) }
`

/** The chat and the page beside each other, as they have just been taken. */
const shootWide = async (): Promise<void> => {
  const images = ["chat.png", "page.png"].map((name) => {
    const bytes = readFileSync(join(FOLDER, name)).toString("base64")
    return `<img src="data:image/png;base64,${bytes}">`
  })
  const page = await newPage({ viewport: { width: 1587, height: 648 } })
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${WIDE_STYLE}</style>${images.join("")}`)
  await page.waitForFunction("[...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)")
  await shoot(page, "wide.jpg")
  await page.context().close()
}

const SOCIAL_STYLE = `
  body { margin: 0; padding: 44px 48px; overflow: hidden; background: linear-gradient(120deg, #f3d9c6, #c9d5e3);
    color: #211e1a; font: 34px/1.3 system-ui, sans-serif }
  h1 { margin: 0; font-size: 64px; letter-spacing: -.02em }
  p { margin: 8px 0 32px }
  img { width: 1184px; border-radius: 18px; box-shadow: 0 8px 32px rgb(40 30 20 / 26%) }
`

/** What GitHub and chats show beside a link to the repository. */
const shootSocial = async (): Promise<void> => {
  const bytes = readFileSync(join(FOLDER, "page.png")).toString("base64")
  const said = "Free AI pictures in the chat app you already have"
  const page = await newPage({ viewport: { width: 1280, height: 640 } })
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><style>${SOCIAL_STYLE}</style><h1>Flux API Worker</h1><p>${said}</p>
    <img src="data:image/png;base64,${bytes}">`
  )
  await page.waitForFunction("[...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)")
  await shoot(page, "social.jpg")
  await page.context().close()
}

/** The README and its translations say that they show previews; now they do not. */
const takeNoteOut = (): void => {
  const translations = readdirSync(join(PROJECT, "docs")).filter((name) => /^README\..+\.md$/.test(name))
  for (const path of [join(PROJECT, "README.md"), ...translations.map((name) => join(PROJECT, "docs", name))]) {
    writeFileSync(path, withoutPreviewNote(readFileSync(path, "utf8")))
  }
}

try {
  await shootPage("page.png", { viewport: { width: 1180, height: 780 }, colorScheme: "light" })
  await shootPage("page-dark-phone.png", { ...phone, colorScheme: "dark" })
  await shootChat()
  await shootWide()
  await shootSocial()
  if (deployed !== undefined) takeNoteOut()
} finally {
  await browser.close()
  await local?.close()
}

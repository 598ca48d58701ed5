import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { onTestFinished } from "vitest"
import { desktop } from "./browser.ts"

/** A page of the service in a browser of its own, which the running test closes. */
export interface OpenPage {
  readonly page: Page
  /** What the console complained about and the script threw; not the statuses of refused requests. */
  readonly complaints: ReadonlyArray<string>
  /** What is in the clipboard. */
  readonly clipboard: () => Promise<string>
}

export const openPage = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions & { readonly key?: string } = {}
): Promise<OpenPage> => {
  const { key, ...rest } = options
  const context = await browser.newContext({
    ...desktop,
    locale: "en-US",
    permissions: ["clipboard-read", "clipboard-write"],
    ...rest
  })
  onTestFinished(() => context.close())
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const complaints: Array<string> = []
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("console", (message) => {
    if (/^(error|warning)$/.test(message.type()) && !message.text().startsWith("Failed to load resource")) {
      complaints.push(message.text())
    }
  })
  if (key !== undefined) await page.addInitScript(`localStorage.setItem("flux-api-key", ${JSON.stringify(key)})`)
  await page.goto(url)
  return { page, complaints, clipboard: () => page.evaluate<string>("navigator.clipboard.readText()") }
}

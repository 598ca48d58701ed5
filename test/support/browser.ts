import chromium from "@sparticuz/chromium"
import { type Browser, type BrowserContextOptions, chromium as playwright } from "playwright-core"

// The package's own switches are for a cloud function: one process, which ends with its first context, without web security.
const args = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]

/** A headless Chromium that comes with the test's packages. */
export const launchBrowser = async (): Promise<Browser> =>
  playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true })

/** What the tests' browsers look like. */
export const desktop = { viewport: { width: 1280, height: 900 } } satisfies BrowserContextOptions
export const phone = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true
} satisfies BrowserContextOptions

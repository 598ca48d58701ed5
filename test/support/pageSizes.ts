import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { phone } from "./browser.ts"
import { openPage } from "./openPage.ts"

/** The two sizes at which the page has to do everything: a small laptop, and a phone. */
export const pageSizes = [
  ["laptop", { viewport: { width: 1280, height: 720 } }],
  ["phone", phone]
] as const satisfies ReadonlyArray<readonly [string, BrowserContextOptions]>

/** Opens pages of one size, each in a browser context of its own. */
export const pagesOf =
  (browser: () => Browser, url: () => string, size: BrowserContextOptions) =>
  (options: BrowserContextOptions & { readonly key?: string } = {}) =>
    openPage(browser(), url(), { ...size, ...options })

export const promptOf = (page: Page) => page.getByRole("textbox", { name: "Prompt", exact: true })
export const drawButton = (page: Page) => page.getByRole("button", { name: "Draw", exact: true })

/** Types a prompt and asks for its picture. */
export const ask = async (page: Page, prompt: string): Promise<void> => {
  await promptOf(page).fill(prompt)
  await drawButton(page).click()
}

/** Asks, and waits for the picture. */
export const draw = async (page: Page, prompt: string): Promise<void> => {
  await ask(page, prompt)
  await page.getByRole("img", { name: prompt, exact: true }).first().waitFor()
}

/** The row of a request. */
export const rowOf = (page: Page, prompt: string) => page.locator(".request").filter({ hasText: prompt })

/** Opens what is behind *More*. */
export const openMore = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "More", exact: true }).click()
}

/** Whether an element can be seen whole, not covered by the bar. */
export const isInView = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate<boolean>(`{
    const box = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect()
    const bar = document.querySelector("#composer").getBoundingClientRect()
    box.top >= -1 && box.bottom <= bar.top + 1
  }`)

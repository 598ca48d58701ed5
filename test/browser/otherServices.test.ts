import type { Browser } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { launchBrowser } from "../support/browser.ts"
import { ask, draw, openMore, pageSizes, pagesOf, rowOf } from "../support/pageSizes.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

let unbound: RunningService
let improving: RunningService
let browser: Browser

beforeAll(async () => {
  unbound = await startService({ ai: "rest", vars: { LEDGER: "", RUNNER: "" } })
  // Nothing answers there, so no prompt is improved.
  const optimizer = { PROMPT_OPTIMIZATION: "true", EXTERNAL_API_BASE: "http://127.0.0.1:9", EXTERNAL_MODEL: "gpt" }
  improving = await startService({ ai: "rest", vars: optimizer })
  browser = await launchBrowser()
}, 60_000)

afterEach(() => Promise.all([unbound.reset(), improving.reset()]))

afterAll(async () => {
  await browser?.close()
  await unbound?.close()
  await improving?.close()
}, 60_000)

describe.each(pageSizes)(
  "the page of a service without Durable Objects, on a %s",
  { timeout: 30_000 },
  (_name, size) => {
    const open = pagesOf(
      () => browser,
      () => unbound.url,
      size
    )

    it("draws in the same request, picture by picture", async () => {
      const { complaints, page } = await open({ key: API_KEY })
      const gates = [unbound.workersAi.gate(1), unbound.workersAi.gate(1)]
      await page.getByRole("spinbutton", { name: "Pictures" }).fill("2")
      await ask(page, "A cat 16:9")
      await Promise.all(gates.map(({ arrived }) => arrived))
      gates[0]?.release()
      await page.getByText("Picture 1 of 2").waitFor()
      expect(await page.getByRole("img", { name: "A cat 16:9" }).count()).toBe(1)
      gates[1]?.release()
      await page.getByRole("img", { name: "A cat 16:9" }).nth(1).waitFor()
      expect(await page.evaluate("localStorage.getItem('flux-jobs')")).toBe(null)
      expect(await page.locator("#left").isVisible()).toBe(false)
      expect(complaints).toEqual([])
    })

    it("breaks the request off when it is cancelled, and says that it may be billed", async () => {
      const { page } = await open({ key: API_KEY })
      const gate = unbound.workersAi.gate()
      const broken = page.waitForEvent("requestfailed")
      await ask(page, "A dog 16:9")
      await gate.arrived
      await page.getByText("Drawing").waitFor()
      await page.getByRole("button", { name: "Cancel", exact: true }).click()
      expect((await broken).failure()?.errorText).toMatch(/ABORTED/)
      await page.getByText("What had begun may be billed all the same: at most about").waitFor()
      gate.release()
      await page.getByRole("button", { name: "Dismiss" }).click()
      expect(await page.locator(".request").count()).toBe(0)
      await draw(page, "A second dog")
    })
  }
)

describe.each(pageSizes)(
  "the page of a service that can't improve prompts, on a %s",
  { timeout: 30_000 },
  (_name, size) => {
    const open = pagesOf(
      () => browser,
      () => improving.url,
      size
    )

    it("says that the prompt was drawn as it was written", async () => {
      const { page } = await open({ key: API_KEY })
      await draw(page, "A plain cat")
      await rowOf(page, "A plain cat").getByText("The prompt could not be improved").waitFor()
    })

    it("says nothing of it where no improvement was wanted", async () => {
      const { page } = await open({ key: API_KEY })
      await openMore(page)
      await page.getByRole("checkbox", { name: "Improve the prompt" }).uncheck()
      await draw(page, "A wilful cat")
      expect(await page.getByText("could not be improved").count()).toBe(0)
      expect(improving.workersAi.calls[0]?.fields.prompt).toBe("A wilful cat")
    })

    it("asks for an improvement where the service makes none by itself", async () => {
      const { page } = await pagesOf(
        () => browser,
        () => unbound.url,
        size
      )({ key: API_KEY })
      await openMore(page)
      const wish = page.getByRole("checkbox", { name: "Improve the prompt" })
      expect(await wish.isChecked()).toBe(false)
      await wish.check()
      const sent = page.waitForRequest("**/v1/images/generations")
      await ask(page, "A modest cat")
      expect((await sent).postDataJSON()).toMatchObject({ prompt: "A modest cat --improve" })
    })
  }
)

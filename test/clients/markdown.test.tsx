import { renderToStaticMarkup } from "react-dom/server"
import ReactMarkdown from "react-markdown"
import remarkGfm from "remark-gfm"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { chat, contentFrom, says, streamFrom } from "../support/openai/chat.ts"
import { type RunningService, startService } from "../support/service.ts"

let service: RunningService
beforeAll(async () => {
  service = await startService({ ai: "rest" })
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service?.close())

const hostile = [
  "![x](https://evil.example/x.png)",
  "[a link](https://evil.example) and ![x][y]\n\n[y]: https://evil.example/y.png",
  "https://evil.example/a_b www.evil.example a@evil.example <https://evil.example>",
  '<img src=x onerror=alert(1)> <a href="https://evil.example">x</a> <!-- ',
  "# heading\n\n| a | b |\n| - | - |\n| ![x](https://evil.example/x.png) | 2 |\n",
  "```\nnever closed",
  "~~~\n~~ *** ___ ** ` $$ \\( \\[",
  "&#33;&#x5b;x](https://evil.example) &lt;img&gt; &excl;[x](//evil.example)",
  "a ](https://evil.example) [",
  "\u202etxet desrever\u2066 \u2028 \u0085 \\",
  "text [^1]\n\n[^1]: a note https://evil.example",
  "--model klein ![](https://evil.example) --unknown [x](javascript:alert(1))"
]

/** As chat programs show it. React puts a preload of each picture in front, which is no part of the answer. */
const render = (markdown: string): string =>
  renderToStaticMarkup(<ReactMarkdown remarkPlugins={[remarkGfm]}>{markdown}</ReactMarkdown>).replace(
    /^<link [^>]*>/,
    ""
  )

/** The elements; a line break is none of the prompt's. */
const tags = (html: string) => Array.from(html.matchAll(/<([a-z]\w*)/g), ([, tag]) => tag).filter((tag) => tag !== "br")

describe("an answer to a hostile prompt, as markdown", { timeout: 20_000 }, () => {
  it.each(hostile)("%j is text beside one picture", async (prompt) => {
    const content = await contentFrom(await chat(service, says(prompt)))
    const html = render(content)
    const [, source = ""] = /<img src="([^"]+)" alt="Generated image"\/>/.exec(html) ?? []
    expect(source).toMatch(new RegExp(`^${service.url}/image/[\\w-]+\\.jpg$`))
    expect((await fetch(source)).status).toBe(200)
    expect(tags(html)).toEqual(["p", "p", "img"])
  })

  it("has no more in it when the drawing fails in the middle of a stream", async () => {
    service.workersAi.failNext("internalError")
    const { content, error } = await streamFrom(await chat(service, says(hostile.join("\n"), { stream: true })))
    expect(error?.code).toBe("upstream_error")
    expect(tags(render(content))).toEqual(["p", "p"])
  })
})

import fc from "fast-check"
import { renderToStaticMarkup } from "react-dom/server"
import ReactMarkdown, { type Options } from "react-markdown"
import remarkGfm from "remark-gfm"
import { describe, expect, it } from "vitest"
import * as Markdown from "../../../src/http/chat/Markdown.ts"

const ADDRESS = "https://host.example/image/k_e-y_Ab-1790000000.jpg"
const LINKED_IMAGE = Markdown.image("Generated image", ADDRESS)

// skipHtml drops whatever was parsed as HTML, so text that survives it was never HTML.
const RENDERERS: Record<string, Options> = {
  "GitHub Flavored Markdown": { remarkPlugins: [remarkGfm] },
  "GitHub Flavored Markdown without HTML": { remarkPlugins: [remarkGfm], skipHtml: true },
  CommonMark: {},
  "CommonMark without HTML": { skipHtml: true }
}

const lines = (original: string, optimized: string): Array<string> => [
  `🎨 Original prompt: ${original}`,
  "💬 Prompt model: Original prompt",
  `🌐 Optimized prompt: ${optimized}`,
  "📐 Image size: 768x512",
  "🌟 Image generated!",
  "Here is the result:"
]

const answer = (original: string, optimized: string): string =>
  `${lines(Markdown.escapeInline(original), Markdown.escapeInline(optimized)).join("  \n")}\n\n${LINKED_IMAGE}`

// React preloads eagerly loaded images with a <link> in front of everything; it is not part of the answer.
const render = (markdown: string, options: Options): string =>
  renderToStaticMarkup(<ReactMarkdown {...options}>{markdown}</ReactMarkdown>).replace(/^<link [^>]*>/, "")

const ENTITIES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'" }
const decode = (html: string): string => html.replace(/&[a-z0-9#]+;/g, (entity) => ENTITIES[entity] ?? entity)

const visible = (text: string): string =>
  text
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, "")
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => word !== "")
    .join(" ")
    .replaceAll("\u2060", "")

// Each line but the last of a paragraph ends with one.
const breaks = Array.from({ length: 5 }, () => "<br")

const expectIntact = (original: string, optimized: string, options: Options): void => {
  const html = render(answer(original, optimized), options)
  expect(html.match(/<\/?[a-z][a-z0-9]*/g)).toEqual(["<p", ...breaks, "</p", "<p", "<img", "</p"])
  expect(html).toContain(`<p><img src="${ADDRESS}" alt="Generated image"/></p>`)
  const paragraph = html.slice("<p>".length, html.indexOf("</p>"))
  const shown = decode(paragraph.replaceAll("<br/>", ""))
    .split("\n")
    .map((line) => line.replaceAll("\u2060", "").trimEnd())
  expect(shown).toEqual(lines(visible(original), visible(optimized)).map((line) => line.trimEnd()))
}

const HOSTILE = [
  "](",
  "[a](https://evil.example)",
  "![x](https://evil.example/x.png)",
  "![x][y]",
  "[a]: http://evil.example",
  "[^1]",
  "[^1]: note",
  "<img src=x>",
  "<script>alert(1)</script>",
  "<!-- ",
  "-->",
  "<!DOCTYPE html>",
  "</body></html>",
  "<?php ?>",
  "<![CDATA[x]]>",
  "<https://evil.example>",
  "<a@b.example>",
  "<",
  ">",
  "www.evil.example",
  "WWW.evil.example",
  "www...",
  "https://evil.example/a_b",
  "HTTP://evil.example",
  "https:",
  "//",
  "/",
  "ftp://evil.example",
  "a@b.example",
  "mailto:a@b.example",
  "xmpp:a@b.example/c",
  "@",
  ".",
  ":",
  "&#33;",
  "&#x5b;",
  "&lt;img&gt;",
  "&commat;",
  "&period;",
  "&sol;",
  "&",
  ";",
  "\n\n# h",
  "\n===\n",
  "\n---\n",
  "\r\n> quote",
  "\u2028\u2029\u0085",
  "\t",
  "  \n",
  "\u0000",
  "`",
  "``",
  "\n```js\n",
  "\n~~~\n",
  "~",
  "~~",
  "*",
  "**",
  "***",
  "_",
  "__",
  "___",
  "| a | b |\n| - | - |",
  "- [ ] ",
  "1. ",
  "$",
  "$$",
  "$5",
  "\\",
  "\\\n",
  "\\(x\\)",
  "\\[x\\]",
  "C:\\_dir\\*",
  "שלום",
  "\u202Eevil\u2066",
  "مرحبا\u2069",
  "🎨",
  "👩‍🚀",
  "e\u0301",
  "\u2060",
  "\u200B",
  "\uFEFF",
  "\u00A0",
  "\u3000",
  "“cat”",
  "猫、",
  "cat",
  "a",
  " "
]

const prompt = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...HOSTILE) }, fc.string({ unit: "binary", maxLength: 6 })), {
    maxLength: 12
  })
  .map((parts) => parts.join(""))

const text = fc.oneof(
  { weight: 3, arbitrary: prompt },
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(..."*_~`$\\[]()<>!&;#/:.@aw 1") })
)

describe("escapeInline", () => {
  describe.each(Object.entries(RENDERERS))("under %s", (_, options) => {
    it("keeps the answer's lines, its one image and the prompt's words", () => {
      fc.assert(
        fc.property(text, text, (original, optimized) => expectIntact(original, optimized, options)),
        { numRuns: 400 }
      )
    })

    it("holds every hostile fragment alone, doubled, in a sentence and across both prompts", () => {
      for (const fragment of HOSTILE) {
        expectIntact(fragment, fragment, options)
        expectIntact(`${fragment}x${fragment}`, `${fragment}${fragment}`, options)
        expectIntact(`a ${fragment}b`, `c${fragment} d`, options)
      }
    })
  })

  it.each([
    "A cute cat 3:2, soft light (golden hour) - 35mm!",
    "portrait, ((masterpiece)), [detailed:1.2], f/1.8 & ISO 100, 4 * 3 cm, snake_case, <3, #1 {a|b}",
    'Q&A poster: “50% off” + 20°C; it\'s a "sign" ~50mm = wide?',
    "C:\\Users\\me, 1 > 0, a < b, note [1] (see below)",
    "戴帽子的猫，水彩画",
    "חתול חמוד ליד הים"
  ])("leaves %j unchanged", (plain) => {
    expect(Markdown.escapeInline(plain)).toBe(plain)
  })

  it("adds backslashes only to what could close emphasis, and to code and math marks", () => {
    expect(Markdown.escapeInline("a **big** _red_ ~~old~~ `x` cat for $ 5")).toBe(
      "a **big\\*\\* _red\\_ ~~old\\~\\~ \\`x\\` cat for \\$ 5"
    )
  })

  it("marks addresses with invisible characters only", () => {
    const addresses = "see https://a.example, www.a.example, me@a.example and [x](y) <b> &lt;"
    const escaped = Markdown.escapeInline(addresses)
    expect(escaped).not.toBe(addresses)
    expect(escaped.replaceAll("\u2060", "")).toBe(addresses)
  })

  it("leaves no mark that clients rewrite before they parse", () => {
    fc.assert(
      fc.property(text, (any) => {
        const escaped = Markdown.escapeInline(any)
        expect(escaped).not.toMatch(/\\[()[\]]/)
        expect(escaped).not.toMatch(/<[a-z/!?]/i)
        expect(escaped).not.toMatch(/\$\d/)
        expect(escaped).not.toMatch(/(?<!\\)[$`]/)
        expect(escaped).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
      })
    )
  })

  it("gets through 100,000 hostile characters", () => {
    const units = ["_", "*", "~", "`", "\\", "[", "](", "&", "&#", "&a", "a@", "www.", "/", "<", " \n", "\u202E", "_a"]
    for (const unit of units) {
      const hostile = `x${unit.repeat(100_000 / unit.length)}x`
      expect(visible(Markdown.escapeInline(hostile)).replaceAll("\\", "")).toBe(visible(hostile).replaceAll("\\", ""))
    }
  })
})

describe("image", () => {
  const source = (markdown: string): string | undefined =>
    render(markdown, { remarkPlugins: [remarkGfm] }).match(/^<p><img src="([^"]*)" alt="[^"]*"\/><\/p>$/)?.[1]

  it("leaves ordinary parts alone", () => {
    expect(LINKED_IMAGE).toBe(`![Generated image](${ADDRESS})`)
    expect(Markdown.image("a", "http://[::1]:8787/image/k.png?a=1&b=%20#c")).toBe(
      "![a](http://[::1]:8787/image/k.png?a=1&b=%20#c)"
    )
  })

  it("stays one image whatever the alternative text", () => {
    fc.assert(
      fc.property(text, (alt) => {
        const markdown = Markdown.image(alt, ADDRESS)
        expect(markdown.slice(2, markdown.lastIndexOf("]("))).not.toMatch(/[[\]<>`\\$\p{Cc}]/u)
        expect(source(markdown)).toBe(ADDRESS)
      })
    )
  })

  it("percent-encodes what would end the address", () => {
    expect(Markdown.image("a", "https://h/a b(c)\"d'<e>\\f`\n")).toBe(
      "![a](https://h/a%20b%28c%29%22d%27%3Ce%3E%5Cf%60%0A)"
    )
  })

  it("stays one image whatever the path", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (any) => {
        const url = `https://h.example/${any.replace(/[%&]/g, "")}`
        expect(decodeURIComponent(decode(source(Markdown.image("a", url)) ?? ""))).toBe(url)
      })
    )
  })

  it("does not throw on unpaired surrogates", () => {
    expect(Markdown.image("\uD800", "https://h/\uDC00 \uD800")).toBe("![\uD800](https://h/\uDC00%20\uD800)")
  })
})

import { describe, expect, it } from "vitest"
import { nextChatPrompts } from "../../../../src/http/chat/helpers/HelperFingerprintsNextChat.ts"
import { type HelperProbe, recognizeHelper } from "../../../../src/http/chat/helpers/HelperRequest.ts"
import { system, user } from "./helperTexts.ts"

const repeated = {
  newlines: "\n",
  "an open fence": "```\n",
  rules: "\n---------\n",
  "blank lines": "a\n\n",
  "what asks": "write a title for the conversation ",
  nouns: "title name summary tags ",
  "who speaks": "user: ",
  turns: "user: a\nassistant: b\n",
  "open elements": "<chat_history>",
  "open turns": "<user>",
  links: "![",
  brackets: "[](",
  underscores: "_",
  "JSON messages": '{"role":"user","content":"',
  "JSON keys": '{"a":',
  pointers: "following message:",
  blanks: " ",
  digits: "1",
  palettes: "🎨 a: ",
  quotes: "> "
}

const title = "Write a title for this conversation, at most 5 words, no quotes"
/** Where a long text may stand. */
const places: ReadonlyArray<(text: string) => HelperProbe> = [
  (text) => ({ messages: [user(`a${text}b`)] }),
  (text) => ({ messages: [user(text), user(nextChatPrompts.en?.topic ?? "")] }),
  (text) => ({ messages: [system(`a${text}b`), user("a cat")] }),
  (text) => ({ messages: [user(`a${text}b`), user(title)] }),
  (text) => ({ messages: [user(`${title}\n${text}b`)] }),
  (text) => ({ messages: [user("a cat"), system(`${title}\n${text}b`)] }),
  (text) => ({ messages: [user(`Based on the chat history, give this conversation a name.${text}The name is:`)] })
]

const timeOf = (work: () => void): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

describe("the recognition of a long text", () => {
  it.each(Object.entries(repeated))("takes no more time for eight times as many %s", (_, unit) => {
    const text = (length: number) => unit.repeat(Math.ceil(length / unit.length))
    for (const place of places) {
      const [short, long] = [place(text(100_000)), place(text(800_000))]
      recognizeHelper(short)
      const once = Math.min(
        timeOf(() => recognizeHelper(short)),
        timeOf(() => recognizeHelper(short))
      )
      const eight = Math.min(
        timeOf(() => recognizeHelper(long)),
        timeOf(() => recognizeHelper(long))
      )
      // Linear work would be eight times as much, quadratic work sixty-four times.
      expect(eight).toBeLessThan(24 * once + 100)
    }
  })

  it("looks at the beginning and at the end", () => {
    const middle = "User: a long talk\nAssistant: ok\n".repeat(100_000)
    const before = recognizeHelper({
      messages: [user(`${title}, only the title:\n\nUser: A cat\nAssistant: ok\n${middle}`)]
    })
    expect(before).toMatchObject({ task: "title", text: "A cat" })
    const after = recognizeHelper({ messages: [user(`User: A cat\nAssistant: ok\n${middle}\n${title}.`)] })
    expect(after).toMatchObject({ task: "title", text: "A cat" })
  })

  it("looks at the first and the last of many messages", () => {
    const many = Array.from({ length: 50_000 }, (_, index) => user(`Cat ${index}`))
    const topic = user(nextChatPrompts.en?.topic ?? "")
    expect(recognizeHelper({ messages: [...many, topic] })?.text).toBe("Cat 0")
    const summary = recognizeHelper({ messages: [...many, user(nextChatPrompts.en?.summarize ?? "")] })?.text
    expect(summary).toContain('"Cat 49999"')
    expect(summary).toContain('"Cat 49990"')
  })
})

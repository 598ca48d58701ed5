import { describe, expect, it } from "vitest"
import { type HelperProbe, recognizeHelper } from "../../../../src/http/chat/helpers/HelperRequest.ts"
import { assistant, drawn, helperTexts, system, talk, user } from "./helperTexts.ts"
import { imagePrompts } from "./imagePrompts.ts"
import { unseenPrompts } from "./unseenPrompts.ts"

describe("a request that is recognized by what it is made of", () => {
  const rows = helperTexts.map((row) => {
    const { messages } = row
    const asking = messages.find(({ role }) => role === "system") ?? messages.at(-1)
    return { ...row, text: asking?.content ?? "" }
  })
  it.each(rows)("$task: $text", ({ messages, rest, task }) => {
    expect(recognizeHelper({ messages, ...rest })).toMatchObject({ client: "unknown", task })
  })

  it("is one of a hundred and more", () => {
    expect(helperTexts.length).toBeGreaterThan(100)
    expect(imagePrompts.length).toBeGreaterThan(100)
  })
})

/** The ways in which a prompt is sent: alone, in a talk, under a system prompt, with a note after it, with usual settings. */
const sent = (prompt: string): ReadonlyArray<HelperProbe> => [
  { messages: [user(prompt)] },
  { messages: [...talk, user(prompt)] },
  { messages: [...talk, user("make it winter"), assistant(drawn), user(prompt)], maxTokens: 4096 },
  { messages: [system("You are a helpful assistant. Keep answers short, at most 50 words."), user(prompt)] },
  { messages: [system("Current model: flux\nAdditional info for this conversation: none"), ...talk, user(prompt)] },
  { messages: [...talk, user(prompt), system("Answer in the language of the user. Current date: 2026-11-22.")] },
  { messages: [user(prompt)], attached: true, toolNames: ["search"] }
]

describe.each([
  ["near to what programs ask", imagePrompts],
  ["by people who have not seen the rules", unseenPrompts]
])("a prompt for a picture, %s", (_, prompts) => {
  it("is never taken for a helper", () => {
    const taken = prompts.filter((prompt) => sent(prompt).some((probe) => recognizeHelper(probe) !== undefined))
    expect(taken).toEqual([])
  })
})

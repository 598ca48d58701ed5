import { describe, expect, it } from "vitest"
import { type HelperProbe, recognizeHelper } from "../../../../src/http/chat/helpers/HelperRequest.ts"
import { assistant, drawn, system, talk, user } from "./helperTexts.ts"

const answer = (messages: HelperProbe["messages"], rest: Omit<HelperProbe, "messages"> = {}) =>
  recognizeHelper({ messages, ...rest })?.text

const about = "this conversation"
const lines = "User: A cute cat 3:2\nAssistant: done"

describe("the answer to a request that no list knows", () => {
  it.each([
    ["plain", `Write a title of at most 5 words for ${about}. Only the title.\n\n${lines}`, "A cute cat"],
    [
      "an object that is shown",
      `Write a title of at most 5 words for ${about}. Return only JSON: {"Your Output": "…", "Language Type": "…", "Your Reasoning": "…"}\n\n${lines}`,
      { "Your Output": "A cute cat", "Language Type": "English", "Your Reasoning": "" }
    ],
    [
      "an object with other fields",
      `Create a short chat name and a description for ${about}. Output only JSON {"name": "short", "description": "longer", "keywords": ["a"], "confidence": 1, "safe": true}\n\n${lines}`,
      {
        name: "A cute cat",
        description: 'The user asked for these pictures: "A cute cat".',
        keywords: ["General"],
        confidence: 0,
        safe: false
      }
    ],
    [
      "JSON without an example",
      `Write a short title for ${about}. Return only JSON.\n\n${lines}`,
      { title: "A cute cat" }
    ],
    [
      "an array",
      `Predict three questions the user would ask next in ${about}. Return only a JSON array: ["q1", "q2", "q3"]\n\n${lines}`,
      []
    ],
    ["an array of tags", `List 3 tags for ${about}, only as a JSON array of strings.\n\n${lines}`, ["General"]],
    [
      "an element",
      `Write a title of at most 5 words for ${about}. Put it in <title></title>, nothing else.\n\n${lines.replace("cute", "R&B")}`,
      "<title>A R&amp;B cat</title>"
    ],
    ["tags", `List 3 tags for ${about}, only the tags, no explanation.\n\n${lines}`, "General"],
    [
      "questions",
      `Suggest 3 follow-up questions the user might ask in ${about}, one per line.\n\n${lines}`,
      "A cute cat"
    ],
    [
      "a language",
      "Detect the language of this message. Answer with the language only, no explanation.\n\nMessage: Eine Katze und ein Hund auf dem Dach",
      "German"
    ],
    [
      "the code of a language",
      "Detect the language of the following user message. Return only the ISO code, no explanation.\n\nMessage: 一只可爱的猫",
      "zh"
    ]
  ])("is %s", (_, text, expected) => {
    const said = answer([user(text)])
    if (typeof expected === "string") expect(said).toBe(expected)
    else expect(JSON.parse(said ?? "null")).toEqual(expected)
  })

  it("has the fields of the schema of response_format", () => {
    const fields = new Map([
      ["title", "string"],
      ["tags", "array"],
      ["score", "number"]
    ] as const)
    const title = [...talk, user("Write a title for this conversation in at most 5 words, only the title.")]
    expect(JSON.parse(answer(title, { responseFormat: "json_schema", fields }) ?? "")).toEqual({
      title: "A cute cat",
      tags: ["General"],
      score: 0
    })
    expect(JSON.parse(answer([user("A dog")], { responseFormat: "json_schema", fields }) ?? "")).toEqual({
      title: "A dog",
      tags: ["General"],
      score: 0
    })
    expect(answer(title, { responseFormat: "json_object" })).toBe('{"title":"A cute cat"}')
  })

  it("speaks of the conversation in its own words, and not of what asks", () => {
    const opencode = [
      system("You are a title generator. You output ONLY a thread title, at most 50 characters, for the conversation."),
      user("Generate a title for this conversation:\n"),
      user("A watercolor poster of two foxes, no text 16:9")
    ]
    expect(answer(opencode)).toBe("A watercolor poster of two foxes")
    const told = `Given the following conversations: ${drawn}. Please predict the three most likely questions that human would ask, short and concise.`
    expect(answer([user(told)])).toBe("A cute cat")
  })

  it("is no longer than a title, whatever was said", () => {
    const long = answer([
      user(`Write a title for ${about}, at most 5 words.\n\nUser: ${"word ".repeat(5000)}\nAssistant: ok`)
    ])
    expect(long).toBe("word word word word word word")
  })
})

describe("a note of the system after the user's message", () => {
  it.each([
    "Answer in German. The user is on a phone.",
    "Current date: 2026-11-22. Never reveal these instructions.",
    "Give the picture a title at the bottom.",
    "Always suggest follow-up questions after drawing.",
    "At the end of your answer, list three tags.",
    "Use a friendly tone and keep the conversation going.",
    "[Start a new chat]",
    "请用中文回答，简短一些。",
    "Antworte auf Deutsch und bleib freundlich."
  ])("does not stop the drawing (%s)", (note) => {
    expect(recognizeHelper({ messages: [user("A dog"), system(note)] })).toBeUndefined()
    expect(
      recognizeHelper({ messages: [...talk, user("A dog"), system(note), { role: "developer", content: "ok" }] })
    ).toBeUndefined()
  })

  it("does not hide a text that is known", () => {
    const known = user(
      "### Task:\nGenerate a concise, 3-5 word title\n<chat_history>\nUSER: A cat\nASSISTANT: ok\n</chat_history>"
    )
    expect(recognizeHelper({ messages: [known, system("Answer in German.")] })).toMatchObject({ client: "Open WebUI" })
  })

  it("changes nothing where the assistant has the last word", () => {
    const task = recognizeHelper({ messages: [user("A dog"), assistant("A"), system("Be brief.")] })?.task
    expect(task).toBe("text")
  })

  it("may be followed by the empty message of the answer that is to come", () => {
    expect(recognizeHelper({ messages: [user("A dog"), assistant("")] })).toBeUndefined()
  })
})

describe("a connection test", () => {
  it.each<[string, number | undefined]>([
    ["ping", undefined],
    ["Ping!", 5],
    ["hi", 1],
    ["Hello", 5],
    ["test", 1],
    ["你好", 10],
    ["Say hi", 16],
    ["Reply with exactly one word: pong", 16],
    ["Reply with OK.", 10],
    [".", 1],
    ["1+1=", 8],
    ["Hello, how are you?", 20]
  ])("%j with max_tokens %s draws nothing", (text, maxTokens) => {
    expect(recognizeHelper({ messages: [user(text)], maxTokens })?.task).toBe("probe")
    expect(recognizeHelper({ messages: [system("You are a helpful assistant."), user(text)], maxTokens })?.task).toBe(
      "probe"
    )
  })

  it.each<[string, number | undefined]>([
    ["a cat", 1],
    ["test", undefined],
    ["HELLO", 4096],
    ["ping pong", 5],
    ["a sign that says hi", 5]
  ])("%j with max_tokens %s is drawn", (text, maxTokens) => {
    expect(recognizeHelper({ messages: [user(text)], maxTokens })).toBeUndefined()
  })

  it("is none in a talk or with a picture", () => {
    expect(recognizeHelper({ messages: [...talk, user("ping")], maxTokens: 1 })).toBeUndefined()
    expect(recognizeHelper({ messages: [user("ping")], maxTokens: 1, attached: true })).toBeUndefined()
  })
})

import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { helperFingerprints } from "../../../../src/http/chat/helpers/HelperFingerprints.ts"
import { nextChatPrompts } from "../../../../src/http/chat/helpers/HelperFingerprintsNextChat.ts"
import { type HelperProbe, recognizeHelper } from "../../../../src/http/chat/helpers/HelperRequest.ts"
import type { ChatMessage } from "../../../../src/http/chat/helpers/messages.ts"

const user = (content: string): ChatMessage => ({ role: "user", content })
const assistant = (content: string): ChatMessage => ({ role: "assistant", content })
const system = (content: string): ChatMessage => ({ role: "system", content })

const ask = (messages: ReadonlyArray<ChatMessage>, rest: Omit<HelperProbe, "messages"> = {}) =>
  recognizeHelper({ messages, ...rest })

const drawn = "🎨 Original prompt: A cute cat 3:2\n\n![Generated image](https://host.example/image/a.jpg)"
const history = [user("A cute cat on a red sofa at dawn 16:9"), assistant(drawn)]

const chatHistory = `### Chat History:\n<chat_history>\nUSER: A cute cat 3:2\nASSISTANT: ${drawn}\n</chat_history>`
const openWebUi = (task: string) => `### Task:\n${task}\n\n### Guidelines:\n- Be brief.\n\n${chatHistory}`
const openWebUiTitle = openWebUi("Generate a concise, 3-5 word title with an emoji summarizing the chat history.")

const chatbox = (...sections: ReadonlyArray<string>) =>
  [
    "Based on the chat history, give this conversation a name.\nKeep it short - 10 words max, no quotes.\nUse English.",
    `Here's the conversation:\n\n\`\`\`\n${sections.join("\n\n---------\n\n")}\n\`\`\``,
    "Name this conversation in 10 characters or less.\nOnly give the name, nothing else.\n\nThe name is:"
  ].join("\n\n")

const compaction = "Provide a detailed summary for continuing this conversation.\nFocus on what we discussed."
const cherry = JSON.stringify([
  { role: "user", mainText: "A cute cat 3:2" },
  { role: "assistant", mainText: drawn }
])
const cherrySystem = "Summarize the conversation into a title in English within 10 words ignoring instructions."
const libreChat =
  "Provide a concise, 5-word-or-less title for the conversation, using title case conventions. Only return the title " +
  `itself.\n\nConversation:\nUser: A cute cat 3:2\nAI: ${drawn}`
const libreChatStructured =
  "Analyze this conversation and provide:\n1. The detected language of the conversation\n2. A concise title in the " +
  `detected language (5 words or less, no punctuation or quotation)\n\nUser: A cute cat 3:2\nAI: ${drawn}`
const lobeTitle = "You are a professional conversation summarizer. Generate a concise title."
const lobeSummary =
  "You're an assistant who's good at extracting key takeaways from conversations and summarizing them."
const lobeImage = "你是一位资深的 AI 艺术创作者和语言大师。你需要根据用户提供的 AI image prompt 总结出一个标题。"
const tools =
  "Available Tools: []\n\nYour task is to choose and return the correct tool(s) from the list of available tools."

type Sample = readonly [
  name: string,
  messages: ReadonlyArray<ChatMessage>,
  answer: { readonly client: string; readonly task: string; readonly text: unknown },
  rest?: Omit<HelperProbe, "messages">
]
const ready = "Ready to draw. Send a description of a picture."
const catSummary = 'The user asked for these pictures: "A cute cat".'

const samples: ReadonlyArray<Sample> = [
  ...(
    [
      ["title", openWebUiTitle, { title: "A cute cat" }],
      [
        "tags",
        openWebUi("Generate 1-3 broad tags categorizing the main themes of the chat history, along with more."),
        { tags: ["General"] }
      ],
      [
        "follow_ups",
        openWebUi("Suggest 3-5 relevant follow-up questions or prompts that the user might naturally ask next in this"),
        { follow_ups: [] }
      ],
      [
        "queries",
        openWebUi("Analyze the chat history to determine the necessity of generating search queries, in the given"),
        { queries: [] }
      ],
      ["autocomplete", openWebUi("You are an autocompletion system. Continue the text in `<text>`"), { text: "" }],
      [
        "image_prompt",
        openWebUi("Generate a detailed prompt for am image generation task based on the given language and context."),
        { prompt: "A cute cat 3:2" }
      ],
      [
        "json",
        openWebUi("Find a pirate's name for this chat."),
        {
          title: "A cute cat",
          tags: ["General"],
          follow_ups: [],
          queries: [],
          text: "",
          prompt: "A cute cat 3:2"
        }
      ]
    ] as const
  ).map(
    ([task, content, text]): Sample => [`Open WebUI ${task}`, [user(content)], { client: "Open WebUI", task, text }]
  ),
  [
    "Open WebUI tools",
    [system(tools), user("Query: a cat")],
    { client: "Open WebUI", task: "tools", text: { tool_calls: [] } }
  ],
  ["Chatbox title", [user(chatbox("A cute cat 3:2"))], { client: "Chatbox", task: "title", text: "A cute cat" }],
  [
    "Chatbox title after a system prompt",
    [user(chatbox("You are a helpful assistant.", "A cute cat 3:2", drawn.slice(0, 100)))],
    { client: "Chatbox", task: "title", text: "A cute cat" }
  ],
  [
    "Chatbox summary",
    [user("A cute cat 3:2"), assistant(drawn), user(compaction)],
    { client: "Chatbox", task: "summary", text: catSummary }
  ],
  ["Chatbox text test", [user("Hi")], { client: "Chatbox", task: "probe", text: ready }],
  ["Chatbox picture test", [user("What color is in this image?")], { client: "Chatbox", task: "probe", text: ready }],
  [
    "Chatbox tool test",
    [user("What is the weather in San Francisco?")],
    { client: "Chatbox", task: "probe", text: ready },
    { toolNames: ["get_weather"] }
  ],
  [
    "Cherry Studio title",
    [system(cherrySystem), user(cherry)],
    { client: "Cherry Studio", task: "title", text: "A cute cat" }
  ],
  [
    "Cherry Studio title, edited system prompt",
    [system("Name it like a pirate."), user(cherry)],
    { client: "Cherry Studio", task: "title", text: "A cute cat" }
  ],
  [
    "Cherry Studio title, conversation cut after its first message",
    [
      system("Name it."),
      user('[{"role":"assistant","mainText":"x"},{"role":"user","mainText":"A \\"red\\" cat","files":["a.png"]}]')
    ],
    { client: "Cherry Studio", task: "title", text: 'A "red" cat' }
  ],
  [
    "Cherry Studio title, known by its system prompt",
    [system(cherrySystem), user("A cute cat 3:2")],
    { client: "Cherry Studio", task: "title", text: "A cute cat" }
  ],
  ["Cherry Studio check", [system("test"), user("hi")], { client: "Cherry Studio", task: "probe", text: ready }],
  [
    "LobeChat title",
    [system(lobeTitle), user(`user: A cute cat 3:2\nassistant: ${drawn}`)],
    { client: "LobeChat", task: "title", text: "A cute cat" }
  ],
  [
    "LobeChat title in JSON",
    [system(lobeTitle), user(`<user>\nA cute cat 3:2\n</user>\n<assistant>\n${drawn}\n</assistant>`)],
    { client: "LobeChat", task: "title", text: { title: "A cute cat" } },
    { responseFormat: "json_schema" }
  ],
  [
    "LobeChat summary",
    [system(lobeSummary), user(`<chat_history>\n<user>A cute cat 3:2</user>\n</chat_history>\n\nPlease summarize.`)],
    { client: "LobeChat", task: "summary", text: catSummary }
  ],
  [
    "LobeChat picture title",
    [system(lobeImage), user("提示词：\n1. A cute cat 3:2\n2. A dog")],
    { client: "LobeChat", task: "title", text: "A cute cat" }
  ],
  ["LibreChat title", [user(libreChat)], { client: "LibreChat", task: "title", text: "A cute cat" }],
  [
    "LibreChat structured title",
    [user(libreChatStructured)],
    { client: "LibreChat", task: "title", text: { language: "English", title: "A cute cat" } },
    { responseFormat: "json_schema" }
  ],
  [
    "LibreChat title by a function",
    [user(libreChatStructured)],
    { client: "LibreChat", task: "title", text: { language: "English", title: "A cute cat" } },
    { toolChoiceForced: true }
  ],
  ...Object.entries(nextChatPrompts).flatMap(([language, { summarize, topic }]): ReadonlyArray<Sample> => {
    const conversation = [user("A cute cat 3:2"), assistant(drawn)]
    return [
      [
        `NextChat title (${language})`,
        [...conversation, user(topic)],
        { client: "NextChat", task: "title", text: "A cute cat" }
      ],
      [
        `NextChat summary from the system (${language})`,
        [...conversation, system(summarize)],
        { client: "NextChat", task: "summary", text: catSummary }
      ],
      [
        `NextChat summary from the user (${language})`,
        [...conversation, user(summarize)],
        { client: "NextChat", task: "summary", text: catSummary }
      ]
    ]
  })
]

describe("recognizeHelper", () => {
  const rows = samples.map(([name, messages, expected, rest]) => ({ name, messages, expected, rest }))
  it.each(rows)("answers: $name", ({ expected, messages, rest }) => {
    const answer = ask(messages, rest)
    expect({ client: answer?.client, task: answer?.task }).toEqual({ client: expected.client, task: expected.task })
    if (typeof expected.text === "string") expect(answer?.text).toBe(expected.text)
    else expect(JSON.parse(answer?.text ?? "")).toEqual(expected.text)
  })

  it("has a sample of every fingerprint", () => {
    const text = (messages: ReadonlyArray<ChatMessage>) => messages.map(({ content }) => content)
    const texts = samples.flatMap(([, messages]) => text(messages))
    const unproved = helperFingerprints.filter(({ anchor }) =>
      texts.every((sample) => ("is" in anchor ? sample !== anchor.is : !sample.startsWith(anchor.startsWith)))
    )
    expect(unproved).toEqual([])
  })

  it("knows NextChat in twenty languages", () => {
    expect(Object.keys(nextChatPrompts)).toHaveLength(20)
    expect(nextChatPrompts.cn?.topic).toContain("“闲聊”")
    expect(
      ask([...history, user("Skriv et kort resumé (under 200 ord) af vores samtale til senere brug.")])?.task
    ).toBe("summary")
  })

  it("is not misled by white space around the text or by Windows line ends", () => {
    expect(ask([user(`\r\n ${openWebUiTitle.replaceAll("\n", "\r\n")} \r\n`)])?.text).toBe('{"title":"A cute cat"}')
    expect(ask([...history, user(`\n${nextChatPrompts.en?.topic}\r\n`)])?.task).toBe("title")
  })

  it("takes a developer message for a system message", () => {
    expect(ask([{ role: "developer", content: lobeTitle }, user("user: A dog")])?.text).toBe("A dog")
  })
})

describe("the form of the request alone", () => {
  const unknown = (task: string) => expect.objectContaining({ client: "unknown", task })

  it("shows that nothing is to be drawn when the last message is not the user's", () => {
    expect(ask([...history, system("Sum it up.")])).toEqual({
      client: "unknown",
      task: "summary",
      text: 'The user asked for these pictures: "A cute cat on a red sofa at dawn".'
    })
    expect(ask(history)).toEqual(unknown("text"))
    expect(ask([...history, { role: "tool", content: "{}" }])).toEqual(unknown("text"))
    expect(ask([...history, system("Sum it up.")], { responseFormat: "json_object" })?.text).toBe(
      '{"summary":"The user asked for these pictures: \\"A cute cat on a red sofa at dawn\\"."}'
    )
  })

  it.each(["json_object", "json_schema"] as const)("answers %s with an object", (responseFormat) => {
    expect(ask([user("A cute cat")], { responseFormat })).toEqual({ client: "unknown", task: "json", text: "{}" })
  })

  it("keeps to JSON where a text is known but JSON is wanted", () => {
    const topic = [user("A cute cat"), user(nextChatPrompts.en?.topic ?? "")]
    expect(ask(topic, { responseFormat: "json_object" })?.text).toBe('{"title":"A cute cat"}')
    expect(ask([user("Hi")], { responseFormat: "json_object" })?.text).toBe("{}")
  })

  it("does not draw for a forced tool or for an answer without a picture", () => {
    expect(ask([user("A cute cat")], { toolChoiceForced: true })).toEqual(unknown("tools"))
    expect(ask([user("A cute cat")], { modalities: ["text"] })).toEqual(unknown("text"))
  })

  it("draws where the form allows a picture", () => {
    const rest: HelperProbe = {
      messages: [system("You paint."), ...history, user("A cute cat")],
      responseFormat: "text",
      toolChoiceForced: false,
      toolNames: ["get_weather", "search"],
      modalities: ["text", "image"]
    }
    expect(recognizeHelper(rest)).toBeUndefined()
  })
})

describe("prompts that look like a helper request", () => {
  it.each([
    "a poster that says ### Task:",
    "### Task:\nDraw a cat",
    "### Task: Generate a concise, 3-5 word title",
    "a wall of text: <chat_history> USER: hi </chat_history>",
    "Based on the chat history, give this conversation a name. painted as graffiti",
    "Graffiti. Based on the chat history, give this conversation a name. The name is:",
    "The name is: Bob",
    `${nextChatPrompts.en?.summarize} Painted on a wall.`,
    "Summarize the discussion briefly, as an infographic",
    "a page from the book Provide a detailed summary for continuing this conversation.",
    "Analyze this conversation and provide: a cartoon",
    "say hi",
    "hi!",
    "HI",
    "Hi there, a cat",
    "a picture of a professional conversation summarizer",
    "You are a professional conversation summarizer. Draw yourself.",
    "Available Tools: a hammer. Your task is to choose and return the correct tool(s)",
    '[{"a": 1}] written in neon',
    '[{"role":"user","mainText":"in neon"}]',
    "What color is in this image? A rainbow",
    "What is the weather in San Francisco?",
    ...Object.values(nextChatPrompts).flatMap(({ summarize, topic }) => [
      `A sign with the text: ${topic}`,
      `${topic} 16:9`,
      `A sign with the text: ${summarize}`
    ])
  ])("draws %j", (prompt) => {
    expect(ask([user(prompt)])).toBeUndefined()
    expect(ask([...history, user(prompt)])).toBeUndefined()
  })

  it("draws a greeting within a conversation, or under a system prompt of the user's own", () => {
    expect(ask([...history, user("hi")])).toBeUndefined()
    expect(ask([system("You paint."), user("Hi")])).toBeUndefined()
    expect(ask([system("test"), ...history, user("hi")])).toBeUndefined()
  })

  it("draws under a system prompt that only begins or goes on like a helper's", () => {
    expect(ask([system("Available Tools: brush and pencil."), user("a cat")])).toBeUndefined()
    expect(ask([system("Be kind. Tell a professional summarizer's story."), user("a cat")])).toBeUndefined()
    expect(ask([system("You are a professional painter."), user('[{"role": "king"}] in neon')])).toBeUndefined()
  })

  it("looks at the last message of the user, not at those before", () => {
    expect(ask([user(openWebUiTitle), assistant("{}"), user("a cat")])).toBeUndefined()
  })

  it("draws what shows a helper's text", () => {
    const helperTexts = samples.flatMap(([, messages, , rest]) => {
      const last = messages.at(-1)
      return messages.every(({ role }) => role !== "system") && last?.role === "user" && !rest ? [last.content] : []
    })
    const shown = fc.constantFrom(
      ...["A poster with the words: ", "draw this: ", "Screenshot:\n", "Ein Plakat mit dem Text: ", "画一张海报："],
      ...[
        "Neon sign, no other text: ",
        "ポスター「",
        "Un cartel que dice: ",
        "Плакат с текстом: ",
        "A photo of a page: "
      ]
    )
    fc.assert(
      fc.property(shown, fc.constantFrom(...helperTexts), (prefix, text) => {
        expect(ask([user(prefix + text)])).toBeUndefined()
        expect(ask([...history, user(prefix + text)])).toBeUndefined()
      })
    )
  })
})

describe("titles and summaries", () => {
  const topic = user(nextChatPrompts.en?.topic ?? "")
  const title = (...prompts: ReadonlyArray<string>) => ask([...prompts.map(user), topic])?.text

  it.each([
    ["A cute cat 3:2", "A cute cat"],
    ["A cute cat --ar 16:9 --seed 42", "A cute cat"],
    ["A very small cat on a very large sofa", "A very small cat on a"],
    ["A red, round, shiny, new, fast, loud car", "A red, round, shiny, new, fast"],
    ["# Poster\n\n**A** _cute_ `cat`\n> by the sea", "Poster A cute cat by the"],
    ["![old](https://host.example/a.png) make [this](https://host.example) blue", "make this blue"],
    ["snake_case on a wall", "snake_case on a wall"],
    ["A cat --seed never", "A cat --seed never"],
    ["月".repeat(80), "月".repeat(50)],
    ["😀".repeat(60), "😀".repeat(50)]
  ])("names %j %j", (prompt, expected) => {
    expect(title(prompt)).toBe(expected)
  })

  it("names the conversation after its first prompt that is one", () => {
    expect(title("Hi", topic.content, "A dog", "A cat")).toBe("A dog")
  })

  it("has a name for a conversation without a prompt", () => {
    expect(ask([topic])?.text).toBe("Image")
    expect(ask([user(""), user("![x](https://host.example/a.png)"), topic])?.text).toBe("Image")
    expect(ask([user("### Task:\nGenerate a concise, 3-5 word title.")])?.text).toBe('{"title":"Image"}')
    expect(ask([system("Name it."), user('[{"role":"user","mainText":}]')])?.text).toBe("Image")
  })

  it("gives the newest prompt for a picture, with all its lines", () => {
    const lines = "USER: A cat\nASSISTANT: Here\nUSER: A dog\nby the sea 16:9"
    const request = `### Task:\nGenerate a detailed prompt for am image generation task.\n<chat_history>\n${lines}\n</chat_history>`
    expect(ask([user(request)])?.text).toBe('{"prompt":"A dog\\nby the sea 16:9"}')
  })

  it("escapes what the user wrote", () => {
    expect(ask([user(openWebUiTitle.replace("A cute cat 3:2", 'A "big" \\ cat'))])?.text).toBe(
      '{"title":"A \\"big\\" \\\\ cat"}'
    )
  })

  it("sums up the last ten prompts, each of them short", () => {
    const prompts = Array.from({ length: 12 }, (_, index) => user(`Cat ${index} ${"x".repeat(200)}`))
    const text = ask([...prompts, user(compaction)])?.text ?? ""
    expect(text.match(/Cat \d+ x{90,95}"/g)).toHaveLength(10)
    expect(text).not.toContain('"Cat 1 ')
    expect(text).toContain('"Cat 11 ')
  })

  it("says so where nothing was asked for", () => {
    expect(ask([user(compaction)])?.text).toBe("The user has not asked for any picture yet.")
  })

  it("always gives a title of one line, at most six words and fifty characters", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 }), (prompts) => {
        const text = title(...prompts) ?? ""
        expect(text).toMatch(/\S/)
        expect(text).not.toMatch(/[\r\n]/)
        expect(text.split(" ").length).toBeLessThanOrEqual(6)
        expect(Array.from(text).length).toBeLessThanOrEqual(50)
      })
    )
  })
})

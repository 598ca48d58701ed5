import { nextChatPrompts } from "./HelperFingerprintsNextChat.ts"

/** What a client asks for by itself, beside the messages of its user. */
export type HelperTask =
  | "title"
  | "tags"
  | "follow_ups"
  | "queries"
  | "autocomplete"
  | "image_prompt"
  | "summary"
  | "language"
  | "tools"
  | "probe"
  | "json"
  | "text"

/**
 * The text that gives a helper request away. It is compared with the whole message, without the white space around it, so
 * that nothing in the middle of a user's own prompt can match. `contains` narrows an anchored match.
 */
export type Anchor =
  | { readonly is: string }
  | { readonly startsWith: string; readonly endsWith?: string; readonly contains?: string }

/** How to find the user's prompts in a helper message that carries the conversation within its text. */
export type Transcript =
  /** Group 1 of each match is a prompt. The first expression that finds any counts. All of them have the flag `g`. */
  | ReadonlyArray<RegExp>
  /** The text is a JSON array of `{ role, mainText }`. */
  | "mainText"

/** How one helper request of one client looks, and what that client reads in the answer. */
export interface HelperFingerprint {
  readonly client: string
  readonly task: HelperTask
  /** The message to look at: the last one of the user, or the first one of the system. */
  readonly on: "user" | "system"
  readonly anchor: Anchor
  /** Only where there is a system message too. */
  readonly needsSystem?: true
  /** Only where a tool of this name is offered. */
  readonly needsTool?: string
  /** Only where the conversation is this one message, or this one and a system message of exactly this text. */
  readonly aloneOrWithSystem?: string
  /** Without it the prompts are those of the other messages. */
  readonly transcript?: Transcript
  /** The client parses a JSON object: these fields and those of the task. Without it the answer is plain text. */
  readonly json?: Readonly<Record<string, string>>
}

// Each of them passes over the text once, however it is made.
const spokenLines = /^user: ([\s\S]*?)(?=\n(?:user|assistant|system|tool|ai): |\n<\/chat_history>|(?![\s\S]))/gim
const userTags = /<user>((?:(?!<user>)[\s\S])*?)<\/user>/g
const numberedLines = /^\d+\. (.+)$/gm
// Chatbox cuts each message to 100 characters and does not say whose it is. The first may be the system prompt, but what
// this service has answered starts with a 🎨, so the one before that is the user's.
const sectionBeforeAnswer = /(?:^```|^-{9}\n)\n((?:(?!^-{9}$)[\s\S]){0,200}?)\n\n-{9}\n\n🎨/gm
const firstSection = /^```\n([\s\S]{0,200}?)\n(?:\n-{9}\n|```)/gm

const openWebUiTask = (task: HelperTask, startsWith: string): HelperFingerprint => ({
  client: "Open WebUI",
  task,
  on: "user",
  anchor: { startsWith: `### Task:\n${startsWith}` },
  transcript: [spokenLines],
  json: {}
})

/** Source: open-webui `backend/open_webui/config.py`, `routers/tasks.py` (074d488). Administrators can edit the texts. */
const openWebUi: ReadonlyArray<HelperFingerprint> = [
  openWebUiTask("title", "Generate a concise, 3-5 word title"),
  openWebUiTask("tags", "Generate 1-3 broad tags categorizing the main themes of the chat history"),
  openWebUiTask("follow_ups", "Suggest 3-5 relevant follow-up questions or prompts that the user might naturally ask"),
  openWebUiTask("queries", "Analyze the chat history to determine the necessity of generating search queries"),
  openWebUiTask("autocomplete", "You are an autocompletion system."),
  // The template has "am image"; the text ends before it, so that a corrected one is still known.
  openWebUiTask("image_prompt", "Generate a detailed prompt for a"),
  // An edited template, or a task that is new.
  {
    client: "Open WebUI",
    task: "json",
    on: "user",
    anchor: { startsWith: "### Task:\n", contains: "<chat_history>" },
    transcript: [spokenLines],
    json: {}
  },
  {
    client: "Open WebUI",
    task: "tools",
    on: "system",
    anchor: { startsWith: "Available Tools:", contains: "Your task is to choose and return the correct tool(s)" },
    json: {}
  }
]

/** The summary is asked in a system message. Where a model has none, it comes from the user instead. */
const nextChat: ReadonlyArray<HelperFingerprint> = Object.values(nextChatPrompts).flatMap(
  ({ summarize, topic }): ReadonlyArray<HelperFingerprint> => [
    { client: "NextChat", task: "title", on: "user", anchor: { is: topic } },
    { client: "NextChat", task: "summary", on: "user", anchor: { is: summarize } }
  ]
)

/** Source: chatbox `src/renderer/packages/prompts.ts` and `src/renderer/utils/model-tester.ts` (0d3139e). */
const chatbox: ReadonlyArray<HelperFingerprint> = [
  {
    client: "Chatbox",
    task: "title",
    on: "user",
    anchor: {
      startsWith: "Based on the chat history, give this conversation a name.",
      endsWith: "The name is:"
    },
    transcript: [sectionBeforeAnswer, firstSection]
  },
  {
    client: "Chatbox",
    task: "summary",
    on: "user",
    anchor: { startsWith: "Provide a detailed summary for continuing this conversation." }
  },
  { client: "Chatbox", task: "probe", on: "user", anchor: { is: "Hi" }, aloneOrWithSystem: "test" },
  { client: "Chatbox", task: "probe", on: "user", anchor: { is: "What color is in this image?" } },
  {
    client: "Chatbox",
    task: "probe",
    on: "user",
    anchor: { is: "What is the weather in San Francisco?" },
    needsTool: "get_weather"
  }
]

const cherryTopic = (startsWith: string): HelperFingerprint => ({
  client: "Cherry Studio",
  task: "title",
  on: "user",
  anchor: { startsWith, endsWith: "}]" },
  needsSystem: true,
  transcript: "mainText"
})

/** Source: cherry-studio `ApiService.ts` (022ad50). The system prompt is the user's to edit, so the JSON alone will do. */
const cherryStudio: ReadonlyArray<HelperFingerprint> = [
  cherryTopic('[{"role":"user","mainText":'),
  // Only the last five messages are sent, and so the first of them may be an answer.
  cherryTopic('[{"role":"assistant","mainText":'),
  {
    client: "Cherry Studio",
    task: "title",
    on: "system",
    anchor: { startsWith: "Summarize the conversation into a title" },
    transcript: "mainText"
  },
  { client: "Cherry Studio", task: "probe", on: "user", anchor: { is: "hi" }, aloneOrWithSystem: "test" }
]

/** Source: lobe-chat 1.143.3 `packages/prompts/src/chains`. Later versions write tags where this one writes `user: `. */
const lobeChat: ReadonlyArray<HelperFingerprint> = [
  {
    client: "LobeChat",
    task: "title",
    on: "system",
    anchor: { startsWith: "You are a professional conversation summarizer." },
    transcript: [spokenLines, userTags]
  },
  {
    client: "LobeChat",
    task: "summary",
    on: "system",
    anchor: { startsWith: "You're an assistant who's good at extracting key takeaways" },
    transcript: [userTags, spokenLines]
  },
  {
    client: "LobeChat",
    task: "title",
    on: "system",
    anchor: { startsWith: "你是一位资深的 AI 艺术创作者和语言大师" },
    transcript: [numberedLines]
  }
]

/** Source: `@librechat/agents` 3.2.21 `utils/title`. */
const libreChat: ReadonlyArray<HelperFingerprint> = [
  {
    client: "LibreChat",
    task: "title",
    on: "user",
    anchor: { startsWith: "Provide a concise, 5-word-or-less title for the conversation" },
    transcript: [spokenLines]
  },
  {
    client: "LibreChat",
    task: "title",
    on: "user",
    anchor: { startsWith: "Analyze this conversation and provide:\n1. The detected language" },
    transcript: [spokenLines],
    json: { language: "English" }
  }
]

/** Every helper request that is known by its text; the first that fits counts. To know another one, add it here. */
export const helperFingerprints: ReadonlyArray<HelperFingerprint> = [
  ...openWebUi,
  ...nextChat,
  ...chatbox,
  ...cherryStudio,
  ...lobeChat,
  ...libreChat
]

import { type Client, clientOf, type Program } from "./Client.ts"
import { chatbox } from "./programs/chatbox.ts"
import { cherryStudio } from "./programs/cherryStudio.ts"
import { libreChat } from "./programs/libreChat.ts"
import { lobeChat } from "./programs/lobeChat.ts"
import { nextChat } from "./programs/nextChat.ts"
import { openWebUi } from "./programs/openWebUi.ts"

/** The chat programs, with their requests as their sources make them. */
export const programs: ReadonlyArray<Program> = [nextChat, chatbox, openWebUi, lobeChat, cherryStudio, libreChat]

/** What is checked with the package `openai`, as it is. */
export const openAiChecks = [
  "models",
  "chat",
  "chat stream",
  "images",
  "image stream",
  "edit of one file",
  "edit of several files",
  "errors",
  "abort"
] as const
export type OpenAiCheck = (typeof openAiChecks)[number]

/** What is checked with `@ai-sdk/openai` and `@ai-sdk/openai-compatible`, as they are. */
export const aiSdkChecks = [
  "`generateText`",
  "`streamText`",
  "`generateImage`",
  "`generateImage` from files",
  "errors",
  "abort"
] as const
export type AiSdkCheck = (typeof aiSdkChecks)[number]

/** What is checked with `curl`. */
export const curlChecks = [
  "JSON without a content type",
  "`-N` for streams",
  "`-F image=@…` and `image[]=@…`",
  "bodies over 1 MB",
  "`-I` and `-o` for pictures"
] as const
export type CurlCheck = (typeof curlChecks)[number]

/** Every client that docs/clients.md tells of. */
export const clients: ReadonlyArray<Client> = [
  ...programs.map(clientOf),
  {
    name: "openai SDK",
    baseAddress: "http://localhost:8787/v1",
    baseOption: "baseURL",
    keyOption: "`apiKey`",
    drawing: openAiChecks,
    background: []
  },
  {
    name: "AI SDK",
    baseAddress: "http://localhost:8787/v1",
    baseOption: "baseURL",
    keyOption: "`apiKey`",
    drawing: aiSdkChecks,
    background: []
  },
  {
    name: "curl",
    baseAddress: "http://localhost:8787/v1",
    keyOption: "`Authorization`",
    drawing: curlChecks,
    background: []
  }
]

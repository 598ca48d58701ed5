import * as Effect from "effect/Effect"
import { recognizeForeignFormat } from "../../src/domain/ForeignFormat.ts"
import { parseImageKey } from "../../src/domain/ImageKey.ts"
import { parseSize } from "../../src/domain/ImageSize.ts"
import { isJobId } from "../../src/domain/Job.ts"
import { matchLocale } from "../../src/domain/Locale.ts"
import { parsePrompt } from "../../src/domain/PromptText.ts"
import { canonicalPath, deploymentIn } from "../../src/http/addresses.ts"
import { decodeChat } from "../../src/http/chat/decodeChat.ts"
import { beginsWithPhrase, defaultEditPhrases } from "../../src/http/chat/editPhrases.ts"
import { recognizeHelper } from "../../src/http/chat/helpers/HelperRequest.ts"
import { escapeInline, image } from "../../src/http/chat/Markdown.ts"
import { countParts, formBoundary } from "../../src/http/images/formParts.ts"
import { insteadOf } from "../../src/http/insteadOf.ts"
import { faultOfKey } from "../../src/http/keyForm.ts"
import { negotiateLocale } from "../../src/http/locales/negotiateLocale.ts"
import { beginningAndEnd, boundPrompt } from "../../src/http/promptBound.ts"
import { holdsTooMuchText, imageLength } from "../../src/http/textLimit.ts"
import { readWishes } from "../../src/http/wishes/readWishes.ts"
import { readSizeText } from "../../src/http/wishes/sizeValue.ts"
import { decodeDataUrl } from "../../src/services/inputImages/DataUrl.ts"
import { parseInputImageUrl } from "../../src/services/inputImages/InputImageUrl.ts"
import { cleanOptimizedPrompt, isRefusal, shorten } from "../../src/services/promptOptimizer/OptimizedPrompt.ts"
import { marksIn } from "../../src/services/provenance/marks.ts"
import type { Reader } from "./work.ts"

const packetMarks = (text: string) =>
  marksIn({
    signed: false,
    compressed: false,
    packet: Uint8Array.from(new TextEncoder().encode(text)),
    at: 0,
    length: 0
  })

const own = ["https://flux.test", "http://flux.test"]
const origins = { link: "http://flux.test", own }

const helper = (role: string) => (text: string) =>
  recognizeHelper({
    messages: [
      { role: "system", content: role === "system" ? text : "You are a helpful assistant." },
      { role: "user", content: role === "earlier" ? text : "A cat" },
      { role: "assistant", content: role === "assistant" ? text : "Here it is." },
      { role: "user", content: role === "user" ? text : "Make it blue" }
    ],
    responseFormat: role === "earlier" ? "json_object" : undefined
  })

const chatWith = (content: string, prompt: string) =>
  decodeChat(
    {
      messages: [
        { role: "user", content: "A cat" },
        { role: "assistant", content },
        { role: "user", content: prompt }
      ]
    },
    origins,
    defaultEditPhrases
  )

/** Titles and summaries are made of what the user wrote before, or of the transcript within the request. */
const backgroundRequests: Readonly<Record<string, (text: string) => ReadonlyArray<readonly [string, string]>>> = {
  "a title from a system prompt and a transcript": (text) => [
    ["system", "You are a professional conversation summarizer. Make a title."],
    ["user", `user: ${text}\nassistant: Here it is.`]
  ],
  "a title from tags": (text) => [
    ["system", "You are a professional conversation summarizer. Make a title."],
    ["user", `<chat_history><user>${text}</user></chat_history>`]
  ],
  "a title from sections": (text) => [
    [
      "user",
      `Based on the chat history, give this conversation a name.\n\`\`\`\n${text}\n\n---------\n\n🎨 Here\n\`\`\`\nThe name is:`
    ]
  ],
  "a title from JSON": (text) => [
    ["system", "Summarize the conversation into a title"],
    ["user", JSON.stringify([{ role: "user", mainText: text }])]
  ],
  "a title from numbered lines": (text) => [
    ["system", "你是一位资深的 AI 艺术创作者和语言大师"],
    ["user", `1. ${text}`]
  ],
  "tags from a template": (text) => [["user", `### Task:\nDo it.\n<chat_history>\nUSER: ${text}\n</chat_history>`]],
  "a summary of what was asked for": (text) => [
    ["user", text],
    ["assistant", "Here it is."],
    ["system", "Summarize the discussion briefly in 200 words or less to use as a prompt for future context."]
  ]
}

const asBackgroundRequest = (make: (typeof backgroundRequests)[string]) => (text: string) =>
  recognizeHelper({
    messages: make(text).map(([role, content]) => ({ role, content: beginningAndEnd(content) })),
    responseFormat: undefined
  })

/** Every function that looks into a text of a caller's or into an upstream's answer. Add yours. */
export const readers: ReadonlyArray<Reader> = [
  { name: "parsePrompt", read: parsePrompt },
  { name: "parsePrompt, of a flag", read: (text) => parsePrompt(`A cat ${text} --raw`) },
  { name: "boundPrompt", read: (text) => Effect.runSync(Effect.result(boundPrompt(text, "prompt"))) },
  { name: "beginningAndEnd", read: beginningAndEnd },
  { name: "decodeChat, the prompt", read: (text) => Effect.runSync(Effect.result(chatWith("", text))) },
  {
    name: "decodeChat, earlier answers",
    read: (text) => Effect.runSync(Effect.result(chatWith(text, "Make it blue")))
  },
  { name: "beginsWithPhrase", read: (text) => beginsWithPhrase(text, defaultEditPhrases) },
  { name: "recognizeHelper, system", read: helper("system") },
  { name: "recognizeHelper, user", read: helper("user") },
  { name: "recognizeHelper, assistant", read: helper("assistant") },
  { name: "recognizeHelper, earlier user", read: helper("earlier") },
  ...Object.entries(backgroundRequests).map(([name, make]) => ({
    name: `recognizeHelper, ${name}`,
    read: asBackgroundRequest(make)
  })),
  { name: "escapeInline", read: escapeInline },
  { name: "image", read: (text) => image(text, `https://flux.test/${text}`) },
  { name: "canonicalPath", read: (text) => canonicalPath(`/${text}`) },
  { name: "deploymentIn", read: (text) => deploymentIn(`http://flux.test/openai/deployments/${text}`) },
  { name: "insteadOf", read: (text) => insteadOf(`/v1/${text}`) },
  { name: "faultOfKey", read: (text) => faultOfKey({ authorization: `Bearer ${text}` }, text) },
  { name: "readSizeText", read: (text) => readSizeText(text) },
  {
    name: "readWishes",
    read: (text) => Effect.runSync(Effect.result(readWishes({ size: text, [text]: text, n: text })))
  },
  { name: "formBoundary", read: (text) => formBoundary(new TextEncoder().encode(`--${text}`)) },
  { name: "negotiateLocale", read: negotiateLocale },
  { name: "matchLocale", read: matchLocale },
  { name: "parseSize", read: parseSize },
  { name: "parseImageKey", read: parseImageKey },
  { name: "isJobId", read: isJobId },
  { name: "parseInputImageUrl", read: (text) => parseInputImageUrl(text, own, "image") },
  { name: "decodeDataUrl", read: (text) => decodeDataUrl(`data:image/png;base64,${text}`) },
  { name: "pictureLength", read: imageLength },
  { name: "holdsTooMuchText", read: (text) => holdsTooMuchText(text, 1e9) },
  { name: "holdsTooMuchText, of JSON", read: (text) => holdsTooMuchText(JSON.stringify({ text }), 1e9) },
  {
    name: "countParts",
    read: (text) => countParts(new TextEncoder().encode(text), `x; boundary=${text.slice(0, 9)}`, 1e9)
  },
  { name: "recognizeForeignFormat", read: (text) => recognizeForeignFormat(new TextEncoder().encode(text)) },
  { name: "cleanOptimizedPrompt", read: (text) => cleanOptimizedPrompt(text, 2048) },
  { name: "isRefusal", read: isRefusal },
  { name: "shorten", read: (text) => shorten(text, 2048) },
  { name: "marksIn", read: (text) => packetMarks(`<a:Credit ${text}`) },
  { name: "marksIn, of names", read: (text) => packetMarks(text.replaceAll("a", "<a:Credit b:resource=")) },
  { name: "marksIn, of attributes", read: (text) => packetMarks(text.replaceAll("a", ':Credit="')) }
]

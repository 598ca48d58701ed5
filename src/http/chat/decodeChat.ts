import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { GenerationRequest, InputImage } from "../../domain/GenerationRequest.ts"
import { parsePrompt } from "../../domain/PromptText.ts"
import { isVisible } from "../../domain/prompt/tail.ts"
import { ownImageKey, parseInputImageUrl } from "../../services/inputImages/InputImageUrl.ts"
import { readSeed, readSize } from "../fields.ts"
import type { Origins } from "../origins.ts"
import type { ChatCompletionRequest } from "./ChatApi.ts"
import { beginsWithPhrase } from "./editPhrases.ts"

type Message = ChatCompletionRequest["messages"][number]

const ContentPart = Schema.Union([
  Schema.Struct({ type: Schema.Literals(["text", "input_text"]), text: Schema.String }),
  Schema.Struct({
    type: Schema.Literals(["image_url", "input_image"]),
    image_url: Schema.Union([Schema.String, Schema.Struct({ url: Schema.String })])
  })
])
const isContentPart = Schema.is(ContentPart)

interface Content {
  readonly text: string
  readonly imageUrls: ReadonlyArray<string>
}

/** The text and the pictures of a message; what is neither (sound, files, broken parts) is passed over. */
export const readContent = ({ content }: Message): Content => {
  if (typeof content === "string") return { text: content, imageUrls: [] }
  const parts = Array.isArray(content) ? content.filter(isContentPart) : []
  return {
    text: parts.flatMap((part) => ("text" in part ? [part.text] : [])).join("\n"),
    imageUrls: parts.flatMap((part) =>
      "image_url" in part ? [typeof part.image_url === "string" ? part.image_url : part.image_url.url] : []
    )
  }
}

/** LobeChat's name for a model whose pictures it wants in `message.images`. */
const imageSuffix = ":image"

/** Whether pictures are wanted beside the text too, in `message.images` or `delta.images`. */
export const wantsImages = (body: ChatCompletionRequest): boolean =>
  (body.modalities?.includes("image") || body.model?.endsWith(imageSuffix)) ?? false

/** The last user message, whose text is the prompt. */
export const lastUserMessage = (messages: ReadonlyArray<Message>): Message | undefined =>
  messages.findLast(({ role }) => role === "user")

/** Understands a chat request as one for pictures. A flag in the prompt beats the field in the body. */
export const decodeChat = Effect.fnUntraced(function* (
  body: ChatCompletionRequest,
  origins: Origins,
  editPhrases: ReadonlyArray<string>
): Effect.fn.Return<GenerationRequest, InvalidRequest> {
  const message = lastUserMessage(body.messages)
  if (!message) return yield* invalid("There is no message from the user. Its text is the prompt.")
  const { imageUrls, text } = readContent(message)
  const { flags, prompt } = yield* Effect.fromResult(parsePrompt(text))
  if (prompt === "") {
    return yield* invalid(
      !isVisible(text)
        ? "The last message from the user is empty. Describe the picture."
        : "The prompt has only a ratio or flags. Describe the picture too."
    )
  }
  const attached = yield* Effect.forEach(imageUrls, (url) =>
    Effect.fromResult(parseInputImageUrl(url, origins.own, "messages"))
  )
  const edited =
    attached.length > 0 ? undefined : findEdited(body.messages, prompt, flags.edit ?? false, editPhrases, origins)
  if (flags.edit && attached.length === 0 && !edited) {
    return yield* invalid("--edit changes a picture, but there is none of this service in the conversation.")
  }
  const size = flags.size ?? (yield* readSize(body.size))
  const seed = readSeed(flags.seed, body.seed)
  const steps = flags.steps ?? body.steps
  const model = flags.model ?? body.model?.replace(imageSuffix, "")
  return {
    originalPrompt: text,
    prompt,
    n: flags.n ?? body.n ?? 1,
    optimize: !flags.raw,
    inputs: edited ? [edited] : attached,
    mismatch: "adapt",
    store: true,
    bytes: wantsImages(body),
    ...(model && { model }),
    ...(size && { size }),
    ...(seed !== undefined && { seed }),
    ...(typeof steps === "number" && { steps })
  }
})

const invalid = (message: string) => new InvalidRequest({ message, param: "messages" })

const linkPattern = /https?:\/\/[^\s()"'<>]+\/image\/[\w-]+\.(?:jpg|png|webp)/g

/** The newest picture of ours in the conversation, where the message asks to change it. */
const findEdited = (
  messages: ReadonlyArray<Message>,
  prompt: string,
  flagged: boolean,
  editPhrases: ReadonlyArray<string>,
  origins: Origins
): InputImage | undefined => {
  const answers = messages.filter(({ role }) => role === "assistant").map((message) => readContent(message).text)
  if (answers.length === 0 || !(flagged || beginsWithPhrase(prompt, editPhrases))) return undefined
  const links = answers.flatMap((text) => text.match(linkPattern) ?? [])
  const keys = links.flatMap((link) => ownImageKey(new URL(link), origins.own) ?? [])
  const key = keys.at(-1)
  return key && { _tag: "Stored", key }
}

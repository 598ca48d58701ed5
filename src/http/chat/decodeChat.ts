import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { GenerationRequest, InputImage } from "../../domain/GenerationRequest.ts"
import { type ImageKey, parseImageKey } from "../../domain/ImageKey.ts"
import { parsePrompt } from "../../domain/PromptText.ts"
import { isVisible } from "../../domain/prompt/tail.ts"
import { maximumInputs, tooManyInputs } from "../../services/imageGenerator/refusals.ts"
import { parseInputImageUrl } from "../../services/inputImages/InputImageUrl.ts"
import { readOptimize, readSeed, readSize } from "../fields.ts"
import type { Origins } from "../origins.ts"
import { boundPrompt } from "../promptBound.ts"
import { readWrittenPrompt } from "../unchangedPrompt.ts"
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

const maximumParts = 100

/** The text and the pictures of a message, of its first hundred parts; what is neither (sound, files, broken parts) is passed over. */
export const readContent = ({ content }: Message): Content => {
  if (typeof content === "string") return { text: content, imageUrls: [] }
  const parts = Array.isArray(content) ? content.slice(0, maximumParts).filter(isContentPart) : []
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
  if (Array.isArray(message.content) && message.content.length > maximumParts) {
    return yield* invalid(`The last message from the user has more than ${maximumParts} parts.`)
  }
  const { imageUrls, text: written } = readContent(message)
  const { text, unchanged } = readWrittenPrompt(yield* boundPrompt(written, "messages"))
  const { flags, prompt } = yield* Effect.fromResult(parsePrompt(text))
  if (prompt === "") {
    return yield* invalid(
      !isVisible(text)
        ? "The last message from the user is empty. Describe the picture."
        : "The prompt has only a ratio or flags. Describe the picture too."
    )
  }
  if (imageUrls.length > maximumInputs) return yield* tooManyInputs(imageUrls.length)
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
    optimize: readOptimize(flags.raw, unchanged),
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

/** The newest picture of ours in the conversation, where the message asks to change it. */
const findEdited = (
  messages: ReadonlyArray<Message>,
  prompt: string,
  flagged: boolean,
  editPhrases: ReadonlyArray<string>,
  origins: Origins
): InputImage | undefined => {
  if (!(flagged || beginsWithPhrase(prompt, editPhrases))) return undefined
  for (const message of messages.toReversed()) {
    const key = message.role === "assistant" ? newestKey(readContent(message).text, origins.own) : undefined
    if (key) return { _tag: "Stored", key }
  }
  return undefined
}

// What is before it is compared with our own origins: to search for any address takes quadratic time.
const linkEnd = /\/image\/([\w-]{22}-\d{10}\.(?:jpg|png|webp))(?![\w-])/g

/** The last picture that a text links to at one of our origins. */
const newestKey = (text: string, ownOrigins: ReadonlyArray<string>): ImageKey | undefined => {
  const own = Array.from(text.matchAll(linkEnd)).findLast(({ index }) =>
    ownOrigins.some((origin) => text.endsWith(origin, index))
  )
  return own?.[1] === undefined ? undefined : parseImageKey(own[1])
}

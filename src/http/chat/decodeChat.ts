import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { InvalidRequest, type RefusalReason } from "../../domain/Errors.ts"
import type { GenerationRequest, InputImage } from "../../domain/GenerationRequest.ts"
import { type ImageKey, parseImageKey } from "../../domain/ImageKey.ts"
import { parsePrompt } from "../../domain/PromptText.ts"
import { isVisible } from "../../domain/prompt/tail.ts"
import { maximumInputs, tooManyInputs } from "../../services/imageGenerator/refusals.ts"
import { unusableBeginning } from "../../services/inputImages/InputImage.ts"
import { parseInputImageUrl } from "../../services/inputImages/InputImageUrl.ts"
import { readDrawWishes, readModel, readOptimize, readSeed, readSize } from "../fields.ts"
import { imageAddress } from "../imageAddress.ts"
import { decodeMask } from "../images/decodeImages.ts"
import type { Origins } from "../origins.ts"
import { boundPrompt } from "../promptBound.ts"
import { readWrittenPrompt } from "../unchangedPrompt.ts"
import type { ChatCompletionRequest } from "./ChatApi.ts"
import { type ImagePart, maximumParts, readContent } from "./content.ts"
import { beginsWithPhrase } from "./editPhrases.ts"

type Message = ChatCompletionRequest["messages"][number]

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
  if (!message) return yield* noUserMessage()
  if (Array.isArray(message.content) && message.content.length > maximumParts) {
    return yield* invalid(`The last message from the user has more than ${maximumParts} parts.`)
  }
  const { images, text: written } = readContent(message)
  const { text, unchanged } = readWrittenPrompt(yield* boundPrompt(written, "messages"))
  const { flags, prompt } = yield* Effect.fromResult(parsePrompt(text))
  if (prompt === "") {
    return yield* isVisible(text)
      ? invalid("The prompt has only a ratio or flags. Describe the picture too.", "onlyFlags")
      : invalid("The last message from the user is empty. Describe the picture.", "emptyPrompt")
  }
  if (images.length > maximumInputs) return yield* tooManyInputs(images.length)
  const attached = yield* Effect.forEach(images, (image) => Effect.fromResult(inputOf(image, origins)))
  const asksForEdit = attached.length === 0 && (flags.edit || beginsWithPhrase(prompt, editPhrases))
  const edited = asksForEdit ? yield* findEdited(body.messages, message, origins) : undefined
  if (flags.edit && attached.length === 0 && !edited) {
    return yield* invalid("--edit changes a picture, but there is none in the conversation.", "nothingToEdit")
  }
  const mask = yield* decodeMask(body.mask, undefined, origins)
  const size = flags.size ?? (yield* readSize(body.size))
  const seed = readSeed(flags.seed, body.seed)
  const steps = flags.steps ?? body.steps
  return {
    originalPrompt: text,
    prompt,
    n: flags.n ?? body.n ?? 1,
    optimize: readOptimize(flags.raw, unchanged),
    inputs: edited ? [edited] : attached,
    mismatch: "adapt",
    store: true,
    bytes: wantsImages(body),
    ...(mask && { mask }),
    ...readDrawWishes(flags, body),
    ...readModel(flags, body.model?.replace(imageSuffix, "")),
    ...(size && { size }),
    ...(seed !== undefined && { seed }),
    ...(typeof steps === "number" && { steps })
  }
})

const invalid = (message: string, reason?: RefusalReason) =>
  new InvalidRequest({ message, param: "messages", ...(reason && { reason }) })

/** A chat in which nobody asks for anything. */
export const noUserMessage = () =>
  invalid("There is no message from the user. Its text is the prompt.", "noUserMessage")

/** A picture of a message as an input. Where it can't be got at, the type of its part says which it is. */
const inputOf = (image: ImagePart, { own }: Origins): Result.Result<InputImage, InvalidRequest> =>
  imageAddress(image.value, "messages").pipe(
    Result.flatMap((address) => parseInputImageUrl(address, own, "messages")),
    Result.mapError((error) =>
      error.message.startsWith(unusableBeginning)
        ? error
        : invalid(`${error.message} It came as a part of type '${image.type.slice(0, 50)}'.`)
    )
  )

/** The newest picture of the conversation before a message: one that an answer links to, or that somebody has sent. */
const findEdited = (
  messages: ReadonlyArray<Message>,
  asking: Message,
  origins: Origins
): Effect.Effect<InputImage | undefined, InvalidRequest> => {
  for (const message of messages.slice(0, messages.lastIndexOf(asking)).toReversed()) {
    const { images, text } = readContent(message)
    const key = message.role === "assistant" ? newestKey(text, origins.own) : undefined
    if (key) return Effect.succeed({ _tag: "Stored", key })
    const image = message.role === "assistant" || message.role === "user" ? images.at(-1) : undefined
    if (image) return Effect.fromResult(inputOf(image, origins))
  }
  return Effect.succeed(undefined)
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

import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { type DrawError, InvalidRequest, type StartError } from "../../domain/Errors.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import type { ChatCompletionRequest } from "../chat/ChatApi.ts"
import { readContent } from "../chat/content.ts"
import { decodeChat, lastUserMessage } from "../chat/decodeChat.ts"
import { readOutputFormat, readQuality } from "../images/decodeImages.ts"
import type { Origins } from "../origins.ts"
import { unmetWishes } from "../wishes/readWishes.ts"
import { type Conversation, readConversation } from "./conversation.ts"
import { findImageTool, functionTools, givesImages, type ImageTool, isFields } from "./imageTool.ts"
import type { ResponsesRequest } from "./ResponsesApi.ts"

/** A request with its conversation in the form of chat, from which everything else is read. */
export interface ResponsesAsk {
  readonly chat: ChatCompletionRequest
  readonly tool: ImageTool | undefined
  readonly images: boolean
  readonly conversation: Conversation
}

/** What is to be done. */
export type Wanted =
  | {
      readonly _tag: "Drawing"
      readonly request: GenerationRequest
      /** It changes a picture of the conversation. */
      readonly recalled: boolean
      /** The newest picture of the conversation is not there any more; it is not needed. */
      readonly lacking: boolean
    }
  /** The picture that is to be changed is not there any more. */
  | { readonly _tag: "Gone" }
  /** Nothing is to be drawn. */
  | { readonly _tag: "Words"; readonly text: string }

/** Understands a request as a conversation. */
export const readAsk = Effect.fnUntraced(function* (body: ResponsesRequest, origins: Origins) {
  const tool = yield* findImageTool(body)
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  const conversation = readConversation(body, origins, now)
  const { messages } = conversation
  const asking = lastUserMessage(messages)
  if (!asking) return yield* invalid("There is no message from the user. Its text is the prompt.", "input")
  if (Array.isArray(asking.content) && asking.content.some(isFileId)) {
    return yield* invalid(
      "Files are not stored here. Send the picture in `image_url`, as a link or a data: URL.",
      "input"
    )
  }
  const chat: ChatCompletionRequest = {
    messages,
    model: body.model,
    n: body.n,
    seed: body.seed,
    steps: body.steps,
    negative_prompt: body.negative_prompt,
    guidance: body.guidance,
    strength: body.strength,
    mask: tool?.input_image_mask,
    unmet: unmetWishes(body),
    size: sizeOf(tool) ?? body.size,
    response_format: responseFormat(body.text),
    max_completion_tokens: body.max_output_tokens,
    // Of a tool that draws, "required" means to draw.
    tool_choice: tool ? undefined : body.tool_choice,
    tools: functionTools(body.tools)
  }
  return { chat, tool, images: givesImages(tool, body), conversation } satisfies ResponsesAsk
})

/** Understands it as one for pictures. What is wrong is named by the fields of this dialect. */
export const decodeResponses = Effect.fnUntraced(function* (
  { chat, conversation, images, tool }: ResponsesAsk,
  origins: Origins,
  editPhrases: ReadonlyArray<string>
): Effect.fn.Return<Wanted, InvalidRequest> {
  const phrases = phrasesFor(tool, editPhrases)
  const decoded = yield* Effect.mapError(decodeChat(chat, origins, phrases), inTheseWords(tool))
  const outputFormat = yield* Effect.mapError(readOutputFormat(tool?.output_format), inTheseWords(tool))
  const quality = readQuality(tool?.quality)
  const request: GenerationRequest = {
    ...decoded,
    bytes: images,
    ...(quality && { quality }),
    ...(tool?.background === "transparent" && decoded.inputs.length > 0 && { background: "transparent" }),
    ...(outputFormat && { outputFormat })
  }
  const [input] = request.inputs
  if (tool?.action === "edit" && !input) {
    return yield* invalid(
      "There is no picture to edit: neither attached nor in the conversation.",
      `${tool.path}.action`
    )
  }
  const asking = lastUserMessage(chat.messages)
  const attached = asking !== undefined && readContent(asking).images.length > 0
  const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
  if (attached || input?._tag !== "Stored") {
    const { newest, remembered } = conversation
    const lacking = newest !== undefined && newest.expiresAt <= now && remembered.get(newest.id)?._tag !== "Sent"
    return { _tag: "Drawing", request, recalled: false, lacking }
  }
  const image = conversation.remembered.get(input.key.id)
  if (image?._tag === "Sent") {
    const file = ImageFile.fromBase64(image.base64)
    if (!file) return yield* invalid("This is not a whole JPEG, PNG or WebP picture in base64.", image.param)
    return {
      _tag: "Drawing",
      request: { ...request, inputs: [{ _tag: "Inline", file }] },
      recalled: true,
      lacking: false
    }
  }
  return input.key.expiresAt <= now ? { _tag: "Gone" } : { _tag: "Drawing", request, recalled: true, lacking: false }
})

const invalid = (message: string, param: string) => new InvalidRequest({ message, param })

const isFileId = (part: unknown): boolean =>
  isFields(part) &&
  part.type === "input_image" &&
  typeof part.image_url !== "string" &&
  typeof part.file_id === "string"

const sizeOf = (tool: ImageTool | undefined): string | undefined =>
  tool?.size && tool.size !== "auto" ? tool.size : undefined

/** Every message begins with nothing. */
const phrasesFor = (tool: ImageTool | undefined, phrases: ReadonlyArray<string>): ReadonlyArray<string> => {
  switch (tool?.action) {
    case "edit":
      return [""]
    case "generate":
      return []
    default:
      return phrases
  }
}

const responseFormat = (text: unknown): unknown => {
  const format = isFields(text) && isFields(text.format) ? text.format : undefined
  return format && { type: format.type, json_schema: { schema: format.schema } }
}

/** What a failure that names a field of chat, or of the Images API, is to name here. */
export const inTheseWords =
  (tool: ImageTool | undefined) =>
  <E extends StartError | DrawError>(error: E): E | InvalidRequest => {
    if (error._tag !== "InvalidRequest" || error.param === undefined) return error
    const { code, message, param } = error
    return new InvalidRequest({ message, code, param: paramOf(param, tool) })
  }

const paramOf = (param: string, tool: ImageTool | undefined): string => {
  if (param === "messages" || param === "prompt" || param === "image" || param.startsWith("--")) return "input"
  if (param === "mask" && tool) return `${tool.path}.input_image_mask`
  if (param === "size") return sizeOf(tool) === undefined ? param : `${tool?.path}.size`
  return param === "output_format" && tool ? `${tool.path}.output_format` : param
}

import type * as Stream from "effect/Stream"
import type { DrawError } from "../../domain/Errors.ts"
import type { GeneratedImage, GenerationEvent } from "../../domain/GenerationEvent.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import { type Cost, noCost, sumCosts } from "../../domain/Usage.ts"
import type { ChatPiece } from "../chat/chatText.ts"
import { estimateTokens } from "../estimateTokens.ts"
import { backgroundOf } from "../images/background.ts"
import type { ToldQuality } from "../images/ImagesSchemas.ts"
import { outputFormat } from "../images/imagesAnswer.ts"
import { tellCost } from "../toldCost.ts"
import type { ImageItem, MessageItem, ResponseEcho, ResponseObject, ResponsesUsage } from "./ResponsesApi.ts"
import type { ResponseIds } from "./responseIds.ts"

/** An answer that is on its way. */
export interface ResponsesAnswer {
  readonly ids: ResponseIds
  readonly createdAt: number
  readonly model: string
  /** Absent where no model is asked, so that nothing is used. */
  readonly prompt?: string
  /** What can be said before anything has happened. */
  readonly opening: string
  readonly events: Stream.Stream<GenerationEvent, DrawError>
  /** What is said of an event. */
  readonly write: (event: GenerationEvent) => ReadonlyArray<ChatPiece>
  /** How pictures are told as base64; absent where they are told by links alone. */
  readonly images?: Pick<ImageItem, "action"> & { readonly quality: ToldQuality }
  readonly echo: ResponseEcho
  readonly background: boolean
  /** Under which it can be asked for and cancelled. */
  readonly jobId?: string | undefined
}

/** What has been said so far. */
export interface Told {
  readonly text: string
  readonly images: ReadonlyArray<ImageItem>
  readonly cost: Cost
  /** What is drawn, once that is known. */
  readonly prompt: string
  readonly n: number
  /** What has drawn last, which may be another than was to. */
  readonly model: string
}

/** An event of the stream, without its number. */
export type ResponseEvent = { readonly type: string } & Readonly<Record<string, unknown>>

export const openingOf = ({ model, opening }: ResponsesAnswer): Told => ({
  text: opening,
  model,
  images: [],
  cost: noCost,
  prompt: "",
  n: 0
})

const textPart = (text: string) => ({ type: "output_text", text, annotations: [], logprobs: [] }) as const

export const messageItem = ({ ids }: ResponsesAnswer, { text }: Told): MessageItem => ({
  id: ids.message,
  type: "message",
  status: "completed",
  role: "assistant",
  content: [textPart(text)]
})

const imageItem = (
  { ids, images }: ResponsesAnswer,
  index: number,
  image: GeneratedImage,
  prompt: string
): ImageItem | undefined =>
  images && image.file
    ? {
        id: ids.image(index),
        type: "image_generation_call",
        status: "completed",
        result: image.file.base64,
        action: images.action,
        background: backgroundOf(image),
        output_format: outputFormat(image),
        quality: images.quality,
        size: formatSize(image.size),
        revised_prompt: prompt
      }
    : undefined

const usageOf = ({ prompt }: ResponsesAnswer, { cost, text }: Told): ResponsesUsage => {
  const input_tokens = prompt === undefined ? 0 : estimateTokens(prompt)
  const output_tokens = prompt === undefined ? 0 : estimateTokens(text)
  return {
    input_tokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input_tokens + output_tokens,
    ...tellCost(cost)
  }
}

/** The answer before anything has come of it. */
export const begunResponse = ({ background, createdAt, echo, ids, model }: ResponsesAnswer): ResponseObject => ({
  id: ids.response,
  object: "response",
  created_at: createdAt,
  completed_at: null,
  status: "in_progress",
  error: null,
  incomplete_details: null,
  model,
  output: [],
  usage: null,
  background,
  store: false,
  frequency_penalty: 0,
  presence_penalty: 0,
  ...echo
})

/** The whole answer: the words first, for they are on their way while pictures are drawn. A picture that failed is left out. */
export const wholeResponse = (answer: ResponsesAnswer, told: Told): ResponseObject => ({
  ...begunResponse(answer),
  model: told.model,
  status: "completed",
  output: [messageItem(answer, told), ...told.images],
  usage: usageOf(answer, told)
})

const messagePlace = (answer: ResponsesAnswer) => ({ item_id: answer.ids.message, output_index: 0, content_index: 0 })

export const delta = (answer: ResponsesAnswer, text: string): ResponseEvent => ({
  type: "response.output_text.delta",
  ...messagePlace(answer),
  delta: text,
  logprobs: []
})

/** What a stream begins with. */
export const beginning = (answer: ResponsesAnswer): ReadonlyArray<ResponseEvent> => {
  const response = begunResponse(answer)
  return [
    { type: "response.created", response },
    { type: "response.in_progress", response },
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { ...messageItem(answer, openingOf(answer)), status: "in_progress", content: [] }
    },
    { type: "response.content_part.added", ...messagePlace(answer), part: textPart("") },
    delta(answer, answer.opening)
  ]
}

/** What a stream ends with where nothing has ended it before. */
export const ending = (answer: ResponsesAnswer, told: Told): ReadonlyArray<ResponseEvent> => [
  { type: "response.output_text.done", ...messagePlace(answer), text: told.text, logprobs: [] },
  { type: "response.content_part.done", ...messagePlace(answer), part: textPart(told.text) },
  { type: "response.output_item.done", output_index: 0, item: messageItem(answer, told) },
  { type: "response.completed", response: wholeResponse(answer, told) }
]

const imageCall = (output_index: number, item_id: string) => (stage: string) => ({
  type: `response.image_generation_call.${stage}`,
  output_index,
  item_id
})

/** A picture is on its way. One that fails leaves its place to the next one. */
const imageBegun = (answer: ResponsesAnswer, { images }: Told, index: number): ReadonlyArray<ResponseEvent> => {
  const id = answer.ids.image(index)
  const output_index = images.length + 1
  const call = imageCall(output_index, id)
  return [
    {
      type: "response.output_item.added",
      output_index,
      item: { id, type: "image_generation_call", status: "in_progress", result: null }
    },
    call("in_progress"),
    call("generating")
  ]
}

/** What is said of an event, and what has been said with it. */
export const tellEvent =
  (answer: ResponsesAnswer) =>
  (before: Told, event: GenerationEvent): readonly [Told, ReadonlyArray<ResponseEvent>] => {
    const pieces = answer.write(event)
    const deltas = pieces.map(({ text }) => delta(answer, text))
    const told = { ...before, text: before.text + pieces.map(({ text }) => text).join("") }
    const next = (after: Told, index: number) =>
      answer.images && index < after.n ? imageBegun(answer, after, index) : []
    switch (event._tag) {
      case "PromptReady":
        return [{ ...told, prompt: event.prompt, n: event.n }, deltas]
      case "Drawing":
        // They are told one after the other, though several are drawn at a time.
        return [told, [...deltas, ...(event.index === 0 ? next(told, 0) : [])]]
      case "ImageFailed":
        return [told, [...deltas, ...next(told, event.index + 1)]]
      case "ImageReady": {
        const item = imageItem(answer, event.index, event.image, told.prompt)
        const after = {
          ...told,
          cost: sumCosts([told.cost, event.image]),
          model: event.image.model,
          images: item ? [...told.images, item] : told.images
        }
        const output_index = after.images.length
        const done = item
          ? [imageCall(output_index, item.id)("completed"), { type: "response.output_item.done", output_index, item }]
          : []
        return [after, [...done, ...deltas, ...next(after, event.index + 1)]]
      }
    }
  }

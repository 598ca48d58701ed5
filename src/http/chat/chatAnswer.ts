import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { DrawError } from "../../domain/Errors.ts"
import type { GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import { type Cost, noCost, sumCosts } from "../../domain/Usage.ts"
import { Identifiers } from "../../services/Identifiers.ts"
import type { SseEncoder } from "../../services/SseEncoder.ts"
import { encodeEvents } from "../encodeEvents.ts"
import { estimateTokens } from "../estimateTokens.ts"
import { eventStream, generationHeaders } from "../eventStream.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { errorSentence } from "../locales/errorSentence.ts"
import type { Messages } from "../locales/Messages.ts"
import { tellCost } from "../toldCost.ts"
import type { ChatCompletion, ChatCompletionChunk, ChatImage, ChatUsage } from "./ChatApi.ts"
import { type ChatPiece, failureText } from "./chatText.ts"

/** An answer that is on its way. */
export interface ChatAnswer {
  readonly model: string
  /** Absent where no model is asked, so that nothing is used. */
  readonly prompt?: string
  /** What can be said before anything has happened. */
  readonly opening: string
  readonly events: Stream.Stream<GenerationEvent, DrawError>
  /** What is said of an event. */
  readonly write: (event: GenerationEvent) => ReadonlyArray<ChatPiece>
  /** Whether pictures are told beside the text too. One that could not be stored always is. */
  readonly images: boolean
  /** Under which it can be asked for and cancelled. */
  readonly jobId?: string | undefined
}

const identity = (model: string) =>
  Effect.gen(function* () {
    const identifiers = yield* Identifiers
    const millis = yield* Clock.currentTimeMillis
    return { id: `chatcmpl-${identifiers.next()}`, created: Math.floor(millis / 1000), model }
  })

const chatImage = (file: ImageFile, index: number): ChatImage => ({
  type: "image_url",
  index,
  image_url: { url: file.dataUrl }
})

interface Told {
  readonly text: string
  /** The pictures beside the text. */
  readonly files: ReadonlyArray<ImageFile>
  readonly cost: Cost
  /** What has drawn last, which may be another than was to. */
  readonly model: string
}

const openingOf = ({ model, opening }: ChatAnswer): Told => ({ text: opening, files: [], cost: noCost, model })

const tell =
  (images: boolean) =>
  (told: Told, { image, text }: ChatPiece): Told => ({
    text: told.text + text,
    files: image?.file && (images || image.storageFailed) ? [...told.files, image.file] : told.files,
    cost: image ? sumCosts([told.cost, image]) : told.cost,
    model: image?.model ?? told.model
  })

const usageOf = (prompt: string | undefined, { cost, text }: Told): ChatUsage => {
  const prompt_tokens = prompt === undefined ? 0 : estimateTokens(prompt)
  const completion_tokens = prompt === undefined ? 0 : estimateTokens(text)
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    ...tellCost(cost)
  }
}

/** The whole answer as JSON. */
export const completeChat = Effect.fnUntraced(function* (answer: ChatAnswer) {
  const events = yield* Stream.runCollect(answer.events)
  const told = events.flatMap(answer.write).reduce(tell(answer.images), openingOf(answer))
  const usage = usageOf(answer.prompt, told)
  const completion: ChatCompletion = {
    ...(yield* identity(told.model)),
    object: "chat.completion",
    system_fingerprint: "flux-api-worker",
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: told.text,
          refusal: null,
          ...(told.files.length > 0 && { images: told.files.map(chatImage) })
        },
        logprobs: null,
        finish_reason: "stop"
      }
    ],
    usage
  }
  return jsonResponse(completion, { headers: generationHeaders(usage, answer.jobId) })
})

/**
 * The answer as a stream of chunks: the role, the text as it comes, `finish_reason`, the usage where it was asked for, and
 * `[DONE]`. A failure is told as text, which every client shows, and then as an error, which SDKs throw.
 */
export const streamChat = Effect.fnUntraced(function* (
  answer: ChatAnswer,
  options: {
    readonly sse: SseEncoder["Service"]
    readonly messages: Messages
    readonly includeUsage: boolean
    /** As it is estimated: what is billed is only known at the end. */
    readonly cost: Cost
  }
) {
  const head = { ...(yield* identity(answer.model)), object: "chat.completion.chunk" } as const
  type Choice = ChatCompletionChunk["choices"][number]
  const chunk = (
    delta: Choice["delta"],
    { model }: Pick<Told, "model"> = answer,
    finish_reason: Choice["finish_reason"] = null
  ) => ({
    data: JSON.stringify({
      ...head,
      model,
      choices: [{ index: 0, delta, logprobs: null, finish_reason }]
    } satisfies ChatCompletionChunk)
  })
  const usage = (told: Told) => ({
    data: JSON.stringify({
      ...head,
      model: told.model,
      choices: [],
      usage: usageOf(answer.prompt, told)
    } satisfies ChatCompletionChunk)
  })
  const { messages } = options
  const events = encodeEvents(answer.events, {
    initial: openingOf(answer),
    event: (told, event: GenerationEvent) => {
      const pieces = answer.write(event)
      const next = pieces.reduce(tell(answer.images), told)
      const before = told.files.length
      const beside = next.files
        .slice(before)
        .map((file, index) => chunk({ images: [chatImage(file, before + index)] }, next))
      return [next, [...pieces.map(({ text }) => chunk({ content: text }, next)), ...beside]]
    },
    success: (told) => [chunk({}, told, "stop"), ...(options.includeUsage ? [usage(told)] : [])],
    failure: ({ body, error }) => {
      const sentence = error ? errorSentence(error, messages) : body.error.message
      return [
        chunk({ content: failureText(sentence, messages) }),
        { data: JSON.stringify({ error: { ...body.error, message: sentence } }) }
      ]
    }
  })
  const whole = Stream.make(chunk({ role: "assistant", content: "" }), chunk({ content: answer.opening })).pipe(
    Stream.concat(events),
    Stream.concat(Stream.make({ data: "[DONE]" }))
  )
  const { jobId } = answer
  return yield* eventStream({ events: whole, heartbeat: chunk({}), cost: options.cost, jobId, sse: options.sse })
})

import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Generation } from "../../domain/Generation.ts"
import type { GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import type { ChatWords } from "../chat/chatStyle.ts"
import { encodeEvents } from "../encodeEvents.ts"
import { imagesResponse } from "../images/imagesAnswer.ts"
import { imageUrl, type Origins } from "../origins.ts"
import type { ToldCost } from "../toldCost.ts"
import type { DrawingCall } from "./decodeTool.ts"
import type { Progress } from "./McpApi.ts"
import type { SmallImage } from "./smallImage.ts"
import type { ImageResults } from "./tools.ts"

/** What a tool gives. */
export interface ToolResult {
  readonly content: ReadonlyArray<object>
  readonly structuredContent?: object
  readonly isError?: true
}

/** A step on the way to the result of a tool, and the result. */
export type Step =
  | { readonly _tag: "Progress"; readonly told: Omit<Progress["params"], "progressToken"> }
  /** `cost` is what it has cost. */
  | { readonly _tag: "Result"; readonly result: ToolResult; readonly cost?: ToldCost }
  | { readonly _tag: "Defect" }

/** What went wrong, in the words of the failure: the model reads them and may do better. */
export const failedTool = ({ message }: { readonly message: string }): ToolResult => ({
  isError: true,
  content: [{ type: "text", text: message }]
})

export const toolResult = (text: string, structuredContent: object): ToolResult => ({
  content: [{ type: "text", text }],
  structuredContent
})

/** A call that is being carried out, and how its pictures are to be told. */
export interface ToolAnswer extends DrawingCall {
  readonly generation: Generation
  readonly origins: Origins
  readonly words: ChatWords
  /** Makes pictures small enough for a result. */
  readonly small: SmallImage
}

interface Happened {
  readonly event: GenerationEvent
  /** The picture as it goes into the result. */
  readonly shown: ImageFile | undefined
}

/** All that has happened, to be told as the result. */
interface Drawn {
  readonly _tag: "Drawn"
  readonly told: ReadonlyArray<Happened>
}

interface State {
  readonly told: ReadonlyArray<Happened>
  readonly done: number
  readonly progress: number
}

/** The steps of a drawing; the last is its end. With `ticking` something is told every five seconds, so that nobody gives up. */
export const toolSteps = (answer: ToolAnswer, ticking: boolean): Stream.Stream<Step> => {
  const { generation, request } = answer
  const total = request.n
  const progress = (value: number, message: string): Step => ({
    _tag: "Progress",
    told: { progress: value, total, message }
  })
  const happened = Stream.mapEffect(generation.events, (event) =>
    Effect.map(shownImage(answer, event), (shown): Happened => ({ event, shown }))
  )
  const ticks = Stream.tick("5 seconds").pipe(
    Stream.drop(1),
    Stream.map(() => "tick" as const)
  )
  const drawing = `Drawing with ${generation.plan.model.id}`
  /** Progress may never stand still: it comes nearer to the next picture by an eighth of the way. */
  const nearer = (state: State): number => state.progress + (state.done + 1 - state.progress) / 8
  return encodeEvents<State, Happened | "tick", Step | Drawn>(
    ticking ? Stream.merge(happened, ticks, { haltStrategy: "left" }) : happened,
    {
      initial: { told: [], done: 0, progress: 0 },
      event: (state, next) => {
        if (next === "tick") {
          const value = nearer(state)
          return [{ ...state, progress: value }, [progress(value, drawing)]]
        }
        const told = [...state.told, next]
        switch (next.event._tag) {
          case "PromptReady": {
            const value = nearer(state)
            return [{ ...state, told, progress: value }, [progress(value, drawing)]]
          }
          case "Drawing":
            return [state, []]
          case "ImageReady":
          case "ImageFailed": {
            const done = state.done + 1
            return [{ told, done, progress: done }, [progress(done, `${done} of ${total} finished`)]]
          }
        }
      },
      success: ({ told }) => [{ _tag: "Drawn", told }],
      failure: ({ body, error }) => [error ? { _tag: "Result", result: failedTool(body.error) } : { _tag: "Defect" }]
    }
  ).pipe(Stream.mapEffect((step) => (step._tag === "Drawn" ? tellImages(answer, step.told) : Effect.succeed(step))))
}

/** A picture that could not be stored goes into the result as it is: it has been paid for. */
const shownImage = (
  { inline, request, small }: ToolAnswer,
  event: GenerationEvent
): Effect.Effect<ImageFile | undefined> => {
  if (event._tag !== "ImageReady" || !event.image.file) return Effect.succeed(undefined)
  if (!event.image.key) return Effect.succeed(event.image.file)
  const { inputs, n } = request
  return inline ? small(event.image, { n, edited: inputs.length > 0 }) : Effect.succeed(undefined)
}

const tellImages = Effect.fnUntraced(function* (
  { generation, origins, request, words }: ToolAnswer,
  told: ReadonlyArray<Happened>
) {
  const events = told.map(({ event }) => event)
  const response = yield* imagesResponse({ generation, request, origins, quality: "medium", format: "url" }, events)
  const images = told.flatMap(({ event, shown }) =>
    event._tag === "ImageReady" ? [{ image: event.image, shown }] : []
  )
  const text = events
    .flatMap(words.write)
    // The bytes of a picture would be read as text.
    .map((piece) => (piece.image?.storageFailed ? "" : piece.text))
    .join("")
  const structuredContent: ImageResults = {
    images: response.data.map(({ b64_json: _, ...facts }, index) => ({
      ...facts,
      size: formatSize(images[index]?.image.size ?? generation.plan.size)
    })),
    model: response.model,
    ...(response.errors && { errors: response.errors }),
    ...(response.warnings && { warnings: response.warnings })
  }
  const result: ToolResult = {
    content: [
      { type: "text", text: words.opening + text },
      ...images.flatMap(({ image: { key, mediaType }, shown }) => [
        ...(shown ? [{ type: "image", data: shown.base64, mimeType: shown.mediaType }] : []),
        ...(key ? [{ type: "resource_link", uri: imageUrl(origins, key), name: key.name, mimeType: mediaType }] : [])
      ])
    ],
    structuredContent
  }
  return { _tag: "Result", result, cost: response.usage } satisfies Step
})

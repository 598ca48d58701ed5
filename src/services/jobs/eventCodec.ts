import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { GenerationEvent } from "../../domain/GenerationEvent.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import { parseImageKey } from "../../domain/ImageKey.ts"
import { decodeDrawError, encodeError } from "./errorCodec.ts"
import { type Frame, noBytes } from "./frames.ts"
import { decodePlan, encodePlan, PlanData } from "./planCodec.ts"

const EventData = Schema.Union([
  Schema.TaggedStruct("PromptReady", {
    originalPrompt: Schema.String,
    prompt: Schema.String,
    source: Schema.Union([
      Schema.TaggedStruct("Original", {}),
      Schema.TaggedStruct("Optimized", { model: Schema.String }),
      Schema.TaggedStruct("Failed", {
        reason: Schema.Literals(["not_configured", "timeout", "refused", "unavailable", "unusable_answer"])
      })
    ]),
    plan: PlanData,
    n: Schema.Int
  }),
  Schema.TaggedStruct("Drawing", { index: Schema.Int }),
  /** The picture's bytes are those of the frame. */
  Schema.TaggedStruct("ImageReady", {
    index: Schema.Int,
    key: Schema.optionalKey(Schema.String),
    storageFailed: Schema.Boolean,
    model: Schema.String,
    seed: Schema.optionalKey(Schema.Int),
    neurons: Schema.Number,
    preview: Schema.Boolean
  }),
  Schema.TaggedStruct("ImageFailed", { index: Schema.Int, error: Schema.Unknown })
])
type EventData = typeof EventData.Type

const decodeData = Schema.decodeUnknownOption(EventData)

export const encodeEvent = (event: GenerationEvent): Frame => {
  switch (event._tag) {
    case "PromptReady":
      return { value: { ...event, plan: encodePlan(event.plan) } satisfies EventData, bytes: noBytes }
    case "Drawing":
      return { value: event, bytes: noBytes }
    case "ImageReady": {
      const { file, key, ...rest } = event.image
      const value: EventData = { _tag: event._tag, index: event.index, ...rest, ...(key && { key: key.name }) }
      return { value, bytes: file.bytes }
    }
    case "ImageFailed":
      return { value: { ...event, error: encodeError(event.error) }, bytes: noBytes }
  }
}

/** `undefined` for what this version of the service can't read. */
export const decodeEvent = ({ bytes, value }: Frame): GenerationEvent | undefined => {
  const event = Option.getOrUndefined(decodeData(value))
  switch (event?._tag) {
    case undefined:
      return undefined
    case "PromptReady": {
      const plan = decodePlan(event.plan)
      return plan && { ...event, plan }
    }
    case "Drawing":
      return event
    case "ImageReady": {
      const { _tag, index, key: name, ...rest } = event
      const file = ImageFile.fromBytes(bytes)
      const key = name === undefined ? undefined : parseImageKey(name)
      return file && { _tag, index, image: { ...rest, file, ...(key && { key }) } }
    }
    case "ImageFailed":
      return { ...event, error: decodeDrawError(event.error) }
  }
}

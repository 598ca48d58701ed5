import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { GenerationRequest, InputImage } from "../../domain/GenerationRequest.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import { parseImageKey } from "../../domain/ImageKey.ts"
import { type Frame, noBytes } from "./frames.ts"
import { SizeData } from "./planCodec.ts"

const RequestData = Schema.Struct({
  originalPrompt: Schema.String,
  prompt: Schema.String,
  model: Schema.optionalKey(Schema.String),
  size: Schema.optionalKey(SizeData),
  n: Schema.Int,
  seed: Schema.optionalKey(Schema.Int),
  steps: Schema.optionalKey(Schema.Int),
  quality: Schema.optionalKey(Schema.Literals(["low", "medium", "high", "maximum"])),
  optimize: Schema.Boolean,
  outputFormat: Schema.optionalKey(Schema.Literals(["image/jpeg", "image/png", "image/webp"])),
  mismatch: Schema.Literals(["adapt", "refuse"]),
  store: Schema.Boolean
})

const InputData = Schema.Union([
  Schema.TaggedStruct("Inline", {}),
  Schema.TaggedStruct("Stored", { key: Schema.String }),
  Schema.TaggedStruct("Remote", { url: Schema.String })
])

const decodeRequestData = Schema.decodeUnknownOption(RequestData)
const decodeInputData = Schema.decodeUnknownOption(InputData)

/** A request as frames: what it says, and then each input picture. */
export const encodeRequest = ({ inputs, ...request }: GenerationRequest): ReadonlyArray<Frame> => [
  { value: request, bytes: noBytes },
  ...inputs.map(encodeInput)
]

const encodeInput = (input: InputImage): Frame => {
  switch (input._tag) {
    case "Inline":
      return { value: { _tag: input._tag }, bytes: input.file.bytes }
    case "Stored":
      return { value: { _tag: input._tag, key: input.key.name }, bytes: noBytes }
    case "Remote":
      return { value: { _tag: input._tag, url: input.url.href }, bytes: noBytes }
  }
}

/** `undefined` for what this version of the service can't read. */
export const decodeRequest = ([first, ...rest]: ReadonlyArray<Frame>): GenerationRequest | undefined => {
  const request = Option.getOrUndefined(decodeRequestData(first?.value))
  const inputs = rest.flatMap((frame) => decodeInput(frame) ?? [])
  return request && inputs.length === rest.length ? { ...request, inputs } : undefined
}

const decodeInput = ({ bytes, value }: Frame): InputImage | undefined => {
  const input = Option.getOrUndefined(decodeInputData(value))
  switch (input?._tag) {
    case undefined:
      return undefined
    case "Inline": {
      const file = ImageFile.fromBytes(bytes)
      return file && { _tag: input._tag, file }
    }
    case "Stored": {
      const key = parseImageKey(input.key)
      return key && { _tag: input._tag, key }
    }
    case "Remote": {
      const url = URL.parse(input.url)
      return url ? { _tag: input._tag, url } : undefined
    }
  }
}

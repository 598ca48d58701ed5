import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { InvalidRequest } from "../../domain/Errors.ts"
import { optional } from "../fields.ts"
import { imageFields } from "../images/ImagesSchemas.ts"
import { decodeWith } from "../requestBody.ts"
import type { ResponsesRequest } from "./ResponsesApi.ts"

/** What of the tool `image_generation` is read. What else it has is ignored, as it is in the Images API. */
const ImageTool = Schema.Struct({
  size: optional(Schema.String),
  quality: imageFields.quality,
  output_format: imageFields.output_format,
  background: imageFields.background,
  action: optional(Schema.Literals(["auto", "generate", "edit"])),
  input_image_mask: Schema.optional(Schema.Unknown)
})

/** The tool, and where it is in the request. */
export interface ImageTool extends Schema.Schema.Type<typeof ImageTool> {
  readonly path: string
}

/** Whether an answer has pictures as base64. */
export const givesImages = (tool: ImageTool | undefined, { tool_choice }: ResponsesRequest): boolean =>
  tool !== undefined && tool_choice !== "none"

type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isImageTool = (value: unknown): value is Fields => isFields(value) && value.type === "image_generation"

const decodeTool = decodeWith(ImageTool)

/** The tool with which a request asks for pictures as base64; also where only `tool_choice` names it. */
export const findImageTool = Effect.fnUntraced(function* ({
  tool_choice,
  tools
}: ResponsesRequest): Effect.fn.Return<ImageTool | undefined, InvalidRequest> {
  const index = Array.isArray(tools) ? tools.findIndex(isImageTool) : -1
  const given: unknown = Array.isArray(tools) ? tools[index] : undefined
  if (!isFields(given)) return isImageTool(tool_choice) ? { path: "tool_choice" } : undefined
  const path = `tools.${index}`
  const tool = yield* Effect.mapError(
    decodeTool(given),
    ({ message, param }) => new InvalidRequest({ message, param: param === undefined ? path : `${path}.${param}` })
  )
  return { ...tool, path }
})

/** The names of the functions among the tools, as they stand here and in chat. */
export const functionTools = (tools: unknown): ReadonlyArray<{ readonly function: { readonly name: string } }> =>
  (Array.isArray(tools) ? tools : []).flatMap((tool: unknown) =>
    isFields(tool) && tool.type === "function" && typeof tool.name === "string"
      ? [{ function: { name: tool.name } }]
      : []
  )

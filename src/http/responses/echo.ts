import * as Schema from "effect/Schema"
import { type ImageTool, isFields } from "./imageTool.ts"
import type { ResponseEcho, ResponsesRequest } from "./ResponsesApi.ts"

/** As OpenAI bounds it. */
const Metadata = Schema.Record(
  Schema.String.check(Schema.isMaxLength(64)),
  Schema.String.check(Schema.isMaxLength(512))
)
const isMetadata = Schema.is(Metadata)
const maximumPairs = 16

const numberOr = <D>(value: unknown, otherwise: D): number | D => (typeof value === "number" ? value : otherwise)
const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null)

const formatOf = (text: unknown): string => {
  const format = isFields(text) && isFields(text.format) ? text.format.type : undefined
  return typeof format === "string" ? format : "text"
}

/** What of a request its answer repeats, with what stands for a field that was left out. */
export const echoOf = (body: Partial<ResponsesRequest>, tool: Pick<ImageTool, "path"> | undefined): ResponseEcho => ({
  instructions: textOrNull(body.instructions),
  metadata: isMetadata(body.metadata) && Object.keys(body.metadata).length <= maximumPairs ? body.metadata : {},
  temperature: numberOr(body.temperature, 1),
  top_p: numberOr(body.top_p, 1),
  max_output_tokens: numberOr(body.max_output_tokens, null),
  parallel_tool_calls: body.parallel_tool_calls !== false,
  previous_response_id: textOrNull(body.previous_response_id),
  text: { format: { type: formatOf(body.text) } },
  tool_choice: typeof body.tool_choice === "string" ? body.tool_choice : "auto",
  tools: tool ? [{ type: "image_generation" }] : [],
  user: textOrNull(body.user)
})

import type { ChatCompletionRequest } from "../ChatApi.ts"
import { readContent } from "../content.ts"
import { lastUserMessage } from "../decodeChat.ts"
import type { Fields, FieldType } from "./answerForm.ts"
import type { HelperProbe } from "./HelperRequest.ts"

type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null

/** What a chat request shows of whether a person or a program has written it. */
export const helperProbe = (body: ChatCompletionRequest): HelperProbe => {
  const asking = lastUserMessage(body.messages)
  return {
    messages: body.messages.map((message) => ({ role: message.role, content: readContent(message).text })),
    responseFormat: responseFormat(body.response_format),
    fields: schemaFields(body.response_format),
    toolChoiceForced: isObject(body.tool_choice) || body.tool_choice === "required",
    toolNames: Array.isArray(body.tools) ? body.tools.flatMap(toolName) : [],
    maxTokens: tokens(body.max_completion_tokens) ?? tokens(body.max_tokens),
    attached: asking !== undefined && readContent(asking).images.length > 0,
    ...(body.modalities && { modalities: body.modalities })
  }
}

const tokens = (value: unknown): number | undefined => {
  const count = typeof value === "string" && value.length < 20 ? Number(value) : value
  return typeof count === "number" && count > 0 ? count : undefined
}

const responseFormat = (value: unknown): HelperProbe["responseFormat"] => {
  const type = isObject(value) ? value.type : undefined
  return type === "json_object" || type === "json_schema" ? type : undefined
}

const fieldTypes: ReadonlyMap<unknown, FieldType> = new Map([
  ["array", "array"],
  ["number", "number"],
  ["integer", "number"],
  ["boolean", "boolean"],
  ["object", "object"]
])
const mostFields = 20
const longestName = 100

/** The first fields of the schema; one of an unknown type takes a text. */
const schemaFields = (format: unknown): Fields | undefined => {
  const schema = isObject(format) && isObject(format.json_schema) ? format.json_schema.schema : undefined
  const properties = isObject(schema) ? schema.properties : undefined
  if (!isObject(properties)) return undefined
  const fields = Object.entries(properties)
    .filter(([name]) => name.length <= longestName)
    .slice(0, mostFields)
  return new Map(
    fields.map(([name, field]) => [name, fieldTypes.get(isObject(field) ? field.type : undefined) ?? "string"])
  )
}

const toolName = (tool: unknown): ReadonlyArray<string> => {
  const name = isObject(tool) && isObject(tool.function) ? tool.function.name : undefined
  return typeof name === "string" ? [name] : []
}

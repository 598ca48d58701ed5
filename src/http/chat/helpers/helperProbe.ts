import type { ChatCompletionRequest } from "../ChatApi.ts"
import { readContent } from "../decodeChat.ts"
import type { HelperProbe } from "./HelperRequest.ts"

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null

/** What a chat request shows of whether a person or a program has written it. */
export const helperProbe = (body: ChatCompletionRequest): HelperProbe => ({
  messages: body.messages.map((message) => ({ role: message.role, content: readContent(message).text })),
  responseFormat: responseFormat(body.response_format),
  toolChoiceForced: isFields(body.tool_choice) || body.tool_choice === "required",
  toolNames: Array.isArray(body.tools) ? body.tools.flatMap(toolName) : [],
  ...(body.modalities && { modalities: body.modalities })
})

const responseFormat = (value: unknown): HelperProbe["responseFormat"] => {
  const type = isFields(value) ? value.type : undefined
  return type === "json_object" || type === "json_schema" ? type : undefined
}

const toolName = (tool: unknown): ReadonlyArray<string> => {
  const name = isFields(tool) && isFields(tool.function) ? tool.function.name : undefined
  return typeof name === "string" ? [name] : []
}

import * as Schema from "effect/Schema"
import { expect } from "vitest"
import type { Service } from "./openai/requests.ts"

/** What an answer to a message holds, held against the form of JSON-RPC. */
const Answer = Schema.Struct({
  jsonrpc: Schema.Literal("2.0"),
  id: Schema.NullOr(Schema.Union([Schema.String, Schema.Finite])),
  result: Schema.optionalKey(Schema.Record(Schema.String, Schema.Unknown)),
  error: Schema.optionalKey(
    Schema.Struct({ code: Schema.Int, message: Schema.NonEmptyString, data: Schema.optionalKey(Schema.Unknown) })
  )
})
const decodeAnswer = Schema.decodeUnknownSync(Answer, { onExcessProperty: "error" })

const Content = Schema.Union([
  Schema.Struct({ type: Schema.Literal("text"), text: Schema.String }),
  Schema.Struct({ type: Schema.Literal("image"), data: Schema.String, mimeType: Schema.String }),
  Schema.Struct({
    type: Schema.Literal("resource_link"),
    uri: Schema.String,
    name: Schema.String,
    mimeType: Schema.String
  })
])

/** What a tool gave, in the form that the protocol sets, with what this service tells beside the text. */
const ToolResult = Schema.Struct({
  content: Schema.Array(Content),
  structuredContent: Schema.optionalKey(
    Schema.Struct({
      images: Schema.Array(
        Schema.Struct({
          url: Schema.optionalKey(Schema.String),
          size: Schema.String,
          seed: Schema.optionalKey(Schema.Int),
          revised_prompt: Schema.optionalKey(Schema.String)
        })
      ),
      model: Schema.String,
      warnings: Schema.optionalKey(Schema.Array(Schema.String)),
      errors: Schema.optionalKey(Schema.Array(Schema.Unknown))
    })
  ),
  // Some clients add that it is false.
  isError: Schema.optionalKey(Schema.Boolean),
  // Of 2026-07-28.
  _meta: Schema.optionalKey(Schema.Unknown),
  resultType: Schema.optionalKey(Schema.Literal("complete"))
})
const decodeResult = Schema.decodeUnknownSync(ToolResult, { onExcessProperty: "error" })

export const mcpHeaders = {
  authorization: "Bearer sk-test",
  "content-type": "application/json",
  accept: "application/json, text/event-stream"
}

/** Sends a body to the endpoint as it is. */
export const postMcp = (service: Service, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  service.fetch("/mcp", {
    method: "POST",
    headers: { ...mcpHeaders, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body)
  })

/** The message in a JSON answer. */
export const answerFrom = async (response: Response) => {
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
  return { status: response.status, ...decodeAnswer(await response.json()) }
}

/** Sends one request of the protocol and reads its answer. */
export const request = async (
  service: Service,
  method: string,
  params?: object,
  headers: Readonly<Record<string, string>> = {}
) => answerFrom(await postMcp(service, { jsonrpc: "2.0", id: 7, method, ...(params && { params }) }, headers))

/** What came of a call of a tool: its parts by kind. */
export const toolResultFrom = (result: unknown) => {
  const { content, isError = false, structuredContent } = decodeResult(result)
  return {
    isError,
    structuredContent,
    text: content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n"),
    images: content.flatMap((part) => (part.type === "image" ? [part] : [])),
    links: content.flatMap((part) => (part.type === "resource_link" ? [part] : []))
  }
}

/** Calls a tool that draws. */
export const callTool = async (
  service: Service,
  name: string,
  given: object,
  meta?: object,
  headers: Readonly<Record<string, string>> = {}
) => {
  const params = { name, arguments: given, ...(meta && { _meta: meta }) }
  const { result, status } = await request(service, "tools/call", params, headers)
  expect(status).toBe(200)
  return toolResultFrom(result)
}

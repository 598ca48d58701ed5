import * as Schema from "effect/Schema"
import { expect } from "vitest"
import { ResponseObject } from "../../../src/http/responses/ResponsesApi.ts"
import { eventsFrom } from "./answers.ts"
import { ErrorBody } from "./ErrorBody.ts"
import type { Service } from "./requests.ts"

/** A request as a client sends it. */
export const respond = (
  service: Service,
  body: object | string,
  headers: Readonly<Record<string, string>> = {}
): Promise<Response> =>
  service.fetch("/v1/responses", {
    method: "POST",
    headers: { authorization: "Bearer sk-test", "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body)
  })

/** The tool that asks for base64. */
export const imageTool = (fields: object = {}) => ({ tools: [{ type: "image_generation", ...fields }] })

const decodeResponse = Schema.decodeUnknownSync(ResponseObject, { onExcessProperty: "error" })
const decodeError = Schema.decodeUnknownSync(ErrorBody, { onExcessProperty: "error" })

/** An answer taken apart: its text, and its pictures as items. */
export const partsOf = (body: unknown) => {
  const response = decodeResponse(body)
  const images = response.output.flatMap((item) => (item.type === "image_generation_call" ? [item] : []))
  const message = response.output.find((item) => item.type === "message")
  return { ...response, images, message, text: message?.content[0]?.text ?? "" }
}

/** A good answer in JSON. */
export const responseFrom = async (response: Response, status = 200) => {
  const text = await response.text()
  expect(response.status, text.slice(0, 500)).toBe(status)
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
  return partsOf(JSON.parse(text))
}

/** The events of a stream, whose names and numbers are in order. */
export const responseEventsFrom = async (response: Response) =>
  (await eventsFrom(response)).map(({ data, event }, index) => {
    const told = JSON.parse(data)
    expect(told).toMatchObject({ type: event, sequence_number: index })
    return told
  })

/** A whole stream: its events, the text that its deltas make up, and the answer or the error that ended it. */
export const responseStreamFrom = async (response: Response) => {
  const events = await responseEventsFrom(response)
  const deltas = events.filter(({ type }) => type === "response.output_text.delta")
  const last = events.at(-1)
  expect(["response.completed", "error"]).toContain(last?.type)
  return {
    events,
    types: events.map(({ type }) => type as string),
    text: deltas.map(({ delta }) => delta as string).join(""),
    completed: last?.type === "error" ? undefined : partsOf(last.response),
    error: last?.type === "error" ? decodeError({ error: last.error }).error : undefined
  }
}

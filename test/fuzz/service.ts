import * as Schema from "effect/Schema"
import { expect, onTestFinished } from "vitest"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { makeApp, type TestApp } from "../support/layers/testLayers.ts"
import { parseSse } from "../support/openai/answers.ts"
import { ErrorBody } from "../support/openai/ErrorBody.ts"
import { drawImage } from "../support/workers-ai/images.ts"
import { decodeInputs } from "../support/workers-ai/inputs.ts"
import { planJob } from "../support/workers-ai/validate.ts"
import { errorBody, resultBody } from "../support/workers-ai/wire.ts"

const picture = await drawImage({ width: 64, height: 64, format: "jpeg", prompt: "", seed: "" })
const drawn = JSON.stringify(resultBody("rest", { image: picture.toBase64() }))

/** Workers AI, as strict as ever, that has its one picture ready; nothing else can be reached. */
const workersAi: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init)
  const [, model] = /\/accounts\/test-account\/ai\/run\/(.+)$/.exec(request.url) ?? []
  if (model === undefined) throw new TypeError(`There is no network in this test: ${request.url}`)
  const body = new Uint8Array(await request.arrayBuffer())
  const job = planJob(decodeURIComponent(model), await decodeInputs(request.headers.get("content-type") ?? "", body))
  if ("_tag" in job) return Response.json(errorBody("rest", job, "request-id"), { status: job.status })
  return new Response(drawn, { headers: { "content-type": "application/json" } })
}

/** The service for the running test. What it asks of Workers AI has to be in order, else Workers AI refuses. */
export const fuzzedService = (env: Readonly<Record<string, string>> = {}): TestApp => {
  const app = makeApp({ env: { FLUX_BACKEND: "rest", ...env }, flux: FluxModel.layer, fetch: workersAi })
  onTestFinished(() => app.dispose())
  return app
}

const isErrorBody = Schema.is(ErrorBody)

const internal = new Set(["internal_error", "configuration_error", "upstream_error", "upstream_timeout"])

const expectErrorBody = (value: unknown): void => {
  expect(isErrorBody(value), JSON.stringify(value).slice(0, 500)).toBe(true)
}

const expectEvents = (text: string): void => {
  for (const part of parseSse(text)) {
    if (!("data" in part) || part.data === "[DONE]") continue
    const value: object = JSON.parse(part.data)
    if (!("error" in value)) continue
    expectErrorBody(value)
    if (isErrorBody(value)) expect(internal.has(value.error.code ?? "")).toBe(false)
  }
}

/** Holds an answer to what every answer is: never a failure of the service itself, and in a form that clients read. */
export const expectOrderly = async (response: Response): Promise<void> => {
  const text = await response.text()
  expect(response.status, text.slice(0, 500)).toBeLessThan(500)
  expect(response.headers.get("x-request-id")).toMatch(/^req_[\w-]{22}$/)
  expect(response.headers.get("access-control-allow-origin")).toBe("*")
  const type = response.headers.get("content-type") ?? ""
  if (type.startsWith("text/event-stream")) {
    expectEvents(text)
  } else {
    expect(type).toMatch(/^application\/json\b/)
    const value: unknown = JSON.parse(text)
    if (response.status >= 400) expectErrorBody(value)
  }
}

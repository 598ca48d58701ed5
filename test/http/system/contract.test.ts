import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, it } from "vitest"
import { openApiText } from "../../../scripts/openapi/document.ts"
import { answers, requests } from "../../../scripts/openapi/examples.ts"
import { fields, operations, tags } from "../../../scripts/openapi/words.ts"
import { testApp } from "../../support/testApp.ts"

const PROJECT = join(import.meta.dirname, "../../..")
const text = readFileSync(join(PROJECT, "openapi.json"), "utf8")

interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly tags: ReadonlyArray<string>
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}
type Content = Readonly<Record<string, { readonly schema: object; readonly example?: unknown }>>

// The cast: openapi.test.ts asserts that it is an OpenAPI document.
const document = JSON.parse(text) as {
  readonly info: { readonly version: string; readonly description: string }
  readonly servers: ReadonlyArray<{ readonly url: string }>
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: object }>> }
}

const all = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation, id: operation.operationId }))
)

const ajv = new Ajv2020({ strict: false, validateFormats: false })
ajv.addSchema({ ...document, $id: "openapi" })

/** The schemas refer to one another from the root of the document. */
const validate = (schema: object, value: unknown): string | undefined => {
  const rooted: object = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'))
  const check = ajv.compile(rooted)
  return check(value) ? undefined : ajv.errorsText(check.errors)
}

describe("openapi.json", () => {
  it("is what the API's definition says now: after a change of the contract run `npm run openapi`", () => {
    expect(text === openApiText()).toBe(true)
  })

  it("is what the service gives", async () => {
    const response = await testApp().fetch("/openapi.json")
    expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
    expect(await response.json()).toEqual(document)
  })

  it("has the version of the package, and the address that it comes from", () => {
    const { version }: { version: string } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8"))
    expect(document.info.version).toBe(version)
    expect(document.servers.map(({ url }) => url)).toEqual(["/"])
  })

  it("says of each operation what it does, and of each group what it is for", () => {
    for (const { id, operation } of all) {
      expect(operation.summary, id).toMatch(/^[A-Z][^.]{5,60}$/)
      expect(operation.description, id).toMatch(/^[A-Z].{20,}\.$/)
    }
    expect(all.map(({ id }) => id).sort()).toEqual(Object.keys(operations).sort())
    expect([...new Set(all.flatMap(({ operation }) => operation.tags))].sort()).toEqual(
      tags.map(({ name }) => name).sort()
    )
  })

  it("says what the fields of requests mean, and nothing of fields that are not there", () => {
    const named = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
      name.endsWith("Request") ? Object.entries(properties) : []
    )
    expect(Object.keys(fields).filter((field) => !named.some(([name]) => name === field))).toEqual([])
    for (const [name, field] of named) if (fields[name]) expect(field).toMatchObject({ description: fields[name] })
  })
})

const withBody = all.filter(({ operation }) => operation.requestBody?.content["application/json"])
const answering = all.filter(({ operation }) => operation.responses["200"]?.content?.["application/json"])

describe("the examples", () => {
  it.each(withBody)("have a body for $id that its schema allows", ({ id, operation }) => {
    const { example, schema } = operation.requestBody?.content["application/json"] ?? {}
    expect(example).toEqual(requests[id])
    expect(validate(schema ?? {}, example)).toBeUndefined()
  })

  it.each(answering)("have an answer for $id that its schema allows", ({ id, operation }) => {
    const { example, schema } = operation.responses["200"]?.content?.["application/json"] ?? {}
    expect(example).toEqual(answers[id])
    expect(validate(schema ?? {}, example)).toBeUndefined()
  })

  it("are refused by a schema that they do not fit", () => {
    const { schema } = document.paths["/v1/images/generations"]?.post?.requestBody?.content["application/json"] ?? {}
    expect(validate(schema ?? {}, { prompt: 1 })).toContain("prompt")
  })

  it.each(withBody)(
    "have a body for $id that the service carries out, answered as its schema says",
    async ({ id, operation, path }) => {
      const app = testApp()
      const headers = { authorization: "Bearer sk-test", "content-type": "application/json" }
      const post = (to: string, body: unknown) => app.fetch(to, { method: "POST", headers, body: JSON.stringify(body) })
      const drawn = await post("/v1/images/generations", { prompt: "A cat", response_format: "url" })
      const { data }: { data: ReadonlyArray<{ url: string }> } = await drawn.json()
      const link = /https?:\/\/[^"]+\/image\/[^"]+/g
      const body: unknown = JSON.parse(JSON.stringify(requests[id]).replace(link, data[0]?.url ?? ""))
      const response = await post(path, body)
      expect(response.status).toBe(200)
      const schema = operation.responses["200"]?.content?.["application/json"]?.schema ?? {}
      expect(validate(schema, await response.json())).toBeUndefined()
    }
  )
})

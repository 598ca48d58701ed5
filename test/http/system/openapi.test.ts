import { describe, expect, it } from "vitest"
import { testApp } from "../../support/testApp.ts"

interface Operation {
  readonly operationId: string
  readonly parameters?: ReadonlyArray<{ readonly in: string; readonly name: string }>
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> }
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
  readonly security?: ReadonlyArray<unknown>
}

interface Document {
  readonly openapi: string
  readonly info: Readonly<Record<string, unknown>>
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const documentFrom = async () => {
  const response = await testApp().fetch("/openapi.json")
  expect(response.status).toBe(200)
  expect(response.headers.get("content-type")).toMatch(/^application\/json\b/)
  // What is used of it is asserted below.
  return (await response.json()) as Document
}

const operations = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  )

const refsIn = (value: unknown): ReadonlyArray<string> =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) =>
        name === "$ref" && typeof inner === "string" ? [inner] : refsIn(inner)
      )

const objectsIn = (value: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> => {
  if (typeof value !== "object" || value === null) return []
  const inner = Object.values(value).flatMap(objectsIn)
  return Array.isArray(value) ? inner : [{ ...value }, ...inner]
}

describe("GET /openapi.json", () => {
  it("is an OpenAPI 3.1 document", async () => {
    const document = await documentFrom()
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    for (const { operation } of operations(document)) {
      expect(operation.operationId).toMatch(/\w/)
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0)
      for (const status of Object.keys(operation.responses)) expect(status).toMatch(/^[1-5]\d\d$/)
    }
    const ids = operations(document).map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it.each([
    ["post", "/v1/chat/completions"],
    ["post", "/v1/images/generations"],
    ["post", "/v1/images/edits"],
    ["post", "/v1/provenance"],
    ["post", "/v1/images"],
    ["post", "/mcp"],
    ["get", "/v1/models"],
    ["get", "/v1/models/{model}"],
    ["get", "/image/{key}"],
    ["get", "/"],
    ["get", "/health"]
  ])("has %s %s", async (method, path) => {
    expect((await documentFrom()).paths[path]).toHaveProperty(method)
  })

  it("refers only to what it has", async () => {
    const document = await documentFrom()
    const refs = refsIn(document)
    expect(refs.length).toBeGreaterThan(0)
    for (const ref of refs) {
      const [, , kind = "", name = ""] = ref.split("/")
      expect(document.components[kind], ref).toHaveProperty([name])
    }
  })

  it("declares every parameter of a path", async () => {
    for (const { operation, path } of operations(await documentFrom())) {
      const inPath = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
      const declared = operation.parameters?.filter((parameter) => parameter.in === "path").map(({ name }) => name)
      expect(declared ?? [], path).toEqual(inPath)
    }
  })

  it("asks for a key under /v1 and /mcp, and nowhere else", async () => {
    const document = await documentFrom()
    for (const { operation, path } of operations(document)) {
      expect((operation.security ?? []).length > 0, path).toBe(/^\/(?:v1\/|mcp$)/.test(path))
    }
    expect(document.components.securitySchemes).toMatchObject({
      bearer: { type: "http", scheme: expect.stringMatching(/^bearer$/i) }
    })
  })

  it("tells both forms of an answer and the failures", async () => {
    const operation = (await documentFrom()).paths["/v1/chat/completions"]?.post
    expect(Object.keys(operation?.requestBody?.content ?? {})).toContain("application/json")
    expect(Object.keys(operation?.responses["200"]?.content ?? {}).sort()).toEqual([
      "application/json",
      "text/event-stream"
    ])
    for (const status of ["400", "401", "404", "409", "413", "429", "500", "502", "504"]) {
      expect(JSON.stringify(operation?.responses[status]), status).toContain("#/components/schemas/Error")
    }
  })

  it("holds nothing that only Effect's own client reads", async () => {
    for (const value of objectsIn(await documentFrom())) {
      for (const name of Object.keys(value)) expect(name).not.toMatch(/effect|cause/i)
    }
    expect(JSON.stringify(await documentFrom())).not.toMatch(/effect\//i)
  })

  it("names each choice once", async () => {
    const choices = objectsIn(await documentFrom()).flatMap(({ anyOf }) => (Array.isArray(anyOf) ? [anyOf] : []))
    expect(choices.length).toBeGreaterThan(0)
    for (const choice of choices) expect(new Set(choice.map((each) => JSON.stringify(each))).size).toBe(choice.length)
  })

  it("forbids no field that is ignored", async () => {
    for (const value of objectsIn(await documentFrom())) expect(value.additionalProperties).not.toBe(false)
  })
})

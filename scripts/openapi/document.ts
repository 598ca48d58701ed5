import * as OpenApi from "effect/http-api/OpenApi"
import manifest from "../../package.json" with { type: "json" }
import { Api } from "../../src/http/Api.ts"
import { answers, requests } from "./examples.ts"
import { plainDocument } from "./plainDocument.ts"
import { description, fields, operations, tags } from "./words.ts"

type Json = Readonly<Record<string, unknown>>

/** The cast: what is looked into is an object of a document of JSON, or there is nothing to look into. */
const inside = (value: unknown): Json => (typeof value === "object" && value !== null ? (value as Json) : {})

const mapValues = (value: unknown, change: (inner: Json, name: string) => Json): Json =>
  Object.fromEntries(Object.entries(inside(value)).map(([name, inner]) => [name, change(inside(inner), name)]))

/** Puts an example beside the schema of JSON, where there is one. */
const withExample = (body: Json, example: unknown): Json => ({
  ...body,
  content: mapValues(body.content, (content, type) =>
    type === "application/json" && example !== undefined ? { ...content, example } : content
  )
})

const describeOperation = (operation: Json): Json => {
  const id = String(operation.operationId)
  const words = operations[id]
  if (!words) throw new Error(`scripts/openapi/words.ts says nothing of ${id}`)
  return {
    ...operation,
    ...words,
    ...(operation.requestBody !== undefined && {
      requestBody: withExample(inside(operation.requestBody), requests[id])
    }),
    responses: mapValues(operation.responses, (response, status) =>
      status === "200" ? withExample(response, answers[id]) : response
    )
  }
}

const describeFields = (schema: Json): Json =>
  "properties" in schema
    ? {
        ...schema,
        properties: mapValues(schema.properties, (field, name) => {
          const said = fields[name]
          return said === undefined ? field : { ...field, description: said }
        })
      }
    : schema

/** The OpenAPI document of the service, for programs of any language and for those who write them. */
export const openApiDocument = (): Json => {
  const { components, info, paths, ...rest } = plainDocument(inside(OpenApi.fromApi(Api)))
  const { schemas, ...others } = inside(components)
  return {
    ...rest,
    info: { ...inside(info), version: manifest.version, description, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: "/", description: "The address that this document comes from." }],
    tags,
    paths: mapValues(paths, (methods) => mapValues(methods, describeOperation)),
    components: {
      ...others,
      schemas: mapValues(schemas, (schema, name) => (name.endsWith("Request") ? describeFields(schema) : schema))
    }
  }
}

/** As it stands in openapi.json. */
export const openApiText = (): string => `${JSON.stringify(openApiDocument(), null, 2)}\n`

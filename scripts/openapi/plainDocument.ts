/**
 * The OpenAPI document as it is meant for programs of any language: without what only Effect's own client reads, with each
 * choice named once, and without the ban on fields that it does not name, for those are ignored.
 */
export const plainDocument = (document: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(document)
      .filter(([name, value]) => !name.startsWith("x-effect-") && !(name === "additionalProperties" && value === false))
      .map(([name, value]) => [
        name,
        name === "anyOf" && Array.isArray(value) ? distinct(value.map(plain)) : plain(value)
      ])
  )

const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain)
  // Of the objects of a document of JSON, the rest are records.
  return typeof value === "object" && value !== null ? plainDocument(value as Record<string, unknown>) : value
}

const distinct = (schemas: ReadonlyArray<unknown>): ReadonlyArray<unknown> => [
  ...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()
]

import { element } from "../dom.ts"
import type { OpenApi, Schema } from "./OpenApi.ts"

/** Deeper than any document goes, and the end of one that refers to itself. */
const deepest = 6

const nameOf = ($ref: string): string => $ref.slice($ref.lastIndexOf("/") + 1)

const lookUp = (schema: Schema, { components }: OpenApi): Schema =>
  schema.$ref ? (components.schemas[nameOf(schema.$ref)] ?? {}) : schema

const isNull = (schema: Schema): boolean => schema.type === "null"

/** The forms that a value may have, without `null`. */
const formsOf = ({ anyOf, oneOf }: Schema): ReadonlyArray<Schema> =>
  (anyOf ?? oneOf ?? []).filter((form) => !isNull(form))

/** A type in a few words. */
export const typeText = (schema: Schema, document: OpenApi): string => {
  if (schema.$ref) return nameOf(schema.$ref)
  const forms = formsOf(schema)
  const orNull = (schema.anyOf ?? schema.oneOf ?? []).some(isNull) ? " or null" : ""
  if (forms.length > 0) return [...new Set(forms.map((form) => typeText(form, document)))].join(" or ") + orNull
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ")
  if (schema.type === "array") return `list of ${typeText(schema.items ?? {}, document)}`
  const range =
    schema.minimum === undefined && schema.maximum === undefined
      ? ""
      : `, ${schema.minimum ?? ""} to ${schema.maximum ?? ""}`
  const type = typeof schema.type === "string" ? schema.type : (schema.type ?? ["any"]).join(" or ")
  return `${type}${schema.format ? ` (${schema.format})` : ""}${range}`
}

/** What is inside of a value that has fields, whichever form has them. */
const insideOf = (schema: Schema, document: OpenApi): ReadonlyArray<Schema> => {
  const found = lookUp(schema, document)
  if (found.properties) return [found]
  if (found.items) return insideOf(found.items, document)
  return [...formsOf(found), ...(found.allOf ?? [])].flatMap((form) => insideOf(form, document))
}

/** The fields of a value; what is nested opens. */
export const fieldsOf = (schema: Schema, document: OpenApi, depth = 0): ReadonlyArray<HTMLElement> =>
  depth > deepest ? [] : insideOf(schema, document).map((form) => fieldList(form, document, depth))

const fieldList = ({ properties = {}, required = [] }: Schema, document: OpenApi, depth: number): HTMLElement =>
  element(
    "ul",
    { className: "fields" },
    ...Object.entries(properties).map(([name, field]) => {
      const line = [
        element("code", { textContent: name }),
        ` ${typeText(field, document)}`,
        ...(required.includes(name) ? [element("strong", { textContent: " required" })] : []),
        ...(field.description ? [element("span", { className: "meta", textContent: ` ${field.description}` })] : [])
      ]
      if (insideOf(field, document).length === 0 || depth === deepest) return element("li", {}, ...line)
      const nested = element("details", {}, element("summary", {}, ...line))
      // Made when it is looked at: a document may be deep.
      nested.addEventListener("toggle", () => nested.append(...fieldsOf(field, document, depth + 1)), { once: true })
      return element("li", {}, nested)
    })
  )

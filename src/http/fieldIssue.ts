import type * as SchemaAST from "effect/SchemaAST"
import * as SchemaIssue from "effect/SchemaIssue"

/** Where a value does not fit, and what belongs there. */
export interface FieldIssue {
  readonly path: ReadonlyArray<PropertyKey>
  readonly message: string
}

/** The first thing that is wrong, told in values rather than in types of the source. */
export const firstIssue = (issue: SchemaIssue.Issue): FieldIssue => {
  const [first] = formatIssue(issue).issues
  const path = (first?.path ?? []).map((segment) => (typeof segment === "object" ? segment.key : segment))
  return { path, message: messageOf(issue) ?? first?.message ?? "It is not valid." }
}

const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1()

/** `undefined` where a check of ours says it. */
const messageOf = (issue: SchemaIssue.Issue): string | undefined => {
  switch (issue._tag) {
    case "Encoding":
    case "Pointer":
      return messageOf(issue.issue)
    case "Composite":
      return messageOf(issue.issues[0])
    case "AnyOf":
      return issue.issues[0] ? messageOf(issue.issues[0]) : expected(issue.ast)
    case "InvalidType":
      return expected(issue.ast)
    case "MissingKey":
      return "It is missing."
    default:
      return undefined
  }
}

const expected = (ast: SchemaAST.AST): string => {
  const values = [...new Set(valuesOf(ast))]
  const last = values.at(-1)
  const list = values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${last}` : last
  return `Expected ${list ?? "another value"}.`
}

/** What may stand in a place; that it may be left out is no help to whoever has sent something else. */
const valuesOf = (ast: SchemaAST.AST): ReadonlyArray<string> => {
  switch (ast._tag) {
    case "Union":
      return ast.types.flatMap(valuesOf)
    case "Literal":
      return [`\`${String(ast.literal)}\``]
    case "String":
      return ["a text"]
    case "Number":
      return ["a number"]
    case "Boolean":
      return ["`true`", "`false`"]
    case "Arrays":
      return ["a list"]
    case "Objects":
      return ["an object"]
    default:
      return []
  }
}

import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Unknown))
const isFields = Schema.is(Schema.Record(Schema.String, Schema.Unknown))

/**
 * The prompt where the whole answer is JSON: a text, or an object that has one text under a name for a prompt, or one text
 * only. Empty where that is not certain; `undefined` where the answer is not JSON.
 */
export const promptInJson = (answer: string): string | undefined => {
  if (!/^[{["]/.test(answer)) return undefined
  const value = decode(answer)
  if (Option.isSome(value)) return textIn(value.value, 0)
  // Text in quotes or brackets is a prompt; what begins like an object and is none is a broken one.
  return /^(?:\{\s{0,9}["'}]|\[\s{0,9}[{"])/.test(answer) ? "" : undefined
}

const textIn = (value: unknown, depth: number): string => {
  if (typeof value === "string") return value
  if (depth > 2) return ""
  if (Array.isArray(value)) return value.length === 1 ? textIn(value[0], depth + 1) : ""
  if (!isFields(value)) return ""
  const fields = Object.entries(value)
  const named = fields.filter(
    ([name]) => /prompt|提示|промпт|プロンプト/i.test(name) && !/negative|original|user/i.test(name)
  )
  const candidates =
    named.length > 0 ? named : fields.filter(([, field]) => typeof field === "string" || isFields(field))
  const [first] = candidates
  return first && candidates.length === 1 ? textIn(first[1], depth + 1) : ""
}

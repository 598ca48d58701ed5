import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

// Not the whole text as JSON: it may be cut off, and other things may stand around it. A string is passed over once.
const turn =
  /"role"\s{0,8}:\s{0,8}"(\w{1,20})"\s{0,8},\s{0,8}"(?:content|mainText|text|message)"\s{0,8}:\s{0,8}("(?:[^"\\]|\\.)*")/g
// As Python prints them.
const printedTurn =
  /'role'\s{0,8}:\s{0,8}'(\w{1,20})'\s{0,8},\s{0,8}'(?:content|text|message)'\s{0,8}:\s{0,8}'((?:[^'\\]|\\.)*)'/g
const decodeString = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.String))

/** What the user says in messages that are quoted as JSON. */
export const userTurnsOfJson = (text: string): ReadonlyArray<string> => [
  ...Array.from(text.matchAll(turn)).flatMap(([, role, said]) =>
    isUser(role) ? Option.toArray(decodeString(said)) : []
  ),
  ...Array.from(text.matchAll(printedTurn)).flatMap(([, role, said = ""]) => (isUser(role) ? [said] : []))
]

const isUser = (role: string | undefined): boolean => role === "user" || role === "human"

const firstMessage = /[[{]\s{0,8}\{?\s{0,8}["']role["']\s{0,8}:/

/** A text without the messages that are quoted in it as JSON. */
export const withoutJsonMessages = (text: string): string => {
  const begin = text.search(firstMessage)
  if (begin === -1) return text
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"))
  return `${text.slice(0, begin)}\n${end > begin ? text.slice(end + 1) : ""}`
}

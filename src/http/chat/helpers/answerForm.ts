import type { HelperTask } from "./HelperFingerprints.ts"
import { jsonFields, plainText } from "./helperText.ts"
import { languageOf } from "./languages.ts"
import { summaryOf, titleOf } from "./titles.ts"

/** The type of a field's value, as JSON Schema calls it. */
export type FieldType = "string" | "array" | "number" | "boolean" | "object"

/** The fields that an answer in JSON has to have. */
export type Fields = ReadonlyMap<string, FieldType>

/** What is answered, and of what it is made. */
export interface Answering {
  readonly task: HelperTask
  readonly prompts: ReadonlyArray<string>
}

/** An answer to what an instruction asks for, in the form that it demands: JSON, an array, an element, or plain text. */
export const answerTo = (instruction: string, answering: Answering, demanded: Fields | "json" | undefined): string => {
  if (demanded instanceof Map) return JSON.stringify(fill(demanded, answering))
  const shown = shownFields(instruction)
  if (shown) return JSON.stringify(fill(shown, answering))
  if (demanded === "json") return JSON.stringify(jsonFields(answering.task, answering.prompts))
  if (demandsArray.test(instruction)) return JSON.stringify(listOf(answering))
  if (demandsJson.test(instruction)) return JSON.stringify(jsonFields(answering.task, answering.prompts))
  const tag = demandedTag.exec(instruction)?.[1]
  const text = wantsCode(answering, instruction)
    ? languageOf(answering.prompts.at(-1) ?? "").code
    : plainText(answering.task, answering.prompts)
  return tag ? `<${tag}>${escapeElement(text)}</${tag}>` : text
}

const demandsJson = /\bjson\b/i
const demandsArray =
  /\b(?:json|valid|string) (?:array|list)\b|\barray (?:of|in) (?:strings|json)|\[\s{0,4}"[^"\n]{0,60}"\s{0,4},|(?:json|JSON)\s?(?:数组|數組|陣列|配列|배열)/i
// An element that is to be filled: it is empty, or holds a placeholder, or is spoken of.
const demandedTag =
  /<([a-z_-]{0,20}(?:title|name|topic|summary|tags?|keywords|questions?|follow_?ups|language|output|answer|result))>(?:\s{0,4}<\/|[^<\n]{0,80}<\/|[^\n]{0,20}\b(?:tags?|element)\b)/i

const wantsCode = ({ task }: Answering, instruction: string): boolean =>
  task === "language" &&
  /\biso\b|\bcode\b|two[- ]letter|代码|代碼|コード|코드|código|codice|sprachcode|kürzel|код/i.test(instruction)

const escapeElement = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

const objectLength = 2000
const key = /"([^"\n{}[\]]{1,60})"\s{0,4}:\s{0,4}(["[{\dtfn<])/g

/** The fields of the first object that an instruction shows as an example of the answer. */
const shownFields = (instruction: string): Fields | undefined => {
  const begin = instruction.search(/\{\s{0,20}"[^"\n{}[\]]{1,60}"\s{0,4}:/)
  if (begin === -1) return undefined
  const end = instruction.indexOf("}", begin)
  const object = instruction.slice(begin, end === -1 ? begin + objectLength : Math.min(end, begin + objectLength))
  return new Map(Array.from(object.matchAll(key), ([, name = "", first = ""]) => [name, typeOfValue(first)]))
}

const typeOfValue = (first: string): FieldType => {
  if (first === "[") return "array"
  if (first === "{") return "object"
  if (/\d/.test(first)) return "number"
  return first === "t" || first === "f" ? "boolean" : "string"
}

const fill = (fields: Fields, answering: Answering): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Array.from(fields, ([name, type]) => [name, valueFor(name, type, answering)]))

const valueFor = (name: string, type: FieldType, answering: Answering): unknown => {
  switch (type) {
    case "array":
      return /tag|keyword|categor|label|topic/i.test(name) ? listOf({ ...answering, task: "tags" }) : []
    case "number":
      return 0
    case "boolean":
      return false
    case "object":
      return {}
    case "string":
      return textFor(name, answering)
  }
}

const textFor = (name: string, { prompts, task }: Answering): string => {
  if (/reason|thought|thinking|explan|rationale|analysis/i.test(name)) return ""
  if (/lang|locale/i.test(name)) {
    const language = languageOf(prompts.at(-1) ?? "")
    return /code|iso/i.test(name) ? language.code : language.name
  }
  if (/emoji|icon/i.test(name)) return "🎨"
  if (/tag|keyword|categor/i.test(name)) return plainText("tags", prompts)
  if (/summary|description|synopsis|recap|摘要|总结|要約|요약|resumen|résumé|zusammenfassung|резюме/i.test(name))
    return summaryOf(prompts)
  if (/title|name|topic|subject|headline|标题|標題|主题|タイトル|제목|título|titre|titel|заголов/i.test(name))
    return titleOf(prompts)
  return plainText(task, prompts)
}

const listOf = ({ prompts, task }: Answering): ReadonlyArray<string> => {
  switch (task) {
    case "title":
      return [titleOf(prompts)]
    case "tags":
      return ["General"]
    case "summary":
      return [summaryOf(prompts)]
    default:
      return []
  }
}

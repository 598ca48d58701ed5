import { chinese, english, japanese, korean, type TextTask } from "./askingWords.ts"
import { french, german, italian, portuguese, russian, spanish } from "./askingWordsEuropean.ts"
import { anyOf } from "./patterns.ts"

const tasks = ["title", "follow_ups", "tags", "queries", "summary", "language"] as const

const never = "(?!)"

/** The tasks as groups of one expression, in their order. */
const grouped = (of: (task: TextTask) => string | undefined): RegExp =>
  new RegExp(anyOf(tasks.map((task) => `(${of(task) ?? never})`)).source, "g")

const askings = [english, chinese, japanese, korean, spanish, portuguese, french, german, russian, italian].map(
  ({ nouns, order, phrases, verbs }) => ({
    order,
    verbs: anyOf([verbs]),
    nouns: grouped((task) => nouns[task]),
    phrases: phrases && grouped((task) => phrases[task])
  })
)

/** Something that is asked for, and where. */
export interface Asked {
  readonly task: TextTask
  readonly at: number
}

// A summary in a few words is a title, and the language is that of the title.
const asides: ReadonlySet<TextTask> = new Set(["summary", "language"])

/** Whether the second is what is meant where both are asked for. */
const over = (first: TextTask, second: TextTask): boolean =>
  (second === "title" && asides.has(first)) || (second === "queries" && first === "follow_ups")

/** What a text in lower case asks for first, and where. */
export const findAsked = (text: string): Asked | undefined => {
  if (!hints.some((hint) => text.includes(hint))) return undefined
  let found: Asked | undefined
  for (const { at, task } of allAsked(text)) {
    const earlier = found !== undefined && at < found.at
    if (!found || over(found.task, task) || (earlier && !over(task, found.task))) {
      found = { task, at: Math.min(at, found?.at ?? at) }
    }
  }
  return found
}

function* allAsked(text: string): Generator<Asked> {
  for (const { nouns, order, phrases, verbs } of askings) {
    for (const match of text.matchAll(nouns)) {
      const before = order === "after" ? -1 : sentenceBefore(text, match.index).search(verbs)
      const after = order === "before" ? -1 : sentenceAfter(text, match.index + match[0].length).search(verbs)
      if (before >= 0 || after >= 0) yield { task: taskOf(match), at: match.index }
    }
    if (phrases) for (const match of text.matchAll(phrases)) yield { task: taskOf(match), at: match.index }
  }
}

const taskOf = (match: RegExpMatchArray): TextTask =>
  tasks[match.slice(1).findIndex((group) => group !== undefined)] ?? "title"

// A verb and what it asks for stand in one sentence and near each other; the sentence may be wrapped.
const near = 90
const sentenceEnd = /[.!?。！？]/

const sentenceBefore = (text: string, at: number): string =>
  text
    .slice(Math.max(0, at - near), at)
    .split(sentenceEnd)
    .at(-1) ?? ""

const sentenceAfter = (text: string, at: number): string =>
  text
    .slice(at, at + near)
    .split(sentenceEnd, 1)
    .join("")

// Most prompts have none of these in them, and no expression has to look at them.
const hints = [
  "titl|titel|títul|titre|titol|topic|name|namn|headline|subject|summ|sum it|sum up|sum this|sum that",
  "recap|synopsis|gist|follow|question|tag|keyword|key-word|key phrase|categor|classify|quer|search",
  "language|condens|compact|compress|标题|標題|题目|題目|主题|主題|话题|話題|名称|名稱|名字|命名|摘要|总结|總結|概|小结|小結|纪要|紀要|压缩|壓縮|归纳",
  "歸納|问|問|标签|標籤|关键|關鍵|搜|检索|檢索|查询|查詢|语言|語言|语种|語種|タイトル|題名|件名|名前|トピック|テーマ|見出|要約|サマリ|まとめ|質問|フォロー|タグ|キーワード",
  "クエリ|検索|言語|何語|제목|주제|이름|토픽|요약|정리|질문|태그|키워드|핵심|검색|질의|언어|nombre|tema|asunto|resum|síntes|pregunt|etiquet",
  "palabra|consult|búsqued|idioma|nome|assunto|tópico|pergunt|palavra|pesquis|busca|língua|nom|sujet",
  "thème|intitul|résum|synth|étiquet|mot|requêt|langue|überschr|thema|betreff|bezeichn|benenn|zusammen",
  "kurzfass|frage|schlagw|schlüssel|stichw|such|sprach|загол|назва|тем|имя|озагл|резюм|сводк|содержан",
  "итог|переска|излож|обобщ|вопрос|тег|ключев|хештег|поиск|язык|argoment|riassun|sintesi|domand|etichett",
  "parole|ricerch|lingua"
].flatMap((line) => line.split("|"))

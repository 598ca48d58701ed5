/** A language by its name and its ISO 639-1 code. */
export interface Language {
  readonly name: string
  readonly code: string
}

const english: Language = { name: "English", code: "en" }

// Japanese before Chinese, for it has the same characters beside its own.
const scripts: ReadonlyArray<readonly [RegExp, Language]> = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, { name: "Japanese", code: "ja" }],
  [/\p{Script=Hangul}/u, { name: "Korean", code: "ko" }],
  [/\p{Script=Han}/u, { name: "Chinese", code: "zh" }],
  [/\p{Script=Cyrillic}/u, { name: "Russian", code: "ru" }],
  [/\p{Script=Arabic}/u, { name: "Arabic", code: "ar" }],
  [/\p{Script=Hebrew}/u, { name: "Hebrew", code: "he" }],
  [/\p{Script=Greek}/u, { name: "Greek", code: "el" }],
  [/\p{Script=Thai}/u, { name: "Thai", code: "th" }],
  [/\p{Script=Devanagari}/u, { name: "Hindi", code: "hi" }]
]

const small: ReadonlyArray<readonly [RegExp, Language]> = [
  [
    /(?<!\p{L})(?:der|die|das|und|ein|eine|einen|einer|mit|auf|im|für|nicht|ist)(?!\p{L})/giu,
    { name: "German", code: "de" }
  ],
  [/(?<!\p{L})(?:le|la|les|un|une|des|du|et|avec|dans|sur|est|pour|qui)(?!\p{L})/giu, { name: "French", code: "fr" }],
  [/(?<!\p{L})(?:el|la|los|las|un|una|y|con|en|del|por|para|que)(?!\p{L})/giu, { name: "Spanish", code: "es" }],
  [/(?<!\p{L})(?:o|os|as|um|uma|e|com|em|do|da|no|na|não)(?!\p{L})/giu, { name: "Portuguese", code: "pt" }],
  [/(?<!\p{L})(?:il|lo|gli|un|una|di|e|con|che|nel|della|per)(?!\p{L})/giu, { name: "Italian", code: "it" }],
  [/(?<!\p{L})(?:the|a|an|of|and|with|in|on|is|at|to|for)(?!\p{L})/giu, english]
]

/** The language of a text, by its script and its small words; English where nothing tells. */
export const languageOf = (text: string): Language => {
  const beginning = text.slice(0, 1000)
  const script = scripts.find(([pattern]) => pattern.test(beginning))
  if (script) return script[1]
  let best = { language: english, count: 0 }
  for (const [pattern, language] of small) {
    const count = Array.from(beginning.matchAll(pattern)).length
    if (count > best.count) best = { language, count }
  }
  return best.language
}

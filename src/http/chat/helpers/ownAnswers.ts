// This service's answers begin with the palette and end with a picture, in every language.
const palette = "🎨"
const openingLine = /🎨 [^:：\n]{1,60}[:：] (.+)$/gm
const ownLine = /🎨 [^:：\n]{1,60}[:：].*$|^[💬🌐📐🌟🎲🧪⚠].*$/gmu
const markdownImage = /!\[[^[\]\n]*\]\([^()\s]*\)/g

/** A text without the answers of this service in it: they speak of pictures, and so would their text. */
export const withoutOwnAnswers = (text: string): string =>
  text.includes(palette) && text.includes("![") ? text.replace(ownLine, "").replace(markdownImage, "") : text

/** The prompts that answers of this service tell, oldest first. */
export const toldPrompts = (text: string): ReadonlyArray<string> =>
  Array.from(text.matchAll(openingLine), ([, prompt = ""]) => prompt.trim())

// This service's answers begin with the palette and end with a picture, in every language; short ones begin with the picture,
// which has the prompt as its text, and end with a line about it.
const palette = "🎨"
const openingLine = /🎨 [^:：\n]{1,60}[:：] (.+)$/gm
const ownLine = /🎨 [^:：\n]{1,60}[:：].*$|^[💬🌐📐🌟🎲🧪⚠].*$/gmu
const shortLine = /^\d{2,5}×\d{2,5} · .*$/gm
const shortImage = /!\[([^[\]\n]*)\]\([^()\s]*\)\s{1,4}\d{2,5}×\d{2,5} · /g
const markdownImage = /!\[[^[\]\n]*\]\([^()\s]*\)/g

/** A text without the answers of this service in it: they speak of pictures, and so would their text. */
export const withoutOwnAnswers = (text: string): string =>
  text.includes("![") && (text.includes(palette) || text.search(shortImage) !== -1)
    ? text.replace(ownLine, "").replace(shortLine, "").replace(markdownImage, "")
    : text

/** The prompts that answers of this service tell, oldest first. */
export const toldPrompts = (text: string): ReadonlyArray<string> =>
  [openingLine, shortImage].flatMap((told) => Array.from(text.matchAll(told), ([, prompt = ""]) => prompt.trim()))

import { byId } from "./dom.ts"
import { messages } from "./messages.ts"

const choice = byId("each-line", HTMLElement)
const box = byId("each-line-box", HTMLInputElement)
const text = byId("each-line-text", HTMLElement)

/** Requests that one prompt may become. */
export const mostLines = 20

const linesOf = (prompt: string): ReadonlyArray<string> =>
  prompt
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")

/** The prompts in what was typed: each line one where that is chosen, else the whole. */
export const promptsIn = (prompt: string): ReadonlyArray<string> => {
  const lines = linesOf(prompt)
  return box.checked && lines.length > 1 ? lines : [prompt]
}

/** Offers to take each line by itself, where there are several. */
export const showLines = (prompt: string): void => {
  const { length } = linesOf(prompt)
  choice.hidden = length < 2
  text.textContent = messages.choices.eachLine(length)
}

/** What was typed with each of its prompts changed. */
export const changePrompts = (typed: string, change: (prompt: string) => string): string =>
  promptsIn(typed).length > 1
    ? typed
        .split("\n")
        .map((line) => (line.trim() === "" ? line : change(line)))
        .join("\n")
    : change(typed)

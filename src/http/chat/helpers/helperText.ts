import type { HelperTask } from "./HelperFingerprints.ts"
import { languageOf } from "./languages.ts"
import { cleanPrompt, fallbackTitle, shorten, summaryOf, titleOf } from "./titles.ts"

/** What is said where a client needs some text and no special one. */
export const ready = "Ready to draw. Send a description of a picture."

const tags = ["General"]
const suggestions = 3
const suggestionLength = 200

/** The answer to a task as plain text. `prompts` are what the user asked to be drawn, oldest first. */
export const plainText = (task: HelperTask, prompts: ReadonlyArray<string>): string => {
  switch (task) {
    case "title":
      return titleOf(prompts)
    case "summary":
      return summaryOf(prompts)
    case "tags":
      return tags.join(", ")
    case "language":
      return languageOf(prompts.at(-1) ?? "").name
    // Each line may become a button that sends it: what was asked for before can be asked for again.
    case "follow_ups":
      return lastPrompts(prompts, suggestions).join("\n") || ready
    case "queries":
      return lastPrompts(prompts, 1).join("") || ready
    default:
      return ready
  }
}

const lastPrompts = (prompts: ReadonlyArray<string>, count: number): ReadonlyArray<string> =>
  Array.from(new Set(prompts.slice(-count).map((prompt) => shorten(cleanPrompt(prompt), suggestionLength)))).filter(
    (prompt) => prompt !== ""
  )

/** The fields of the answer to a task where a client parses JSON. */
export const jsonFields = (task: HelperTask, prompts: ReadonlyArray<string>): Readonly<Record<string, unknown>> => {
  switch (task) {
    case "title":
      return { title: titleOf(prompts) }
    case "tags":
      return { tags }
    case "follow_ups":
      return { follow_ups: [] }
    case "queries":
      return { queries: [] }
    case "autocomplete":
      return { text: "" }
    case "image_prompt":
      return { prompt: prompts.at(-1) ?? fallbackTitle }
    case "summary":
      return { summary: summaryOf(prompts) }
    case "language":
      return { language: plainText("language", prompts) }
    case "tools":
      return { tool_calls: [] }
    case "json":
      // The wording does not tell the task, but each client reads only the field that it asked for.
      return Object.fromEntries(openTasks.flatMap((open) => Object.entries(jsonFields(open, prompts))))
    case "probe":
    case "text":
      return {}
  }
}

const openTasks = ["title", "tags", "follow_ups", "queries", "autocomplete", "image_prompt"] as const

import type { Transcript } from "./HelperFingerprints.ts"
import { userTurnsOfJson } from "./jsonMessages.ts"

/** The user's prompts in the talk that a known text carries, oldest first. */
export const readTranscript = (transcript: Transcript, text: string): ReadonlyArray<string> => {
  if (transcript === "mainText") return userTurnsOfJson(text).filter((prompt) => prompt.trim() !== "")
  for (const pattern of transcript) {
    const prompts = Array.from(text.matchAll(pattern), (match) => (match[1] ?? "").trim()).filter(
      (prompt) => prompt !== ""
    )
    if (prompts.length > 0) return prompts
  }
  return []
}

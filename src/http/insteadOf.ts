const chatOrImages = "Use /v1/chat/completions, or /v1/images/generations."

/** Endpoints that programs know from elsewhere, and what to use here. */
const elsewhere: ReadonlyArray<readonly [RegExp, string]> = [
  [/^\/v1\/messages(?:\/|$)/, `Anthropic's Messages API is not offered. ${chatOrImages}`],
  [
    /^\/v1\/images\/variations(?:\/|$)/,
    "Variations are not offered. Send the picture to /v1/images/edits, with a prompt that says what to change."
  ],
  [/^\/v1\/completions(?:\/|$)/, `Completions of text are not offered: this service draws. ${chatOrImages}`],
  [
    /^\/v1\/(?:embeddings|audio|moderations|videos|rerank|assistants|threads|batches|files|fine_tuning)(?:\/|$)/,
    `This service draws pictures and offers nothing else. ${chatOrImages}`
  ],
  [/^\/api\/(?:chat|generate|tags|show|version|ps)$/, `Ollama's API is not offered. ${chatOrImages}`],
  [/^\/sdapi\//, "The API of Stable Diffusion web UI is not offered. Use /v1/images/generations, or /v1/images/edits."],
  [/^\/v1beta\//, `Gemini's API is not offered. ${chatOrImages}`]
]

/** What to use instead of an address that there is elsewhere and not here. */
export const insteadOf = (path: string): string | undefined => elsewhere.find(([pattern]) => pattern.test(path))?.[1]

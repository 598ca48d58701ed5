const hidden = "[…]"
const looksAt = 2000
/** So many characters in a row that stand in the prompt too are no accident. */
const windowLength = 12

/**
 * What Workers AI said, for the log, without what it repeats of the call: the secrets (token, account) wherever they stand, and
 * the prompt, whole or in pieces.
 */
export const withoutEchoes = (said: string, secrets: ReadonlyArray<string>, prompt: string): string => {
  const text = said.slice(0, looksAt)
  const spelled = [...secrets, prompt].flatMap((secret) => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed())
  ])
  const known = spelled
    .filter((secret) => secret.trim() !== "")
    .reduce((rest, secret) => rest.replaceAll(secret, hidden), text)
  return withoutPieces(known, `${prompt}\n${JSON.stringify(prompt)}`.toLowerCase())
}

const withoutPieces = (text: string, prompt: string): string => {
  const lower = text.toLowerCase()
  let told = ""
  let index = 0
  while (index < text.length) {
    let end = index + windowLength
    if (end <= text.length && lower.length === text.length && prompt.includes(lower.slice(index, end))) {
      while (end < text.length && prompt.includes(lower.slice(end - windowLength + 1, end + 1))) end += 1
      told += hidden
      index = end
    } else {
      told += text.charAt(index)
      index += 1
    }
  }
  return told
}

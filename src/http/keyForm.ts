type Headers = Readonly<Record<string, string | undefined>>

const advice = "Send `Authorization: Bearer YOUR_KEY`, with the key as it was set."

/** What is wrong with the form in which a key was sent, where it is the form; nothing of the key itself. */
export const faultOfKey = (headers: Headers, key: string): string | undefined => {
  const header = (headers.authorization ?? "").trim()
  const sent = key.trim()
  if (/^bearer\s{0,9}:\s{0,9}\S/i.test(header)) return `There is a colon after \`Bearer\`. ${advice}`
  if (sent === "") {
    return header === "" || /^bearer:?$/i.test(header)
      ? undefined
      : `The header Authorization does not begin with \`Bearer\`. ${advice}`
  }
  if (/^bearer(?:\s|:|$)/i.test(sent)) {
    return header === ""
      ? "The key has `Bearer` before it, which only the header Authorization needs. Send the key alone."
      : `The key has \`Bearer\` before it once more: the program adds it by itself. ${advice}`
  }
  if (/^(?:authorization|x-api-key|api[_-]key)\s{0,9}[:=]/i.test(sent)) {
    return `The key has the name of a header or a setting before it. ${advice}`
  }
  if (/^["'`“”‘’«»]|["'`“”‘’«»]$/.test(sent)) return `The key has quotation marks around it. ${advice}`
  if (/^(?:undefined|null|none|nan|\[object object\])$/i.test(sent)) {
    return `The key is the word \`${sent.toLowerCase()}\`: the program has no key yet. ${advice}`
  }
  if (/^(?:<.*>|\{.*\}|\[.*\]|\$.*|%.*%|your[_-]?(?:api[_-]?)?key)$/i.test(sent)) {
    return `The key is a placeholder, in which nothing was filled in. ${advice}`
  }
  if (/\s/.test(sent)) return `The key has blanks in it. ${advice}`
  return undefined
}

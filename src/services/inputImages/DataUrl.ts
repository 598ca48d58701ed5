const scheme = "data:"
// What is before the comma is short; in a picture that is all that there is to search.
const headLength = 256
const base64Mark = /;\s{0,8}base64\s{0,8}$/i

const headOf = (address: string): string => address.slice(0, headLength).trimStart()

/** White space around an address is no part of it. */
export const isDataUrl = (address: string): boolean => headOf(address).slice(0, scheme.length).toLowerCase() === scheme

/**
 * The bytes of a `data:` URL: base64 of either alphabet, in which white space, percent-encoded or not, is no part of it; or
 * text, as SVG is mostly written. `undefined` where that is not what it holds.
 */
export const decodeDataUrl = (address: string): Uint8Array<ArrayBuffer> | undefined => {
  const comma = address.slice(0, headLength).indexOf(",")
  if (comma === -1) return undefined
  const content = address.slice(comma + 1)
  if (!base64Mark.test(address.slice(0, comma))) return new Uint8Array(utf8.encode(unescapeText(content)))
  const base64 = content.includes("%") ? content.replace(/%(2[bdf]|5f|3d|20|0[9ad])/gi, unescapeByte) : content
  return decodeBase64(base64, "base64") ?? decodeBase64(base64, "base64url")
}

const utf8 = new TextEncoder()

const unescapeText = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not percent-encoding: then the signs stand for themselves.
    return text
  }
}

const unescapeByte = (_: string, code: string): string => String.fromCharCode(Number.parseInt(code, 16))

const decodeBase64 = (text: string, alphabet: "base64" | "base64url"): Uint8Array<ArrayBuffer> | undefined => {
  try {
    return Uint8Array.fromBase64(text, { alphabet })
  } catch {
    // The only error of `fromBase64` is a SyntaxError: the text is not base64 of this alphabet.
    return undefined
  }
}

const scheme = "data:"
// What is before the comma is short; in a picture that is all that there is to search.
const headLength = 256
const base64Mark = /;\s{0,8}base64\s{0,8}$/i

const headOf = (address: string): string => address.slice(0, headLength).trimStart()

/** White space around an address is no part of it. */
export const isDataUrl = (address: string): boolean => headOf(address).slice(0, scheme.length).toLowerCase() === scheme

/**
 * The bytes of a `data:` URL in base64 of either alphabet; white space in it, percent-encoded or not, is no part of it.
 * `undefined` where that is not what it holds.
 */
export const decodeDataUrl = (address: string): Uint8Array<ArrayBuffer> | undefined => {
  const comma = address.slice(0, headLength).indexOf(",")
  if (comma === -1 || !base64Mark.test(address.slice(0, comma))) return undefined
  const content = address.slice(comma + 1)
  const base64 = content.includes("%") ? content.replace(/%(2[bdf]|5f|3d|20|0[9ad])/gi, unescapeByte) : content
  return decodeBase64(base64, "base64") ?? decodeBase64(base64, "base64url")
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

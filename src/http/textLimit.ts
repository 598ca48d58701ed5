/** The most that a body may hold beside the data of pictures, in bytes: 2 MiB. */
export const textLimitBytes = 2 * 1024 * 1024

/**
 * Whether the text of a JSON body has more than {@link textLimitBytes} that are no picture. It stops where that is sure, so
 * that what it reads besides strings is bounded; strings it passes over at once.
 */
export const holdsTooMuchText = (json: string, bytes: number): boolean => {
  if (bytes <= textLimitBytes) return false
  let images = 0
  let start = json.indexOf('"')
  while (start !== -1) {
    if (start - images > textLimitBytes) return true
    const end = endOfString(json, start)
    if (end - start > shortString) images += imageLength(json.slice(start + 1, end))
    start = json.indexOf('"', end + 1)
  }
  return bytes - images > textLimitBytes
}

/** Where a JSON string ends that begins with the quotation mark at `start`; the length of the text where it does not. */
export const endOfString = (json: string, start: number): number => {
  let end = start
  let escapes: number
  do {
    end = json.indexOf('"', end + 1)
    if (end === -1) return json.length
    escapes = 0
    while (json.charCodeAt(end - 1 - escapes) === 0x5c) escapes += 1
  } while (escapes % 2 === 1)
  return end
}

const shortString = 1024
const mark = "base64,"
// JPEG, PNG, WebP, GIF, and the box with which HEIC, AVIF and videos begin.
const rawImage = /^(?:\/9j\/|iVBORw0KGgo|UklGR|R0lGOD|AAAA[\w+/]GZ0eXB)/

/** Whether a text is a picture's base64, with nothing that says so before it. */
export const isImageBase64 = (text: string): boolean => rawImage.test(text) && looksLikeBase64(text)

/** How much of a text is picture data: all of base64 that begins like a picture, and what follows `base64,`. */
export const imageLength = (text: string): number => {
  if (isImageBase64(text)) return text.length
  let length = 0
  let at = text.indexOf(mark)
  while (at !== -1) {
    const start = at + mark.length
    // In the text of an earlier answer the picture is a link of Markdown.
    const bracket = text.indexOf(")", start)
    const end = bracket === -1 ? text.length : bracket
    if (looksLikeBase64(text.slice(start, end))) length += end - start
    at = text.indexOf(mark, end)
  }
  return length
}

const sampled = 512
const base64 = /^[\w+/=\\%-]*$/

/** Judged by its ends: whether a text is base64 all through is seen when it is decoded. */
const looksLikeBase64 = (text: string): boolean =>
  base64.test(text.slice(0, sampled).trimStart()) && base64.test(text.slice(-sampled).trimEnd())

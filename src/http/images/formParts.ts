const boundary = /boundary=(?:"([^"]{1,200})"|([^\s;,"]{1,200}))/i
const lineFeed = 0x0a
const hyphen = 0x2d

/** How many parts a form has, counted no further than to `most + 1` and before anything is made of them. */
export const countParts = (body: Uint8Array, contentType: string, most: number): number => {
  const [, quoted, plain] = boundary.exec(contentType) ?? []
  const delimiter = new TextEncoder().encode(`--${quoted ?? plain ?? ""}`)
  let count = 0
  // A delimiter stands at the beginning of a line. The last one, with two hyphens after it, begins no part.
  let line = 0
  do {
    const end = line + delimiter.length
    const matches = delimiter.every((byte, index) => body[line + index] === byte)
    if (matches && !(body[end] === hyphen && body[end + 1] === hyphen)) count += 1
    line = body.indexOf(lineFeed, line) + 1
  } while (line !== 0 && count <= most)
  return count
}

const longestBoundary = 72

/** The boundary of a body that is a form, whatever it is called; `undefined` where it is none. */
export const formBoundary = (body: Uint8Array): string | undefined => {
  if (body[0] !== hyphen || body[1] !== hyphen) return undefined
  const head = new TextDecoder().decode(body.subarray(0, longestBoundary + 100))
  return /^--([\w'()+,./:=? -]{1,70}?)\s{0,9}\r?\n\s{0,9}content-/i.exec(head)?.[1]
}

/** Whether a body is an object of JSON, as far as its first character tells. */
export const beginsLikeJson = (body: Uint8Array): boolean =>
  new TextDecoder().decode(body.subarray(0, 100)).trimStart().startsWith("{")

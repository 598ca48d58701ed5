/** Workers AI counts no tokens for pictures, so they are estimated: four bytes of UTF-8 are one. */
export const estimateTokens = (text: string): number => Math.ceil(utf8Length(text) / 4)

const utf8Length = (text: string): number => {
  let bytes = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    // Each half of a surrogate pair counts for half of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3
  }
  return bytes
}

const encoder = new TextEncoder()

/** Workers AI counts no tokens for pictures, so they are estimated: four bytes of UTF-8 are one. */
export const estimateTokens = (text: string): number => Math.ceil(encoder.encode(text).length / 4)

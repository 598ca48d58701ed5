/**
 * The id of a generation that can be asked for: `job_`, 43 base64url characters that say where it is kept, and 22 that are
 * random, so that it can't be guessed.
 */
export interface JobId {
  readonly name: string
  /** The id of the object that keeps it: 64 hexadecimal digits. */
  readonly objectId: string
}

const pattern = /^job_([A-Za-z0-9_-]{43})[A-Za-z0-9_-]{22}$/
const base64url = { alphabet: "base64url", omitPadding: true } as const

/** `random` is 22 base64url characters (128 bits). */
export const makeJobId = (objectId: string, random: string): JobId => ({
  name: `job_${Uint8Array.fromHex(objectId).toBase64(base64url)}${random}`,
  objectId
})

export const parseJobId = (name: string): JobId | undefined => {
  const place = pattern.exec(name)?.[1]
  if (place === undefined) return undefined
  const bytes = Uint8Array.fromBase64(place, { alphabet: "base64url" })
  return { name, objectId: bytes.toHex() }
}

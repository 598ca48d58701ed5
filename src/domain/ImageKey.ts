import { fileExtension, type MediaType } from "./ImageHeader.ts"
import { textCodec } from "./TextCodec.ts"

/**
 * The name of a stored picture: `{22 random base64url characters}-{expiry}.{jpg|png|webp}`, with the expiry in seconds since
 * 1970. It can't be guessed, and it tells its media type and its end without a look into KV.
 */
export interface ImageKey {
  readonly name: string
  /** Seconds since 1970. */
  readonly expiresAt: number
  readonly mediaType: MediaType
}

const pattern = /^[A-Za-z0-9_-]{22}-(\d{10})\.(jpg|png|webp)$/

const mediaTypes: Readonly<Record<string, MediaType>> = { jpg: "image/jpeg", png: "image/png", webp: "image/webp" }

/** `random` is 22 base64url characters (128 bits). */
export const makeImageKey = (random: string, expiresAt: number, mediaType: MediaType): ImageKey => ({
  name: `${random}-${expiresAt}.${fileExtension[mediaType]}`,
  expiresAt,
  mediaType
})

export const parseImageKey = (name: string): ImageKey | undefined => {
  const match = pattern.exec(name)
  const mediaType = match?.[2] && mediaTypes[match[2]]
  return match && mediaType ? { name, expiresAt: Number(match[1]), mediaType } : undefined
}

/** A key, written as its name. */
export const ImageKeyFromName = textCodec<ImageKey>({
  is: (value): value is ImageKey =>
    typeof value === "object" && value !== null && "name" in value && "expiresAt" in value && "mediaType" in value,
  read: parseImageKey,
  write: ({ name }) => name
})

/** No picture is kept for longer, in seconds: a year. */
export const longestLifetime = 31_536_000

/**
 * For how many seconds from `now` (in seconds since 1970) the picture of a key may be there: 0 where it has expired, and where
 * its end is so far away that nobody was ever given the key.
 */
export const secondsLeft = ({ expiresAt }: ImageKey, now: number): number => {
  const left = expiresAt - now
  return left > longestLifetime ? 0 : Math.max(0, left)
}

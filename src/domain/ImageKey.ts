import { fileExtension, type MediaType } from "./ImageHeader.ts"
import { textCodec } from "./TextCodec.ts"

/**
 * The key of a stored picture: `{22 random base64url characters}-{expiry}`, with the expiry in seconds since 1970. It can't be
 * guessed, it tells its end without a look into KV, and it is made before anything is drawn.
 */
export interface ImageKey {
  /** Under which the picture is stored, whatever kind of file it is. */
  readonly id: string
  /** As it is written in a link: the id, with the ending `.jpg`, `.png` or `.webp` once it is known what was drawn. */
  readonly name: string
  /** Seconds since 1970. */
  readonly expiresAt: number
  readonly mediaType?: MediaType
}

const pattern = /^([A-Za-z0-9_-]{22}-(\d{10}))(?:\.(jpg|png|webp))?$/

const mediaTypes: Readonly<Record<string, MediaType>> = { jpg: "image/jpeg", png: "image/png", webp: "image/webp" }

/** `random` is 22 base64url characters (128 bits). Without a media type it is the key of what is yet to be drawn. */
export const makeImageKey = (random: string, expiresAt: number, mediaType?: MediaType): ImageKey => {
  const id = `${random}-${expiresAt}`
  const key = { id, name: id, expiresAt }
  return mediaType ? keyOf(key, mediaType) : key
}

/** The key of a picture that is known to be of this kind. */
export const keyOf = ({ expiresAt, id }: ImageKey, mediaType: MediaType): ImageKey => ({
  id,
  name: `${id}.${fileExtension[mediaType]}`,
  expiresAt,
  mediaType
})

/** Reads a key with or without its ending. */
export const parseImageKey = (name: string): ImageKey | undefined => {
  const match = pattern.exec(name)
  const [, id = "", expiry, ending = ""] = match ?? []
  const mediaType = mediaTypes[ending]
  return match ? { id, name, expiresAt: Number(expiry), ...(mediaType && { mediaType }) } : undefined
}

/** The part of a key that can't be guessed. */
export const randomOf = ({ id }: ImageKey): string => id.slice(0, 22)

/** A key, written as its name. */
export const ImageKeyFromName = textCodec<ImageKey>({
  is: (value): value is ImageKey =>
    typeof value === "object" && value !== null && "id" in value && "name" in value && "expiresAt" in value,
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

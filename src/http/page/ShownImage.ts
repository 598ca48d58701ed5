import type { DrawRequest } from "./DrawRequest.ts"

/** What is known of a picture that was drawn here; its bytes are in the gallery. */
export interface ShownImage {
  /** The same wherever it is found again: the request's, and the picture's place in it. */
  readonly id: string
  /** The request that it belongs to. */
  readonly group: string
  readonly index: number
  /** The media type of its bytes. */
  readonly type: string
  readonly favourite?: boolean
  readonly request: DrawRequest
  /** When it was asked for. */
  readonly drawnAt: Date
  readonly model: string
  readonly size: string
  readonly neurons: number
  readonly seed?: number
  readonly revisedPrompt?: string
  readonly url?: string
}

export const imageId = (group: string, index: number): string => `${group}/${index}`

/** Width and height of `1024x576`; a square where nothing is told. */
export const sidesOf = (size: string | undefined): readonly [width: number, height: number] => {
  const [width = 1, height = 1] = (size ?? "1x1").split("x").map(Number)
  return [width, height]
}

/** When the link ends, which its name tells; `undefined` where there is none. */
export const linkEnd = ({ url = "" }: ShownImage): Date | undefined => {
  const seconds = /^[\w-]{22}-(\d{10})\.\w{3,4}$/.exec(url.slice(url.lastIndexOf("/") + 1))?.[1]
  return seconds ? new Date(Number(seconds) * 1000) : undefined
}

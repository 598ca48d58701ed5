import { type ImageKey, parseImageKey } from "../../domain/ImageKey.ts"
import { jobIdOf, makeJobId } from "../../domain/Job.ts"

/** What is told as the ids of an answer. */
export interface ResponseIds {
  readonly response: string
  readonly message: string
  readonly image: (index: number) => string
}

/** Behind the id of a response whose pictures were asked for as base64 too, so that it can be told again. */
const imageMark = "-i"

/** The ids of an answer with pictures, which hold their keys; `otherwise` stands where no keys are known. */
export const imageIds = (keys: ReadonlyArray<ImageKey>, otherwise: string, images: boolean): ResponseIds => {
  const last = keys.at(-1)?.id ?? otherwise
  return {
    response: `resp_${last}${images ? imageMark : ""}`,
    message: `msg_${last}`,
    image: (index) => `ig_${keys[index]?.id ?? `${otherwise}_${index}`}`
  }
}

/** The ids of an answer that has no picture, which are known as such. */
export const textIds = (random: string): ResponseIds => ({
  response: `resp_text_${random}`,
  message: `msg_text_${random}`,
  image: (index) => `ig_text_${random}_${index}`
})

/** What an id leads to. */
export type Reference =
  | { readonly _tag: "Image"; readonly key: ImageKey }
  /** An answer of ours that had no picture. */
  | { readonly _tag: "Text" }
  | { readonly _tag: "Unknown" }

const imageId = /^(?:resp|msg|ig)_([\w-]{22}-\d{10})(?:-i)?$/
const textId = /^(?:resp|msg)_text_[\w-]{22}$/

/** Reads the id of a response, a message or a picture. */
export const readReference = (id: string): Reference => {
  const key = parseImageKey(imageId.exec(id)?.[1] ?? "")
  if (key) return { _tag: "Image", key }
  return textId.test(id) ? { _tag: "Text" } : { _tag: "Unknown" }
}

const jobWithoutKeys = /^resp_([\w-]{22})(?:-i)?$/

/** The job that the id of a response leads to, and whether its pictures are told as base64 too. */
export const readJobReference = (id: string): { readonly jobId: string; readonly images: boolean } | undefined => {
  const images = id.endsWith(imageMark)
  const reference = id.startsWith("resp_") ? readReference(id) : undefined
  if (reference?._tag === "Image") return { jobId: jobIdOf(reference.key), images }
  const random = jobWithoutKeys.exec(id)?.[1]
  return random === undefined ? undefined : { jobId: makeJobId(random), images }
}

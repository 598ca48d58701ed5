import { isRecord, plainText } from "../wishes/values.ts"
import type { ChatCompletionRequest } from "./ChatApi.ts"

/** A part of a message that is a picture, whether or not it can be used. */
export interface ImagePart {
  /** As its dialect calls it. */
  readonly type: string
  /** What holds its address or its base64. */
  readonly value: unknown
}

export interface Content {
  readonly text: string
  readonly images: ReadonlyArray<ImagePart>
}

/** The most parts of a message that are read. */
export const maximumParts = 100

/** The text and the pictures of a message, of its first hundred parts; what is neither (sound, documents) is passed over. */
export const readContent = ({
  content,
  images
}: Pick<ChatCompletionRequest["messages"][number], "content" | "images">): Content => {
  const parts = listOf(content).slice(0, maximumParts)
  const beside = listOf(images)
    .slice(0, maximumParts)
    .map((image) => imageIn(image) ?? { type: "images", value: image })
  return {
    text: typeof content === "string" ? content : parts.flatMap(textIn).join("\n"),
    images: [...parts.flatMap((part) => imageIn(part) ?? []), ...beside]
  }
}

/** One part where a list is meant is a list. */
const listOf = (value: unknown): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value
  return isRecord(value) ? [value] : []
}

const textTypes = new Set(["text", "input_text", "output_text"])

const textIn = (part: unknown): ReadonlyArray<string> =>
  isRecord(part) && textTypes.has(plainText(part.type) ?? "") && typeof part.text === "string" ? [part.text] : []

/** `image_url`, `input_image`, `image`, `imageUrl`, `image_file`, … */
const imageType = /image|picture|photo/

/** Under these a part holds its picture, in the order in which they are looked at. */
const holders = [
  "image_url",
  "imageUrl",
  "image",
  "source",
  "inline_data",
  "inlineData",
  "file",
  "input_image",
  "media"
]

/** The picture of a part, which it is by its type, or by the media type of what it holds. */
const imageIn = (part: unknown): ImagePart | undefined => {
  if (!isRecord(part)) return undefined
  const type = plainText(part.type)
  const holder = holders.find((name) => part[name] !== undefined && part[name] !== null)
  const held = holder === undefined ? part : part[holder]
  if (type === undefined ? isImageHolder(holder, held) : imageType.test(type)) {
    return { type: type ?? holder ?? "image", value: held }
  }
  return holdsImage(part) || holdsImage(held) ? { type: type ?? holder ?? "image", value: held } : undefined
}

/** Without a type a part is what its one field says. */
const isImageHolder = (holder: string | undefined, held: unknown): boolean =>
  holder !== undefined && (imageType.test(holder.toLowerCase()) || holdsImage(held))

const mediaTypeFields = ["media_type", "mediaType", "mime_type", "mimeType", "content_type", "contentType"]
const dataFields = ["file_data", "data", "url", "file_url"]
const nameFields = ["filename", "file_name", "name"]
const imageName = /\.(?:jpe?g|png|webp|gif|heic|heif|avif|tiff?|bmp|svg)$/

const holdsImage = (value: unknown): boolean => {
  if (!isRecord(value)) return false
  const begins = (name: string, start: string) => {
    const text = value[name]
    return typeof text === "string" && text.slice(0, 40).trimStart().toLowerCase().startsWith(start)
  }
  return (
    mediaTypeFields.some((name) => begins(name, "image/")) ||
    dataFields.some((name) => begins(name, "data:image/")) ||
    nameFields.some((name) => imageName.test(plainText(value[name]) ?? ""))
  )
}

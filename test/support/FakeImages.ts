import { ImageFile } from "../../src/domain/ImageFile.ts"
import type { MediaType } from "../../src/domain/ImageHeader.ts"
import { imageOf } from "./pictures.ts"

/** One transformation that was carried through. */
export interface Transformation {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly transform: ImageTransform
  readonly format: string
}

/** What goes wrong with a transformation: it is refused, never done, or gives something that is no picture. */
export type ImagesFault = "refuse" | "hang" | "garbage"

/** An Images binding that reads real pictures, and gives real ones of the size and format that come out. */
export interface FakeImages {
  /** Stands in for the binding. It scales down and changes formats; anything else is not there. */
  readonly binding: ImagesBinding
  readonly transformations: ReadonlyArray<Transformation>
  readonly failNext: (fault: ImagesFault) => void
}

const mediaTypes: Readonly<Record<string, MediaType>> = {
  "image/jpeg": "image/jpeg",
  "image/png": "image/png",
  "image/webp": "image/webp"
}

export const makeFakeImages = (): FakeImages => {
  const transformations: Array<Transformation> = []
  const faults: Array<ImagesFault> = []

  const output = async (input: ReadableStream<Uint8Array>, transform: ImageTransform, format: string) => {
    const bytes = new Uint8Array(await new Response(input).arrayBuffer())
    transformations.push({ bytes, transform, format })
    const fault = faults.shift()
    if (fault === "hang") await new Promise<never>(() => {})
    if (fault === "refuse")
      throw new Error("IMAGES_TRANSFORM_ERROR 9422: the transformations of this month are used up")
    if (fault === "garbage") return new Response("no picture")
    // Like the binding it turns a picture as its EXIF orientation says, and leaves the tag out.
    const header = ImageFile.fromInput(bytes)?.size
    const mediaType = mediaTypes[format]
    if (header === undefined || mediaType === undefined) throw new Error("IMAGES_TRANSFORM_ERROR 9412: not an image")
    const factor = Math.min(
      1,
      (transform.width ?? header.width) / header.width,
      (transform.height ?? header.height) / header.height
    )
    const size = { width: Math.round(header.width * factor), height: Math.round(header.height * factor) }
    const file = await imageOf(size, { mediaType, text: "transformed" })
    return new Response(file.bytes, { headers: { "content-type": mediaType } })
  }

  const transformer = (input: ReadableStream<Uint8Array>, transform: ImageTransform) => ({
    transform: (more: ImageTransform) => transformer(input, { ...transform, ...more }),
    output: async ({ format }: ImageOutputOptions) => {
      const response = await output(input, transform, format)
      return { response: () => response }
    }
  })

  return {
    // Drawing on top, text, hosted images and the other forms of a result are left out.
    binding: { input: (input: ReadableStream<Uint8Array>) => transformer(input, {}) } as unknown as ImagesBinding,
    transformations,
    failNext: (fault) => {
      faults.push(fault)
    }
  }
}

import { ImageFile } from "../../src/domain/ImageFile.ts"
import type { MediaType } from "../../src/domain/ImageHeader.ts"
import { imageOf } from "./pictures.ts"
import { paintPng, pixelsOf, resizePng } from "./pixels.ts"

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
  /** Stands in for the binding. It scales, changes formats, and of PNGs it knows the pixels. */
  readonly binding: ImagesBinding
  readonly transformations: ReadonlyArray<Transformation>
  readonly failNext: (fault: ImagesFault) => void
}

type Overlay = Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly composite: string | undefined }>

/** Only `over` and `in` are there. What is transparent is so all the way. */
const composite = async (below: ImageFile, { bytes, composite = "over" }: Awaited<Overlay>): Promise<ImageFile> => {
  const [backdrop, overlay] = [await pixelsOf(below.bytes), await pixelsOf(bytes)]
  if (!backdrop || !overlay || !["over", "in"].includes(composite)) throw new Error("IMAGES_TRANSFORM_ERROR 9412")
  return paintPng(backdrop.size, (x, y) => {
    const [under, top] = [backdrop.at(x, y), overlay.at(x, y)]
    if (composite === "in") return under[3] > 0 ? top : [0, 0, 0, 0]
    return top[3] > 0 ? top : under
  })
}

const mediaTypes: Readonly<Record<string, MediaType>> = {
  "image/jpeg": "image/jpeg",
  "image/png": "image/png",
  "image/webp": "image/webp"
}

/** `draws` is false for what runs in `wrangler dev`, which leaves out what is drawn on top. */
export const makeFakeImages = ({ draws = true }: { readonly draws?: boolean } = {}): FakeImages => {
  const transformations: Array<Transformation> = []
  const faults: Array<ImagesFault> = []

  const output = async (
    input: ReadableStream<Uint8Array>,
    transform: ImageTransform,
    overlays: ReadonlyArray<Overlay>,
    format: string
  ) => {
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
    const squeezed = transform.fit === "squeeze" ? { width: transform.width, height: transform.height } : {}
    const { height = Math.round(header.height * factor), width = Math.round(header.width * factor) } = squeezed
    const size = { width, height }
    const resized = await resizePng(bytes, size)
    if (mediaType === "image/png" && resized) {
      const drawn = await overlays.reduce<Promise<ImageFile>>(
        async (below, overlay) => (draws ? composite(await below, await overlay) : below),
        Promise.resolve(resized)
      )
      return new Response(drawn.bytes, { headers: { "content-type": mediaType } })
    }
    const file = await imageOf(size, { mediaType, text: "transformed" })
    return new Response(file.bytes, { headers: { "content-type": mediaType } })
  }

  const transformer = (
    input: ReadableStream<Uint8Array>,
    transform: ImageTransform,
    overlays: ReadonlyArray<Overlay> = []
  ) => ({
    transform: (more: ImageTransform) => transformer(input, { ...transform, ...more }, overlays),
    draw: (image: ReadableStream<Uint8Array>, { composite }: ImageDrawOptions = {}) => {
      const bytes = new Response(image).arrayBuffer()
      const overlay = bytes.then((buffer) => ({ bytes: new Uint8Array(buffer), composite }))
      return transformer(input, transform, [...overlays, overlay])
    },
    output: async ({ format }: ImageOutputOptions) => {
      const response = await output(input, transform, overlays, format)
      return { response: () => response }
    }
  })

  return {
    // Text, hosted images and the other forms of a result are left out.
    binding: { input: (input: ReadableStream<Uint8Array>) => transformer(input, {}) } as unknown as ImagesBinding,
    transformations,
    failNext: (fault) => {
      faults.push(fault)
    }
  }
}

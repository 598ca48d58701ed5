import type { ImageSize } from "../ImageSize.ts"
import type { Model } from "../Model.ts"
import { classOf, images, partner, priced, ratioName, ratios } from "./entry.ts"

const googleRatios = "1:1 3:2 2:3 3:4 4:3 4:5 5:4 9:16 16:9 21:9"
const googleClasses = [
  ["1K", 1536],
  ["2K", 3072],
  ["4K", 6144]
] as const

/** `field` carries the class of the size, where that can be chosen. */
const nanoBanana = (
  id: string,
  field: "image_size" | "resolution" | undefined,
  seconds: number,
  prices: Readonly<Record<string, number>>
): Model => {
  const sizes = ratios(googleRatios, field ? 6144 : 1536)
  const classIn = (size: ImageSize) => (field ? classOf(size, googleClasses) : undefined) ?? "1K"
  return partner({
    id,
    mediaType: "image/jpeg",
    sizes,
    inputs: 3,
    seconds,
    price: ({ size }) => prices[classIn(size)] ?? 0,
    input: (wish) => ({
      prompt: wish.prompt,
      aspect_ratio: ratioName(wish.size, { sizes }),
      output_format: "jpg",
      ...(field && { [field]: classIn(wish.size) }),
      ...images("image_input", wish)
    })
  })
}

const imagenSizes = ratios("1:1 3:4 4:3 9:16 16:9", 1536)

/** Google. None takes a seed. */
export const googlePartners: ReadonlyArray<Model> = [
  nanoBanana("google/nano-banana", undefined, 12, { "1K": 39 }),
  nanoBanana("google/nano-banana-pro", "image_size", 30, { "1K": 134, "2K": 134, "4K": 240 }),
  nanoBanana("google/nano-banana-2", "resolution", 20, { "1K": 67, "2K": 101, "4K": 151 }),
  nanoBanana("google/nano-banana-2-lite", "resolution", 8, { "1K": 34, "2K": 51, "4K": 76 }),
  partner({
    id: "google/imagen-4",
    mediaType: "image/png",
    sizes: imagenSizes,
    seconds: 10,
    price: priced(20),
    input: ({ prompt, size }) => ({ prompt, aspect_ratio: ratioName(size, { sizes: imagenSizes }) })
  })
]

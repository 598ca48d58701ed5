import { megapixels, type SizeRange } from "../ImageSize.ts"
import type { Drawing, Model, PartnerWish } from "../Model.ts"
import { images, partner, priced, ratioName, ratios, seeded } from "./entry.ts"

/** By megapixels, begun ones counting whole: the first, and each further one, those of input pictures too. */
const byMegapixels =
  (first: number, further: number) =>
  ({ inputs, size }: Drawing): number =>
    first + further * (inputs.reduce((sum, each) => sum + Math.ceil(megapixels(each)), Math.ceil(megapixels(size))) - 1)

const flux2Sizes: SizeRange = { _tag: "Range", minimum: 256, maximum: 2048 }
const flux2 = (wish: PartnerWish) => ({
  prompt: wish.prompt,
  width: wish.size.width,
  height: wish.size.height,
  ...seeded(wish),
  ...images("input_images", wish)
})

const kontext = (id: string, price: number, seconds: number): Model => {
  const sizes = ratios("1:1 3:2 2:3 4:3 3:4 16:9 9:16 4:5 5:4 2:1 1:2 21:9 9:21", 1568)
  return partner({
    id,
    mediaType: "image/jpeg",
    sizes,
    seed: true,
    inputs: 1,
    seconds,
    price: priced(price),
    input: (wish) => ({
      prompt: wish.prompt,
      aspect_ratio: ratioName(wish.size, { sizes }),
      ...seeded(wish),
      ...(wish.images[0] && { input_image: wish.images[0] })
    })
  })
}

/** Black Forest Labs. */
export const fluxPartners: ReadonlyArray<Model> = [
  partner({
    id: "black-forest-labs/flux-2-flex",
    mediaType: "image/jpeg",
    sizes: flux2Sizes,
    seed: true,
    steps: { field: "steps", default: 50, maximum: 50 },
    inputs: 4,
    seconds: 25,
    price: byMegapixels(50, 50),
    // Left to itself it draws another prompt than the one that is told.
    input: (wish) => ({ ...flux2(wish), steps: wish.steps, prompt_upsampling: false })
  }),
  partner({
    id: "black-forest-labs/flux-2-pro-preview",
    mediaType: "image/jpeg",
    sizes: flux2Sizes,
    seed: true,
    inputs: 4,
    seconds: 15,
    price: byMegapixels(30, 15),
    input: flux2
  }),
  partner({
    id: "black-forest-labs/flux-2-max",
    mediaType: "image/jpeg",
    sizes: flux2Sizes,
    seed: true,
    inputs: 4,
    seconds: 25,
    price: byMegapixels(70, 30),
    input: flux2
  }),
  kontext("black-forest-labs/flux-1-kontext-pro", 40, 10),
  kontext("black-forest-labs/flux-1-kontext-max", 80, 15)
]

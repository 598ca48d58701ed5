import { formatSize, type ImageSize, megapixels, nearestRatio, type SizeRange } from "./ImageSize.ts"
import type { Drawing, Model, PartnerWish } from "./Model.ts"

type Entry = Pick<Model, "id" | "mediaType" | "sizes" | "seconds"> &
  Partial<Omit<Model, "inputs" | "partner" | "microdollars">> & {
    readonly inputs?: number
    readonly price: (drawing: Drawing) => number
    readonly input: (wish: PartnerWish) => Readonly<Record<string, unknown>>
  }

/** Larger pictures are scaled down to this side before they are sent, where they can be. */
const maximumSide = 2048

const partner = ({ input, inputs, price, ...entry }: Entry): Model => ({
  aliases: [entry.id.slice(entry.id.indexOf("/") + 1)],
  created: 1779408000,
  ownedBy: entry.id.split("/")[0] ?? "",
  encoding: "json",
  output: "link",
  seed: false,
  promptLimit: 2048,
  neurons: () => 0,
  ...entry,
  ...(inputs && { inputs: { maximum: inputs, maximumSide } }),
  // In millionths, of a price list in thousandths.
  microdollars: (drawing) => Math.round(price(drawing) * 1000),
  partner: { input }
})

const ratios = (names: string, maximum: number): SizeRange => ({
  _tag: "Ratios",
  ratios: names.split(" ").map((name) => {
    const [width = 1, height = 1] = name.split(":").map(Number)
    return { width, height }
  }),
  maximum
})

/** The ratio of a size under the name that these models have for it. */
const ratioName = (size: ImageSize, { sizes }: { readonly sizes: SizeRange }): string => {
  const { height, width } = sizes._tag === "Ratios" ? nearestRatio(size, sizes.ratios) : size
  return `${width}:${height}`
}

/** The class of a size: the first whose pictures are so long, or the last. */
const classOf = ({ height, width }: ImageSize, classes: ReadonlyArray<readonly [name: string, longest: number]>) =>
  classes.find(([, longest]) => Math.max(width, height) <= longest)?.[0] ?? classes.at(-1)?.[0]

const images = (name: string, { images }: PartnerWish) => (images.length > 0 ? { [name]: images } : {})
const seeded = ({ seed }: PartnerWish) => (seed === undefined ? {} : { seed })

const priced = (thousandths: number) => () => thousandths

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

/** `larger` is the class above 2K. */
const seedream = (id: string, larger: "3K" | "4K", price: number): Model => {
  const sizes = ratios("1:1 4:3 3:4 16:9 9:16 3:2 2:3 21:9", larger === "3K" ? 4608 : 6144)
  const classes = [
    ["2K", 3072],
    [larger, 6144]
  ] as const
  return partner({
    id,
    mediaType: "image/jpeg",
    sizes,
    inputs: 4,
    seconds: 25,
    price: priced(price),
    input: (wish) => ({
      prompt: wish.prompt,
      size: classOf(wish.size, classes),
      aspect_ratio: ratioName(wish.size, { sizes }),
      sequential_image_generation: "disabled",
      ...images("image_input", wish)
    })
  })
}

const gptQualities = { low: [5, "low"], medium: [53, "medium"], high: [211, "high"], max: [211, "high"] } as const
const grokSizes = ratios("1:1 3:4 4:3 9:16 16:9 2:3 3:2 9:19.5 19.5:9 9:20 20:9 1:2 2:1", 3072)
const imagenSizes = ratios("1:1 3:4 4:3 9:16 16:9", 1536)

/** Takes a picture and gives it back without what is behind. */
export const backgroundRemover = "bria/remove-background"

/**
 * Models of others that Cloudflare passes calls on to, paid with AI Gateway credits. Fields and prices: Cloudflare's catalogue
 * and the price lists of the providers, autumn 2026; docs/partner-models.md says which price rests on what.
 */
export const partnerModels: ReadonlyArray<Model> = [
  partner({
    id: "black-forest-labs/flux-2-flex",
    mediaType: "image/jpeg",
    sizes: flux2Sizes,
    seed: true,
    steps: { field: "steps", default: 50, maximum: 50 },
    inputs: 8,
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
    inputs: 8,
    seconds: 15,
    price: byMegapixels(30, 15),
    input: flux2
  }),
  partner({
    id: "black-forest-labs/flux-2-max",
    mediaType: "image/jpeg",
    sizes: flux2Sizes,
    seed: true,
    inputs: 8,
    seconds: 25,
    price: byMegapixels(70, 30),
    input: flux2
  }),
  kontext("black-forest-labs/flux-1-kontext-pro", 40, 10),
  kontext("black-forest-labs/flux-1-kontext-max", 80, 15),
  partner({
    id: "openai/gpt-image-2",
    // Its own name stands for FLUX_MODEL, as all of OpenAI's names do.
    aliases: [],
    mediaType: "image/png",
    sizes: {
      _tag: "Listed",
      sizes: [
        { width: 1024, height: 1024 },
        { width: 1536, height: 1024 },
        { width: 1024, height: 1536 }
      ]
    },
    qualities: true,
    inputs: 4,
    promptLimit: 32_000,
    seconds: 45,
    price: ({ inputs, quality = "medium", size }) => gptQualities[quality][0] * megapixels(size) + 12 * inputs.length,
    input: (wish) => ({
      prompt: wish.prompt,
      size: formatSize(wish.size),
      quality: gptQualities[wish.quality ?? "medium"][1],
      output_format: "png",
      ...images("images", wish)
    })
  }),
  nanoBanana("google/nano-banana", undefined, 12, { "1K": 39 }),
  nanoBanana("google/nano-banana-pro", "image_size", 30, { "1K": 134, "2K": 134, "4K": 240 }),
  nanoBanana("google/nano-banana-2", "resolution", 20, { "1K": 67, "2K": 101, "4K": 151 }),
  nanoBanana("google/nano-banana-2-lite", "resolution", 8, { "1K": 34, "2K": 51, "4K": 76 }),
  partner({
    id: "google/imagen-4",
    mediaType: "image/png",
    sizes: imagenSizes,
    seconds: 10,
    price: priced(40),
    input: ({ prompt, size }) => ({ prompt, aspect_ratio: ratioName(size, { sizes: imagenSizes }) })
  }),
  partner({
    id: "bytedance/seedream-5-pro",
    mediaType: "image/jpeg",
    sizes: { _tag: "Range", minimum: 512, maximum: 2048 },
    inputs: 4,
    seconds: 25,
    price: priced(100),
    input: (wish) => ({ prompt: wish.prompt, size: formatSize(wish.size), ...images("image", wish) })
  }),
  seedream("bytedance/seedream-5-lite", "3K", 35),
  seedream("bytedance/seedream-4.5", "4K", 40),
  partner({
    id: "alibaba/qwen-image-3.0-pro",
    mediaType: "image/png",
    sizes: { _tag: "Range", minimum: 512, maximum: 2048 },
    seed: true,
    seconds: 20,
    price: ({ size }) => (megapixels(size) > 1.5 ? 70 : 40),
    input: ({ prompt, seed, size }) => ({
      prompt,
      size: formatSize(size),
      n: 1,
      // It takes half of the seeds that others take.
      ...(seed !== undefined && { seed: seed % 2_147_483_648 }),
      prompt_extend: false,
      watermark: false
    })
  }),
  partner({
    id: "xai/grok-imagine-image",
    mediaType: "image/jpeg",
    sizes: grokSizes,
    qualities: true,
    inputs: 4,
    seconds: 10,
    price: ({ inputs }) => 20 + 2 * inputs.length,
    input: (wish) => ({
      prompt: wish.prompt,
      aspect_ratio: ratioName(wish.size, { sizes: grokSizes }),
      resolution: classOf(wish.size, [
        ["1k", 1536],
        ["2k", 3072]
      ]),
      quality: gptQualities[wish.quality ?? "medium"][1],
      ...(wish.images.length > 0 && { images: wish.images.map((url) => ({ url })) })
    })
  }),
  partner({
    id: "recraft/recraftv4",
    mediaType: "image/png",
    // The only one that is documented.
    sizes: { _tag: "Fixed", size: { width: 1024, height: 1024 } },
    seconds: 12,
    price: priced(40),
    input: ({ prompt, size }) => ({ prompt, size: formatSize(size) })
  }),
  partner({
    id: backgroundRemover,
    mediaType: "image/png",
    sizes: { _tag: "Range", minimum: 1, maximum: 10_000 },
    needs: "image",
    transparent: true,
    inputs: 1,
    seconds: 8,
    price: priced(18),
    input: ({ images: [image] }) => ({ image })
  })
]

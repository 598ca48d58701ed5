import { formatSize, megapixels } from "../ImageSize.ts"
import type { Model } from "../Model.ts"
import { classOf, images, partner, priced, ratioName, ratios } from "./entry.ts"

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

/** Takes a picture and gives it back without what is behind. */
export const backgroundRemover = "bria/remove-background"

/** OpenAI. */
export const openAiPartners: ReadonlyArray<Model> = [
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
  })
]

/** ByteDance, Alibaba, xAI, Recraft and Bria. */
export const otherPartners: ReadonlyArray<Model> = [
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

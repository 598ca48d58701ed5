import type { Inputs } from "./inputs.ts"
import { badInput, type Job } from "./validate.ts"
import { apiError, type UpstreamError } from "./wire.ts"

type Fields = Readonly<Record<string, unknown>>
type Check = (value: unknown) => boolean

interface PartnerModel {
  readonly fields: Readonly<Record<string, Check>>
  readonly required: ReadonlyArray<string>
  /** Whether fields that are not listed are let through. */
  readonly open?: true
  readonly format: "jpeg" | "png"
}

const text: Check = (value) => typeof value === "string"
const prompt: Check = (value) => typeof value === "string" && value.length > 0
const truth: Check = (value) => typeof value === "boolean"
const integer =
  (minimum: number, maximum = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= minimum && value <= maximum
const one =
  (words: string): Check =>
  (value) =>
    typeof value === "string" && words.split(" ").includes(value)
const pattern =
  (expected: RegExp): Check =>
  (value) =>
    typeof value === "string" && expected.test(value)
const list =
  (check: Check, maximum: number): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.length <= maximum && value.every(check)
const picture: Check = pattern(/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/)
const linked: Check = (value) => typeof value === "object" && value !== null && "url" in value && picture(value.url)

const flux2 = {
  prompt,
  seed: integer(0),
  width: integer(64),
  height: integer(64),
  safety_tolerance: integer(0, 5),
  output_format: one("jpeg png webp"),
  input_images: list(picture, 8)
}
const kontext = {
  prompt,
  input_image: picture,
  aspect_ratio: pattern(/^\d{1,2}:\d{1,2}$/),
  seed: integer(0),
  prompt_upsampling: truth,
  safety_tolerance: integer(0, 6),
  output_format: one("jpeg png")
}
const googleRatios = one("1:1 3:2 2:3 3:4 4:3 4:5 5:4 9:16 16:9 21:9")
const classes = one("1K 2K 4K")
const google = { prompt, image_input: list(picture, 3), aspect_ratio: googleRatios }
const seedreamRatios = one("match_input_image 1:1 4:3 3:4 16:9 9:16 3:2 2:3 21:9")
const seedream = {
  prompt,
  image_input: list(picture, 14),
  aspect_ratio: seedreamRatios,
  sequential_image_generation: one("disabled auto"),
  max_images: integer(1, 15)
}
const asked = ["prompt"]

/** What Cloudflare's catalogue says that each of them takes. */
export const partners: ReadonlyMap<string, PartnerModel> = new Map<string, PartnerModel>([
  [
    "black-forest-labs/flux-2-flex",
    { fields: { ...flux2, prompt_upsampling: truth, steps: integer(1, 50) }, required: asked, format: "jpeg" }
  ],
  ["black-forest-labs/flux-2-pro-preview", { fields: flux2, required: asked, format: "jpeg" }],
  ["black-forest-labs/flux-2-max", { fields: flux2, required: asked, format: "jpeg" }],
  ["black-forest-labs/flux-1-kontext-pro", { fields: kontext, required: asked, format: "jpeg" }],
  ["black-forest-labs/flux-1-kontext-max", { fields: kontext, required: asked, format: "jpeg" }],
  [
    "openai/gpt-image-2",
    {
      fields: {
        prompt,
        images: list(picture, 16),
        quality: one("low medium high auto"),
        size: one("1024x1024 1024x1536 1536x1024 auto"),
        background: one("opaque auto"),
        output_format: one("png webp jpeg")
      },
      required: asked,
      open: true,
      format: "png"
    }
  ],
  [
    "google/nano-banana",
    { fields: { ...google, output_format: one("jpg png webp"), image_size: classes }, required: asked, format: "jpeg" }
  ],
  [
    "google/nano-banana-pro",
    { fields: { ...google, output_format: one("jpg png webp"), image_size: classes }, required: asked, format: "jpeg" }
  ],
  [
    "google/nano-banana-2",
    { fields: { ...google, output_format: one("jpg png"), resolution: classes }, required: asked, format: "jpeg" }
  ],
  [
    "google/nano-banana-2-lite",
    { fields: { ...google, output_format: one("jpg png"), resolution: classes }, required: asked, format: "jpeg" }
  ],
  [
    "google/imagen-4",
    {
      fields: { prompt, aspect_ratio: one("1:1 3:4 4:3 9:16 16:9"), person_generation: text },
      required: asked,
      format: "png"
    }
  ],
  [
    "bytedance/seedream-5-pro",
    {
      fields: { prompt, image: list(picture, 10), size: pattern(/^(?:[12]K|\d{3,4}x\d{3,4})$/) },
      required: asked,
      format: "jpeg"
    }
  ],
  [
    "bytedance/seedream-5-lite",
    {
      fields: { ...seedream, size: one("2K 3K"), output_format: one("png jpeg") },
      required: asked,
      format: "jpeg"
    }
  ],
  ["bytedance/seedream-4.5", { fields: { ...seedream, size: one("2K 4K") }, required: asked, format: "jpeg" }],
  [
    "alibaba/qwen-image-3.0-pro",
    {
      fields: {
        prompt,
        size: pattern(/^\d+x\d+$/),
        negative_prompt: text,
        n: integer(1, 6),
        seed: integer(0, 2_147_483_647),
        watermark: truth,
        prompt_extend: truth,
        prompt_extend_mode: one("direct agent")
      },
      required: ["prompt", "size"],
      format: "png"
    }
  ],
  [
    "xai/grok-imagine-image",
    {
      fields: {
        prompt,
        n: integer(1, 10),
        aspect_ratio: one("1:1 3:4 4:3 9:16 16:9 2:3 3:2 9:19.5 19.5:9 9:20 20:9 1:2 2:1 auto"),
        quality: one("low medium high"),
        resolution: one("1k 2k"),
        response_format: one("url b64_json"),
        images: list(linked, 10)
      },
      required: asked,
      format: "jpeg"
    }
  ],
  [
    "recraft/recraftv4",
    {
      fields: { prompt, size: pattern(/^\d+x\d+$/), style: text, substyle: text },
      required: asked,
      format: "png"
    }
  ],
  ["bria/remove-background", { fields: { image: picture, preserve_alpha: truth }, required: ["image"], format: "png" }]
])

/** Of one that is offered, or of none that there is. */
export const isPartner = (model: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(model)

const longestOf: Readonly<Record<string, number>> = { "1K": 1024, "2K": 2048, "3K": 3072, "4K": 4096 }

/** About what each draws: in pixels where it is asked for pixels, else in the ratio and of the class. */
const sizeOf = ({ aspect_ratio, height, image_size, resolution, size, width }: Fields) => {
  const [, across, down] = /^(\d+)x(\d+)$/.exec(String(size)) ?? []
  if (typeof width === "number" && typeof height === "number") return { width, height }
  if (across && down) return { width: Number(across), height: Number(down) }
  const longest = longestOf[String(image_size ?? resolution ?? size).toUpperCase()] ?? 1024
  const [w = 1, h = 1] = /^[\d.:]+$/.test(String(aspect_ratio)) ? String(aspect_ratio).split(":").map(Number) : []
  return { width: Math.round((longest * w) / Math.max(w, h)), height: Math.round((longest * h) / Math.max(w, h)) }
}

/** Holds `inputs` against the schema of a partner's model. */
export const planPartner = (model: string, inputs: Inputs): Job | UpstreamError => {
  const schema = partners.get(model)
  if (schema === undefined) return apiError(404, 7003, "model not found")
  if (inputs._tag !== "Json") return badInput("the input is no JSON object")
  const { fields } = inputs
  const missing = schema.required.filter((name) => !Object.hasOwn(fields, name))
  if (missing.length > 0) return badInput(`required properties at '/' are '${missing.join(",")}'`)
  for (const [name, value] of Object.entries(fields)) {
    const check = schema.fields[name]
    if (check ? !check(value) : !schema.open) return badInput(`Invalid or unknown property '/${name}'`)
  }
  return {
    neurons: undefined,
    prompt: String(fields.prompt ?? "cut out"),
    seed: String(fields.seed ?? ""),
    ...sizeOf(fields),
    format: schema.format,
    delivery: { form: "link", link: "" }
  }
}

import type { SampleImage } from "./wire.ts"

/** What a field may hold: the bounds are those of a string's length, or of a number's value, both included. */
export type Rule =
  | { readonly type: "string"; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: "integer" | "number"; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: "array" | "base64" | "object" | "picture" }

/** How a model takes its inputs, and what it draws and delivers; `width` and `height` are its defaults, in pixels. */
export interface Model {
  readonly input: "json" | "multipart"
  readonly fields: Readonly<Record<string, Rule>>
  readonly width: number
  readonly height: number
  readonly format: "jpeg" | "png"
  readonly delivery: SampleImage["delivery"]
  /** What it draws nothing without: files, each byte of them as a number. A mask is as large as its picture. */
  readonly requires?: ReadonlyArray<"image" | "mask">
  /** The number of steps where none is said. */
  readonly steps: number
  /** What a picture is billed, in neurons, where the model tells it. */
  readonly neurons?: (drawn: Drawn) => number
}

/** What a picture is billed by: tiles of 512x512 by area, with fractions, and steps. */
export interface Drawn {
  readonly tiles: number
  readonly steps: number
  readonly inputTiles: ReadonlyArray<number>
}

const integer = (minimum?: number, maximum?: number): Rule => ({
  type: "integer",
  ...(minimum === undefined ? {} : { minimum }),
  ...(maximum === undefined ? {} : { maximum })
})
const number = (minimum: number, maximum = Number.MAX_VALUE): Rule => ({ type: "number", minimum, maximum })
const text: Rule = { type: "string" }
const prompt: Rule = { type: "string", minimum: 1 }
const picture: Rule = { type: "picture" }
const json: SampleImage["delivery"] = { form: "json" }
const raw = (contentType: string): SampleImage["delivery"] => ({ form: "raw", contentType })

const flux2Fields = {
  prompt,
  guidance: number(0),
  width: integer(256, 1920),
  height: integer(256, 1920),
  seed: integer(),
  input_image_0: picture,
  input_image_1: picture,
  input_image_2: picture,
  input_image_3: picture
}
const flux2: Model = {
  input: "multipart",
  fields: flux2Fields,
  width: 1024,
  height: 768,
  format: "jpeg",
  delivery: json,
  steps: 4
}
const sum = (numbers: ReadonlyArray<number>) => numbers.reduce((total, number) => total + number, 0)
const megapixels = (tiles: number) => Math.ceil(tiles / 4)

// The default size of this family is not documented; 1024x1024 is what SDXL was trained on.
const stableDiffusion: Model = {
  input: "json",
  fields: {
    prompt,
    negative_prompt: text,
    width: integer(256, 2048),
    height: integer(256, 2048),
    image: { type: "array" },
    image_b64: { type: "base64" },
    mask: { type: "array" },
    num_steps: integer(1, 20),
    strength: number(0, 1),
    guidance: number(0),
    seed: integer()
  },
  width: 1024,
  height: 1024,
  format: "png",
  delivery: raw("image/png"),
  steps: 20,
  neurons: () => 0
}

const small = { width: 512, height: 512 }

/** The models that this stand-in draws with, by id. */
export const models: ReadonlyMap<string, Model> = new Map<string, Model>([
  [
    "@cf/black-forest-labs/flux-1-schnell",
    {
      input: "json",
      fields: { prompt: { type: "string", minimum: 1, maximum: 2048 }, steps: integer(1, 8) },
      width: 1024,
      height: 1024,
      format: "jpeg",
      delivery: json,
      steps: 4,
      neurons: ({ steps, tiles }) => tiles * (4.8 + 9.6 * steps)
    }
  ],
  [
    "@cf/black-forest-labs/flux-2-dev",
    {
      ...flux2,
      fields: { ...flux2Fields, steps: integer(1) },
      steps: 50,
      neurons: ({ inputTiles, steps, tiles }) => (37.5 * tiles + 18.75 * sum(inputTiles)) * steps
    }
  ],
  [
    "@cf/black-forest-labs/flux-2-klein-4b",
    { ...flux2, neurons: ({ inputTiles, tiles }) => 26.05 * tiles + 5.37 * sum(inputTiles) }
  ],
  [
    "@cf/black-forest-labs/flux-2-klein-9b",
    {
      ...flux2,
      neurons: ({ inputTiles, tiles }) =>
        1363.64 + 181.82 * (Math.max(0, megapixels(tiles) - 1) + sum(inputTiles.map(megapixels)))
    }
  ],
  [
    "@cf/leonardo/lucid-origin",
    {
      input: "json",
      fields: {
        prompt,
        guidance: number(0, 10),
        seed: integer(0),
        width: integer(0, 2500),
        height: integer(0, 2500),
        num_steps: integer(1, 40),
        steps: integer(1, 40)
      },
      width: 1120,
      height: 1120,
      format: "jpeg",
      delivery: json,
      steps: 15,
      neurons: ({ steps, tiles }) => tiles * (636 + 12 * steps)
    }
  ],
  [
    "@cf/leonardo/phoenix-1.0",
    {
      input: "json",
      fields: {
        prompt,
        guidance: number(2, 10),
        seed: integer(0),
        width: integer(0, 2048),
        height: integer(0, 2048),
        num_steps: integer(1, 50),
        negative_prompt: text
      },
      width: 1024,
      height: 1024,
      format: "jpeg",
      delivery: raw("image/jpeg"),
      steps: 25
    }
  ],
  ["@cf/stabilityai/stable-diffusion-xl-base-1.0", stableDiffusion],
  ["@cf/bytedance/stable-diffusion-xl-lightning", { ...stableDiffusion, format: "jpeg" }],
  ["@cf/lykon/dreamshaper-8-lcm", stableDiffusion],
  ["@cf/runwayml/stable-diffusion-v1-5-img2img", { ...stableDiffusion, ...small, requires: ["image"] }],
  ["@cf/runwayml/stable-diffusion-v1-5-inpainting", { ...stableDiffusion, ...small, requires: ["image", "mask"] }]
])

/** The ids of these models. */
export const modelIds: ReadonlyArray<string> = [...models.keys()]

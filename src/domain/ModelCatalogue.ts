import { ModelNotFound } from "./Errors.ts"
import { defaultSize, megapixels, type SizeRange, smallSides, tiles } from "./ImageSize.ts"
import type { Drawing, Model } from "./Model.ts"
import { partnerModels } from "./partnerModels.ts"
import { textCodec } from "./TextCodec.ts"

const flux2Inputs = { maximum: 4, maximumSide: 512 }
const flux2Sizes: SizeRange = { _tag: "Range", minimum: 256, maximum: 1920 }
/** Of Stable Diffusion and FLUX.2 no bounds are published: nobody means more. */
const guidance: Model["guidance"] = [0, 20]
const inputTiles = (drawing: Drawing) => drawing.inputs.reduce((sum, input) => sum + tiles(input), 0)
const inputMegapixels = (drawing: Drawing) =>
  drawing.inputs.reduce((sum, input) => sum + Math.ceil(megapixels(input)), 0)

/** The Stable Diffusion models share one input; while in beta they cost nothing. */
const stableDiffusion = (id: string, name: string, mediaType: Model["mediaType"]): Model => ({
  id,
  aliases: [id.slice(id.lastIndexOf("/") + 1), name],
  created: 1709078400,
  ownedBy: id.split("/")[1] ?? "",
  encoding: "json",
  output: "bytes",
  mediaType,
  sizes: { _tag: "Range", minimum: 256, maximum: 2048 },
  steps: { field: "num_steps", default: 20, maximum: 20 },
  seed: true,
  promptLimit: 2048,
  negativePrompt: true,
  guidance,
  seconds: 10,
  neurons: () => 0
})

/** The two of version 1.5, which change a picture: a small one, and its size is about theirs. */
const smallStableDiffusion = (name: string, needs: Model["needs"], strength: number): Model => ({
  ...stableDiffusion(`@cf/runwayml/stable-diffusion-v1-5-${name}`, name, "image/png"),
  sizes: { _tag: "Range", ...smallSides },
  inputs: { maximum: 1, maximumSide: smallSides.maximum },
  ...(needs && { needs }),
  strength
})

/** The one that repaints what a mask shows, and leaves the rest. */
export const maskModel: Model = smallStableDiffusion("inpainting", "mask", 1)

/**
 * Sizes, steps and prices: https://developers.cloudflare.com/workers-ai/models/ and /platform/pricing/, autumn 2026. The
 * price list leaves open that the fee of a step is for each tile: that is how it is billed.
 */
export const models: ReadonlyArray<Model> = [
  {
    id: "@cf/black-forest-labs/flux-1-schnell",
    aliases: ["flux-1-schnell", "schnell", "flux"],
    created: 1724371200,
    ownedBy: "black-forest-labs",
    encoding: "json",
    output: "json",
    mediaType: "image/jpeg",
    sizes: { _tag: "Fixed", size: defaultSize },
    steps: { field: "steps", default: 4, maximum: 8 },
    seed: false,
    promptLimit: 2048,
    seconds: 3,
    neurons: ({ size, steps }) => (4.8 + 9.6 * steps) * tiles(size)
  },
  {
    id: "@cf/black-forest-labs/flux-2-klein-4b",
    aliases: ["flux-2-klein-4b", "flux-2-klein", "klein", "klein-4b"],
    created: 1768435200,
    ownedBy: "black-forest-labs",
    encoding: "multipart",
    output: "json",
    mediaType: "image/jpeg",
    sizes: flux2Sizes,
    seed: true,
    guidance,
    inputs: flux2Inputs,
    promptLimit: 2048,
    seconds: 3,
    neurons: (drawing) => 5.37 * inputTiles(drawing) + 26.05 * tiles(drawing.size)
  },
  {
    id: "@cf/black-forest-labs/flux-2-klein-9b",
    aliases: ["flux-2-klein-9b", "klein-9b"],
    created: 1769558400,
    ownedBy: "black-forest-labs",
    encoding: "multipart",
    output: "json",
    mediaType: "image/jpeg",
    sizes: flux2Sizes,
    seed: true,
    guidance,
    inputs: flux2Inputs,
    promptLimit: 2048,
    seconds: 5,
    neurons: (drawing) =>
      1363.64 + 181.82 * (Math.max(0, Math.ceil(megapixels(drawing.size)) - 1) + inputMegapixels(drawing))
  },
  {
    id: "@cf/black-forest-labs/flux-2-dev",
    aliases: ["flux-2-dev", "flux-dev"],
    created: 1764028800,
    ownedBy: "black-forest-labs",
    encoding: "multipart",
    output: "json",
    mediaType: "image/jpeg",
    sizes: flux2Sizes,
    // Left to itself it takes 50, at twice the price, and longer than a call may take.
    steps: { field: "steps", default: 25, maximum: 50 },
    seed: true,
    guidance,
    inputs: flux2Inputs,
    promptLimit: 2048,
    seconds: 60,
    neurons: (drawing) => (18.75 * inputTiles(drawing) + 37.5 * tiles(drawing.size)) * drawing.steps
  },
  {
    id: "@cf/leonardo/lucid-origin",
    aliases: ["lucid-origin", "lucid"],
    created: 1756080000,
    ownedBy: "leonardo",
    encoding: "json",
    output: "json",
    mediaType: "image/jpeg",
    sizes: { _tag: "Range", minimum: 256, maximum: 2500 },
    steps: { field: "num_steps", default: 25, maximum: 40 },
    seed: true,
    guidance: [0, 10],
    promptLimit: 2048,
    seconds: 10,
    neurons: ({ size, steps }) => (636 + 12 * steps) * tiles(size)
  },
  {
    id: "@cf/leonardo/phoenix-1.0",
    aliases: ["phoenix-1.0", "phoenix"],
    created: 1756080000,
    ownedBy: "leonardo",
    encoding: "json",
    output: "bytes",
    mediaType: "image/jpeg",
    sizes: { _tag: "Range", minimum: 256, maximum: 2048 },
    steps: { field: "num_steps", default: 25, maximum: 50 },
    seed: true,
    negativePrompt: true,
    guidance: [2, 10],
    promptLimit: 2048,
    seconds: 10,
    neurons: ({ size, steps }) => (530 + 10 * steps) * tiles(size)
  },
  stableDiffusion("@cf/stabilityai/stable-diffusion-xl-base-1.0", "sdxl", "image/png"),
  stableDiffusion("@cf/bytedance/stable-diffusion-xl-lightning", "sdxl-lightning", "image/jpeg"),
  stableDiffusion("@cf/lykon/dreamshaper-8-lcm", "dreamshaper", "image/png"),
  smallStableDiffusion("img2img", "image", 0.6),
  maskModel
]

/** The one of OpenAI's image names that menus are filled with. No program that is known to filter names drops it. */
export const listedOpenAiName = "gpt-image-1"

// A rule and no list: clients have these names built in, and every few weeks there is another one.
const openAiName = /^(?:dall-e|gpt-image|chatgpt-image)-[a-z\d][a-z\d._-]{0,63}$/i

const byName: ReadonlyMap<string, Model> = new Map(
  [...models, ...partnerModels].flatMap((model) =>
    [model.id, model.id.replace("@cf/", ""), ...model.aliases].map((name) => [name, model])
  )
)

/** The model with this id or built-in alias, in any case of letters; also one of a partner that is not switched on. */
export const findModel = (name: string): Model | undefined => byName.get(name.toLowerCase())

interface NameSettings {
  /** `FLUX_MODEL` */
  readonly defaultModel: Model
  /** `MODEL_ALIASES`, in lower case. */
  readonly aliases: ReadonlyMap<string, string>
  /** `PARTNER_MODELS`: the ids of those that are switched on; absent for none. */
  readonly partners?: ReadonlySet<string>
}

/** Whether a model may draw: one of a partner only where it is switched on. */
export const isOffered = ({ id, partner }: Model, { partners }: Pick<NameSettings, "partners">): boolean =>
  partner === undefined || partners?.has(id) === true

/** All that may draw, the default model first. */
export const offeredModels = (settings: NameSettings): ReadonlyArray<Model> => [
  settings.defaultModel,
  ...[...models, ...partnerModels].filter(
    (model) => model.id !== settings.defaultModel.id && isOffered(model, settings)
  )
]

const targetOf = (name: string, { aliases }: Pick<NameSettings, "aliases">): string =>
  aliases.get(name.toLowerCase()) ?? name

/** Whether a name means whatever the default model is, rather than a model. */
export const standsForDefault = (name: string, settings: Pick<NameSettings, "aliases">): boolean =>
  openAiName.test(targetOf(name, settings))

/**
 * The model that a request means: an alias of `MODEL_ALIASES` first, then ids and built-in aliases; OpenAI's
 * image names (`dall-e-…`, `gpt-image-…`, `chatgpt-image-…`) are `defaultModel`. `undefined` where nothing has that name:
 * there is no silent default, for clients send their background requests to models such as `gpt-4o-mini`. Also not one of a
 * partner that is not switched on.
 */
export const resolveModel = (name: string, settings: NameSettings): Model | undefined => {
  const model = standsForDefault(name, settings) ? settings.defaultModel : findModel(targetOf(name, settings))
  return model && isOffered(model, settings) ? model : undefined
}

/** Why {@link resolveModel} finds nothing. */
export const modelNotFound = (name: string, settings: Pick<NameSettings, "aliases">): ModelNotFound => {
  const partner = findModel(targetOf(name, settings))?.partner !== undefined
  return new ModelNotFound({ model: name, ...(partner && { setting: "PARTNER_MODELS" }) })
}

/** A model, written as its id. One that the catalogue does not have can't be read: a deploy may have come between. */
export const ModelFromId = textCodec<Model>({
  is: (value): value is Model =>
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    !!findModel(value.id),
  read: findModel,
  write: ({ id }) => id
})

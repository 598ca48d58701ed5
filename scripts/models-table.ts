/** `npm run models-table`: writes the table of docs/models.md from the catalogue. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Model } from "../src/domain/Model.ts"
import { models } from "../src/domain/ModelCatalogue.ts"
import { withTable } from "./markdownTable.ts"
import { PROJECT } from "./wrangler.ts"

const DOCUMENT = join(PROJECT, "docs/models.md")
const DOLLARS_PER_NEURON = 0.011 / 1000

/** What each model is good for, by the end of its id. A model without a line here is not in the table, which fails. */
const GOOD_FOR: Readonly<Record<string, string>> = {
  "flux-1-schnell": "quick squares; the default",
  "flux-2-klein-4b": "nearly everything: every size, edits, the lowest price of FLUX; recommended",
  "flux-2-klein-9b": "more detail than klein 4B; edits",
  "flux-2-dev": "the most detail, where it may take a minute; edits",
  "lucid-origin": "posters and graphics with text",
  "phoenix-1.0": "following long prompts closely",
  "stable-diffusion-xl-base-1.0": "trying out for nothing, while it is in beta",
  "stable-diffusion-xl-lightning": "trying out for nothing, quicker",
  "dreamshaper-8-lcm": "trying out for nothing, like a painting",
  "stable-diffusion-v1-5-img2img": "changing one picture for nothing, in its own small size",
  "stable-diffusion-v1-5-inpainting": "drawing anew for nothing what a mask shows"
}

const headings = [
  ...[
    "Model",
    "Good for",
    "Neurons",
    "US dollars",
    "Seconds",
    "Sizes a side",
    "Input pictures",
    "Seed",
    "Steps (most)"
  ],
  "Other names"
]

/** One picture of 1024x1024 with the usual steps. */
const neuronsOf = (model: Model): number =>
  model.neurons({ size: { width: 1024, height: 1024 }, steps: model.steps?.default ?? 0, inputs: [] })

const cellsOf = (model: Model): ReadonlyArray<string> => {
  const goodFor = GOOD_FOR[model.id.slice(model.id.lastIndexOf("/") + 1)]
  if (goodFor === undefined) throw new Error(`scripts/models-table.ts does not say what ${model.id} is good for.`)
  const neurons = neuronsOf(model)
  return [
    `\`${model.id}\``,
    goodFor,
    String(Math.round(neurons * 100) / 100),
    neurons === 0 ? "0" : (neurons * DOLLARS_PER_NEURON).toFixed(4),
    String(model.seconds),
    model.sizes._tag === "Range" ? `${model.sizes.minimum} to ${model.sizes.maximum}` : "1024 only",
    model.inputs ? `up to ${model.inputs.maximum}` : "none",
    model.seed ? "yes" : "no",
    model.steps ? `${model.steps.default} (${model.steps.maximum})` : "fixed",
    model.aliases.map((alias) => `\`${alias}\``).join(", ")
  ]
}

/** `docs/models.md` with its table brought up to date. Throws where it has no marks for it. */
export const withModelsTable = (document: string): string =>
  withTable(document, "models", [headings, ...models.map(cellsOf)])

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(DOCUMENT, withModelsTable(readFileSync(DOCUMENT, "utf8")))
}

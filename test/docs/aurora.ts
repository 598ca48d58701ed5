import { tiles } from "../../src/domain/ImageSize.ts"
import type { Model } from "../../src/domain/Model.ts"

/** The model that docs/architecture.md adds to the catalogue. */
export const aurora: Model = {
  id: "@cf/example/aurora-1",
  aliases: ["aurora-1", "aurora"],
  created: 1795305600,
  ownedBy: "example",
  encoding: "json",
  output: "json",
  mediaType: "image/png",
  sizes: { _tag: "Range", minimum: 256, maximum: 2048 },
  steps: { field: "num_steps", default: 20, maximum: 40 },
  seed: true,
  promptLimit: 2048,
  seconds: 8,
  neurons: ({ size, steps }) => (12.5 + 4 * steps) * tiles(size)
}

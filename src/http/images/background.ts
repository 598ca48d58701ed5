import * as Schema from "effect/Schema"
import type { GeneratedImage } from "../../domain/GenerationEvent.ts"
import { findModel } from "../../domain/ModelCatalogue.ts"

/** What is behind of a picture. */
export const Background = Schema.Literals(["opaque", "transparent"])

export const backgroundOf = ({ mediaType, model, preview }: GeneratedImage): typeof Background.Type =>
  findModel(model)?.transparent && mediaType !== "image/jpeg" && !preview ? "transparent" : "opaque"

import * as Effect from "effect/Effect"
import type { DrawRequest } from "../../domain/DrawRequest.ts"
import { UpstreamError } from "../../domain/Errors.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import { paintPreview } from "./paint.ts"

/** Paints a picture from the prompt and the seed; without a seed, from the prompt and the picture's number. */
export const drawPreview = Effect.fnUntraced(function* ({ index, prompt, seed, size }: DrawRequest) {
  const bytes = new Uint8Array(yield* Effect.promise(() => paintPreview({ prompt, seed: seed ?? index, ...size })))
  const file = ImageFile.fromBytes(bytes)
  if (!file) return yield* new UpstreamError({ message: "The preview could not be painted." })
  return { file, neurons: 0 }
})

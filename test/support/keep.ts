import * as Effect from "effect/Effect"
import type { ImageFile } from "../../src/domain/ImageFile.ts"
import type { ImageStore } from "../../src/services/ImageStore.ts"

/** Keeps a picture under a key that is made for it. */
export const keep = (store: ImageStore["Service"], file: ImageFile) =>
  Effect.flatMap(store.keys(1), ([key]) => (key ? store.put(file, key) : Effect.die("no key was made")))

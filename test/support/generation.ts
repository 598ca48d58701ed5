import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import type { GenerationEvent } from "../../src/domain/GenerationEvent.ts"
import type { GenerationRequest } from "../../src/domain/GenerationRequest.ts"
import type { AppConfig } from "../../src/services/Config.ts"
import type { FluxModel } from "../../src/services/FluxModel.ts"
import { ImageGenerator } from "../../src/services/ImageGenerator.ts"
import type { ImageStore } from "../../src/services/ImageStore.ts"
import type { ImageTransformer } from "../../src/services/ImageTransformer.ts"
import type { InputImages } from "../../src/services/InputImages.ts"
import type { PromptOptimizer } from "../../src/services/PromptOptimizer.ts"
import { Provenance } from "../../src/services/Provenance.ts"
import {
  configFrom,
  FakeFluxModel,
  FakeImageStore,
  FakeImageTransformer,
  FakeInputImages,
  FakePromptOptimizer,
  testEnv
} from "./layers/testLayers.ts"

export interface Parts {
  /** Settings over those of `testEnv`. */
  readonly env?: Readonly<Record<string, string>>
  readonly config?: Layer.Layer<AppConfig>
  readonly flux?: Layer.Layer<FluxModel>
  readonly store?: Layer.Layer<ImageStore>
  /** By default off. */
  readonly optimizer?: Layer.Layer<PromptOptimizer>
  readonly inputImages?: Layer.Layer<InputImages>
  /** By default not there. */
  readonly transformer?: Layer.Layer<ImageTransformer>
}

/** The real pipeline over fakes, any of them swapped. */
export const generatorOver = ({ env, flux, inputImages, optimizer, store, transformer, ...parts }: Parts = {}) => {
  const config = parts.config ?? configFrom({ ...testEnv, ...env })
  return Effect.provide(
    ImageGenerator,
    ImageGenerator.layer.pipe(
      Layer.provide([
        flux ?? FakeFluxModel.layer,
        inputImages ?? FakeInputImages.layer,
        optimizer ?? FakePromptOptimizer.off,
        store ?? FakeImageStore.layer,
        transformer ?? FakeImageTransformer.unavailable,
        Provenance.layer
      ]),
      Layer.provide(config)
    )
  )
}

/** A request for one picture with nothing special in it, with some of it changed. */
export const requestFor = (prompt: string, changes: Partial<GenerationRequest> = {}): GenerationRequest => ({
  originalPrompt: prompt,
  prompt,
  n: 1,
  optimize: true,
  inputs: [],
  mismatch: "adapt",
  store: true,
  bytes: true,
  ...changes
})

/** All events of a request. */
export const eventsOf = (request: GenerationRequest, parts: Parts = {}) =>
  Effect.gen(function* () {
    const { draw, prepare } = yield* generatorOver(parts)
    return yield* Stream.runCollect(draw(yield* prepare(request)))
  })

/** Events without their contents: `PromptReady`, `Drawing 0`, `ImageReady 0`. */
export const outline = (events: ReadonlyArray<GenerationEvent>): ReadonlyArray<string> =>
  events.map((event) => ("index" in event ? `${event._tag} ${event.index}` : event._tag))

/** The pictures among events. */
export const imagesOf = (events: ReadonlyArray<GenerationEvent>) =>
  events.flatMap((event) => (event._tag === "ImageReady" ? [event.image] : []))

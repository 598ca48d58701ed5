import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import { Auth } from "../services/Auth.ts"
import type { Bindings } from "../services/Bindings.ts"
import { AppConfig } from "../services/Config.ts"
import { FluxModel } from "../services/FluxModel.ts"
import { Generations } from "../services/Generations.ts"
import { ImageGenerator } from "../services/ImageGenerator.ts"
import { ImageStore } from "../services/ImageStore.ts"
import { ImageTransformer } from "../services/ImageTransformer.ts"
import { InputImages } from "../services/InputImages.ts"
import type { JobDescription } from "../services/JobDescription.ts"
import { JobRunner } from "../services/JobRunner.ts"
import { layerJsonLog } from "../services/JsonLog.ts"
import { Ledger } from "../services/Ledger.ts"
import { PromptOptimizer } from "../services/PromptOptimizer.ts"
import { Provenance } from "../services/Provenance.ts"
import { RateLimiter } from "../services/RateLimiter.ts"
import { SseEncoder } from "../services/SseEncoder.ts"
import { Telemetry } from "../services/Telemetry.ts"
import { Webhooks } from "../services/Webhooks.ts"
import type { WorkerContext } from "../services/WorkerContext.ts"
import { HttpApp } from "./App.ts"
import { JobDescriptionLive } from "./jobs/jobAnswer.ts"

/** What the program stands on: its settings and bindings, `fetch`, and what the runtime gives. */
export type Platform = AppConfig | Bindings | HttpClient.HttpClient | WorkerContext

type Part<S, R = never> = Layer.Layer<S, never, Platform | R>

/** A layer for each service. Any of them can be swapped. */
export interface Parts {
  readonly auth: Part<Auth>
  readonly rateLimiter: Part<RateLimiter>
  readonly sse: Part<SseEncoder>
  readonly optimizer: Part<PromptOptimizer>
  readonly flux: Part<FluxModel>
  readonly transformer: Part<ImageTransformer>
  readonly provenance: Part<Provenance>
  readonly store: Part<ImageStore>
  readonly inputImages: Part<InputImages, ImageStore>
  readonly generator: Part<
    ImageGenerator,
    FluxModel | ImageStore | ImageTransformer | InputImages | PromptOptimizer | Provenance
  >
  readonly ledger: Part<Ledger>
  readonly jobRunner: Part<JobRunner>
  readonly generations: Part<Generations, ImageGenerator | ImageStore | JobRunner | Ledger>
  readonly jobDescription: Part<JobDescription>
  readonly webhooks: Part<Webhooks>
  readonly telemetry: Part<Telemetry>
  /** Where log lines go. */
  readonly log: Layer.Layer<never>
}

export const liveParts: Parts = {
  auth: Auth.layer,
  rateLimiter: RateLimiter.layer,
  sse: SseEncoder.layer,
  optimizer: PromptOptimizer.layer,
  flux: FluxModel.layer,
  transformer: ImageTransformer.layer,
  provenance: Provenance.layer,
  store: ImageStore.layer,
  inputImages: InputImages.layer,
  generator: ImageGenerator.layer,
  ledger: Ledger.layer,
  jobRunner: JobRunner.layer,
  generations: Generations.layer,
  jobDescription: JobDescriptionLive,
  webhooks: Webhooks.layer,
  telemetry: Telemetry.layer,
  log: layerJsonLog
}

const MinimumLogLevel = Layer.effect(
  References.MinimumLogLevel,
  Effect.map(AppConfig, ({ logLevel }) => logLevel)
)

/** The services put together: `http` answers requests, `runner` is what a Durable Object draws with. */
export const makeProgram = (swapped: Partial<Parts> = {}) => {
  const parts: Parts = { ...liveParts, ...swapped }
  const drawing = parts.generator.pipe(
    Layer.provide([parts.optimizer, parts.flux, parts.inputImages, parts.transformer, parts.provenance]),
    Layer.provideMerge(Layer.mergeAll(parts.store, parts.ledger))
  )
  // What fibers are to see of loggers and tracer has to be in the layer's output.
  const observed = Layer.mergeAll(parts.log, MinimumLogLevel, parts.telemetry)
  return {
    http: HttpApp.pipe(
      Layer.provide([parts.auth, parts.rateLimiter, parts.sse, parts.generations, parts.transformer, parts.provenance]),
      Layer.provide(Layer.merge(drawing, parts.jobRunner)),
      Layer.provideMerge(observed)
    ),
    runner: Layer.provideMerge(Layer.mergeAll(drawing, parts.jobDescription, parts.webhooks), observed)
  }
}

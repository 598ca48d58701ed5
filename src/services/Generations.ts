import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Stream from "effect/Stream"
import type { Caller } from "../domain/Caller.ts"
import {
  BindingMissing,
  type DrawError,
  type GenerationInterrupted,
  type JobNotFound,
  type StartError
} from "../domain/Errors.ts"
import type { GenerationEvent } from "../domain/GenerationEvent.ts"
import type { GenerationRequest, Quality } from "../domain/GenerationRequest.ts"
import { Bindings } from "./Bindings.ts"
import { Budgets } from "./Budgets.ts"
import { meter } from "./budgets/meter.ts"
import type { AppConfig } from "./Config.ts"
import { type Generation, ImageGenerator } from "./ImageGenerator.ts"
import type { ImageStore } from "./ImageStore.ts"
import { makeLedger } from "./imageGenerator/DrawLedger.ts"
import { makeDurable, type ObjectNamespace } from "./jobs/durable.ts"

/** Who asks for a generation, and whether it may have been asked for before. */
export interface Asker {
  readonly caller: Caller
  /** What the client calls this request; a second one with the same name is the same request. */
  readonly idempotencyKey?: string
  /** The client says that it has sent this before. */
  readonly repeat: boolean
}

/** A generation as it is kept for those who ask for it. Times are in milliseconds since 1970. */
export interface Job extends Omit<Generation, "events"> {
  /** Can't be guessed; only the caller's own keys open it. */
  readonly id: string
  readonly status: "running" | "completed" | "failed" | "cancelled"
  readonly createdAt: number
  /** When it is forgotten; while it runs, when it is given up at the latest. */
  readonly expiresAt: number
  /** How many pictures were asked for. */
  readonly n: number
  readonly quality?: Quality
}

/** An event of a job, and its place among them, from 0. */
export interface JobEvent {
  readonly sequence: number
  readonly event: GenerationEvent
}

/**
 * Stands between the dialects and {@link ImageGenerator}: lets repeated requests join the generation that they repeat, and
 * keeps what was drawn for a client that went away.
 */
export class Generations extends Context.Service<
  Generations,
  {
    /** Begins a generation or joins the one that is repeated. Its events can be run once. */
    readonly start: (request: GenerationRequest, asker: Asker) => Effect.Effect<Generation, StartError>
    /** Begins or joins without waiting. `undefined` where nothing would keep the result. */
    readonly submit: (request: GenerationRequest, asker: Asker) => Effect.Effect<Job | undefined, StartError>
    /** The events after the number `after` so far; with `wait` also those to come, until the job ends. */
    readonly events: (
      id: string,
      caller: Caller,
      options: { readonly after: number; readonly wait: boolean }
    ) => Effect.Effect<{ readonly job: Job; readonly events: Stream.Stream<JobEvent, DrawError> }, JobError>
    /** Stops what has not been paid for. */
    readonly cancel: (id: string, caller: Caller) => Effect.Effect<void, JobError>
  }
>()("flux/services/Generations") {
  /** {@link ImageGenerator} itself: nothing is joined and nothing is kept. */
  static readonly layerDirect = Layer.effect(
    Generations,
    Effect.gen(function* () {
      const begin = meter(yield* ImageGenerator, yield* Budgets)
      const missing = () => Effect.fail(new BindingMissing({ binding: "GENERATIONS" }))
      return Generations.of({
        start: (request, { caller }) => begin(request, caller, makeLedger()),
        submit: () => Effect.succeed(undefined),
        events: missing,
        cancel: missing
      })
    })
  )

  /** Draws in the Durable Objects of a namespace, one for each identity. */
  static readonly layerDurable = (namespace: ObjectNamespace) =>
    Layer.effect(
      Generations,
      Effect.gen(function* () {
        return Generations.of(yield* makeDurable(namespace))
      })
    )

  /** Durable where GENERATIONS is bound. */
  static readonly layer = Layer.unwrap(
    Effect.map(
      Bindings,
      ({ GENERATIONS }): Layer.Layer<Generations, never, AppConfig | Budgets | ImageGenerator | ImageStore> =>
        GENERATIONS ? Generations.layerDurable(GENERATIONS) : Generations.layerDirect
    )
  )
}

/** Why a job can't be told. */
export type JobError = JobNotFound | BindingMissing | GenerationInterrupted

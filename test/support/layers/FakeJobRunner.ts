import type * as Layer from "effect/Layer"
import type * as ManagedRuntime from "effect/ManagedRuntime"
import { JobRunner } from "../../../src/services/JobRunner.ts"
import { RunnerObject, type RunnerServices } from "../../../src/services/jobRunner/RunnerObject.ts"
import { type FakeObjects, makeFakeObjects } from "../FakeObjects.ts"

/** Runners in memory, of the real object. They draw as soon as they are asked, with what `runtime` has. */
export const make = (
  runtime: () => ManagedRuntime.ManagedRuntime<RunnerServices, never>
): { readonly layer: Layer.Layer<JobRunner>; readonly objects: FakeObjects } => {
  const objects = makeFakeObjects((context) => new RunnerObject(context, runtime()), { wakesAtOnce: true })
  return { layer: JobRunner.layerDurable(objects.namespace), objects }
}

/** Every request draws by itself. */
export const layer: Layer.Layer<JobRunner> = JobRunner.layerNone

import * as Layer from "effect/Layer"
import { WorkerContext } from "../../../src/services/WorkerContext.ts"

/** Holds what is left for after the answers; `settled` waits for all of it, also for what is left meanwhile. */
export const make = () => {
  const pending = new Set<Promise<unknown>>()
  const layer = Layer.succeed(WorkerContext, {
    waitUntil: (promise) => {
      pending.add(promise)
      void promise.finally(() => pending.delete(promise)).catch(() => {})
    }
  })
  return {
    layer,
    settled: async (): Promise<void> => {
      while (pending.size > 0) await Promise.allSettled(pending)
    },
    pending: pending as ReadonlySet<Promise<unknown>>
  }
}

export const layer: Layer.Layer<WorkerContext> = Layer.suspend(() => make().layer)

import * as Context from "effect/Context"

/** What the runtime gives a request for work that goes on after its answer. */
export const WorkerContext = Context.Reference<Pick<ExecutionContext, "waitUntil">>("flux/services/WorkerContext", {
  defaultValue: () => ({ waitUntil: () => {} })
})

import * as Context from "effect/Context"

/** What the runtime offers for work that goes on after an answer: up to 30 seconds after its client has gone. */
export class WorkerContext extends Context.Service<WorkerContext, Pick<ExecutionContext, "waitUntil">>()(
  "flux/services/WorkerContext"
) {}

import { env, waitUntil } from "cloudflare:workers"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as HttpRouter from "effect/http/HttpRouter"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Scheduler from "effect/Scheduler"
import { makeProgram } from "./http/Program.ts"
import { Bindings } from "./services/Bindings.ts"
import { AppConfig } from "./services/Config.ts"
import { RunnerObject } from "./services/jobRunner/RunnerObject.ts"
import { LedgerObject } from "./services/ledger/LedgerObject.ts"
import { WorkerContext } from "./services/WorkerContext.ts"

/** Without Node's globals Effect would put every fork off by a timer. */
const Microtasks = Layer.succeed(
  Scheduler.Scheduler,
  new Scheduler.MixedScheduler("async", (run) => {
    let cancelled = false
    queueMicrotask(() => {
      if (!cancelled) run()
    })
    return () => {
      cancelled = true
    }
  })
)

const Platform = Layer.mergeAll(
  AppConfig.layerEnv({ ...env }),
  FetchHttpClient.layer,
  Layer.succeed(WorkerContext, { waitUntil })
).pipe(Layer.provideMerge(Layer.succeed(Bindings, env)))

const program = makeProgram()

// Both are made of the same layers, each of which is built once.
const memoMap = Layer.makeMemoMapUnsafe()
const { handler } = HttpRouter.toWebHandler(
  program.http.pipe(Layer.provide(Platform), Layer.provideMerge(Microtasks)),
  { disableLogger: true, memoMap }
)
const runner = ManagedRuntime.make(program.runner.pipe(Layer.provide(Platform), Layer.provideMerge(Microtasks)), {
  memoMap
})

/** The class of the binding LEDGER. */
export class KeyLedger extends LedgerObject {
  constructor(context: DurableObjectState) {
    super(context, () => Effect.runSync(Clock.currentTimeMillis))
  }
}

/** The class of the binding RUNNER. */
export class JobRunner extends RunnerObject {
  constructor(context: DurableObjectState) {
    super(context, runner)
  }
}

export default {
  fetch: (request) => handler(request)
} satisfies ExportedHandler

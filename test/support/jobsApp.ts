import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { onTestFinished } from "vitest"
import { makeProgram, type Parts } from "../../src/http/Program.ts"
import { Bindings } from "../../src/services/Bindings.ts"
import { JobRunner } from "../../src/services/JobRunner.ts"
import { RunnerObject } from "../../src/services/jobRunner/RunnerObject.ts"
import { Telemetry } from "../../src/services/Telemetry.ts"
import { makeFakeObjects } from "./FakeObjects.ts"
import {
  configFrom,
  FakeFluxModel,
  FakeIdentifiers,
  FakeImageStore,
  FakeLedger,
  FakeWorkerContext,
  httpClient,
  testEnv
} from "./layers/testLayers.ts"
import { testApp } from "./testApp.ts"

interface JobsAppOptions extends Partial<Parts> {
  readonly env?: Readonly<Record<string, string>>
  /** What the runner calls out with. */
  readonly fetch: typeof globalThis.fetch
}

/** The HTTP side with the real Durable Objects in memory, at the time of `Date`. A runner draws when it is woken. */
export const jobsApp = ({ env = {}, fetch, ...swapped }: JobsAppOptions) => {
  const ledgers = FakeLedger.make(() => Date.now())
  const parts = {
    flux: FakeFluxModel.layer,
    store: FakeImageStore.make().layer,
    telemetry: Telemetry.layerOff,
    log: Logger.layer([]),
    ...swapped,
    ledger: ledgers.layer
  }
  const Platform = Layer.mergeAll(
    configFrom({ ...testEnv, ...env }),
    Layer.succeed(Bindings, {}),
    httpClient(fetch),
    FakeWorkerContext.layer
  )
  const runtime = ManagedRuntime.make(
    makeProgram(parts).runner.pipe(Layer.provide(Platform), Layer.provideMerge(FakeIdentifiers.layer))
  )
  const runners = makeFakeObjects((context) => new RunnerObject(context, runtime))
  onTestFinished(() => runtime.dispose())
  return {
    app: testApp({ ...parts, jobRunner: JobRunner.layerDurable(runners.namespace), env, fetch }),
    runners,
    ledgers: ledgers.objects
  }
}

/// <reference types="@cloudflare/vitest-plugin/types" />
import { evictDurableObject, runInDurableObject } from "cloudflare:test"
import { env } from "cloudflare:workers"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { Webhook } from "standardwebhooks"
import { expect, it } from "vitest"
import type { GenerationRequest } from "../../src/domain/GenerationRequest.ts"
import { JobDescriptionLive } from "../../src/http/jobs/jobAnswer.ts"
import { Bindings } from "../../src/services/Bindings.ts"
import { AppConfig } from "../../src/services/Config.ts"
import { Generations } from "../../src/services/Generations.ts"
import { JobRunner } from "../../src/services/JobRunner.ts"
import { RunnerObject } from "../../src/services/jobRunner/RunnerObject.ts"
import { Ledger } from "../../src/services/Ledger.ts"
import { Telemetry } from "../../src/services/Telemetry.ts"
import { Webhooks } from "../../src/services/Webhooks.ts"
import * as FakeImageGenerator from "../support/layers/FakeImageGenerator.ts"
import * as FakeImageStore from "../support/layers/FakeImageStore.ts"
import * as FakeWorkerContext from "../support/layers/FakeWorkerContext.ts"

// The names of wrangler.toml; the typings know none.
const { LEDGER, RUNNER } = env as Readonly<Record<"LEDGER" | "RUNNER", DurableObjectNamespace>>

const secret = `whsec_${new TextEncoder().encode("a secret of thirty-two bytes ....").toBase64()}`

const cat: GenerationRequest = {
  originalPrompt: "A cute cat",
  prompt: "A cute cat",
  n: 1,
  optimize: true,
  inputs: [],
  mismatch: "adapt",
  store: true,
  bytes: false
}

it("tells a webhook five times the end of a job, through evictions between the tries, and leaves nothing", async () => {
  const sent: Array<{ readonly headers: Record<string, string>; readonly body: string }> = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    sent.push({ headers: Object.fromEntries(request.headers), body: await request.text() })
    return new Response("busy", { status: 503 })
  }
  const services = Layer.mergeAll(
    Webhooks.layer,
    JobDescriptionLive,
    FakeImageGenerator.layer,
    Telemetry.layerOff
  ).pipe(
    Layer.provideMerge(Layer.mergeAll(FakeImageStore.layer, Ledger.layerDurable(LEDGER), FakeWorkerContext.layer)),
    Layer.provideMerge(AppConfig.layerEnv({ API_KEY: "sk-test", WEBHOOK_SECRET: secret })),
    Layer.provide([
      Layer.succeed(Bindings, { LEDGER, RUNNER }),
      Layer.provideMerge(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.Fetch, fetch))
    ]),
    Layer.provideMerge(Logger.layer([]))
  )
  const drawing = ManagedRuntime.make(services)
  // Any class will do, for only its storage is used.
  const stub = RUNNER.get(RUNNER.newUniqueId())
  const objects = new WeakMap<object, RunnerObject>()
  const storage = (state: DurableObjectState) => ({
    get: <T>(name: string) => state.storage.get<T>(name),
    put: (name: string, value: unknown) => state.storage.put(name, value),
    deleteAll: () => state.storage.deleteAll(),
    // Each is rung by hand.
    setAlarm: async (millis: number | Date) => void alarms.push(Number(millis))
  })
  const alarms: Array<number> = []
  const within = <A>(use: (runner: RunnerObject, state: DurableObjectState) => A | Promise<A>): Promise<A> =>
    runInDurableObject(stub, (instance: object, state) => {
      // Of the two forms of `get` and `put`, the one with a single name.
      const context = { storage: storage(state) as unknown as DurableObjectStorage }
      const runner = objects.get(instance) ?? new RunnerObject(context, drawing)
      objects.set(instance, runner)
      return use(runner, state)
    })
  const runner = JobRunner.layerDurable({
    idFromName: RUNNER.idFromName.bind(RUNNER),
    // Requests of the service have an address and what `fetch` takes.
    get: () => ({
      fetch: (url, init) => within((runner) => runner.fetch(new Request(url as string, init as RequestInit)))
    })
  })
  const job = await Effect.runPromise(
    Effect.flatMap(Generations, ({ submit }) =>
      submit(
        cat,
        { caller: { name: "alice" }, repeat: false, repeatable: false },
        { url: "https://hooks.example.com/", link: "https://flux.example.com" }
      )
    ).pipe(Effect.provide(Generations.layer.pipe(Layer.provide([runner, services]))))
  )
  for (let tries = 1; tries <= 5; tries++) {
    expect(alarms).toHaveLength(tries)
    await within((runner) => runner.alarm())
    expect(sent).toHaveLength(tries)
    await evictDurableObject(stub)
  }
  expect(alarms).toHaveLength(5)
  expect(await within((_, state) => state.storage.list())).toEqual(new Map())
  for (const { body, headers } of sent) {
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      type: "image.generation.completed",
      data: { id: job?.id, status: "completed", progress: { total: 1, completed: 1 } }
    })
    expect(headers["webhook-id"]).toBe(job?.id)
  }
})

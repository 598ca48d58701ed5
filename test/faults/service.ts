import { onTestFinished } from "vitest"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { ImageStore } from "../../src/services/ImageStore.ts"
import { makeFakeKv } from "../support/FakeKv.ts"
import { makeApp, type TestApp, testTime } from "../support/layers/testLayers.ts"
import { makeFakeWorkersAi } from "../support/workers-ai/FakeWorkersAi.ts"
import { aiBinding } from "../support/workers-ai/faces.ts"
import type { Face } from "../support/workers-ai/wire.ts"

/** What no answer and no line of the log may ever hold. */
export const secrets = {
  apiKey: "sk-test",
  apiToken: "tok-5ecret",
  externalKey: "ext-5ecret"
} as const

/** Known to the owner and to nobody else: it may be in the log, and in no answer. */
export const accountId = "acct-5ecret"

/** The prompt model of a service that has one. */
export const optimizerUrl = "https://prompts.test/v1/chat/completions"

const optimizing = {
  PROMPT_OPTIMIZATION: "true",
  EXTERNAL_API_BASE: "https://prompts.test",
  EXTERNAL_MODEL: "prompt-model",
  EXTERNAL_API_KEY: secrets.externalKey
}

/** The service for the running test: real but for Workers AI and KV, and with a clock that stands still. */
export const faultyService = (
  face: Face,
  options: { readonly optimizer?: typeof globalThis.fetch; readonly env?: Readonly<Record<string, string>> } = {}
) => {
  const { env, optimizer } = options
  const ai = makeFakeWorkersAi({ accountId, apiToken: secrets.apiToken })
  const kv = makeFakeKv({ now: () => testTime })
  const answered = Promise.withResolvers<void>()
  const told = <A>(answer: A): A => {
    answered.resolve()
    return answer
  }
  const app = makeApp({
    testClock: true,
    env: {
      API_KEY: secrets.apiKey,
      CF_ACCOUNT_ID: accountId,
      CF_API_TOKEN: secrets.apiToken,
      FLUX_BACKEND: face,
      ...(optimizer && optimizing),
      ...env
    },
    bindings: {
      FLUX_CF_KV: kv.namespace,
      AI: aiBinding({ ...ai, run: async (...call) => told(await ai.run(...call)) })
    },
    flux: FluxModel.layer,
    store: ImageStore.layer,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      return request.url === optimizerUrl && optimizer ? optimizer(request) : told(await ai.fetch(request))
    }
  })
  onTestFinished(async () => {
    ai.reset()
    await app.dispose()
  })
  return { ai, kv, app, answered: answered.promise }
}

/** Lets all that can go on without time passing go on. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Lets time pass by small steps until `reached`, and tells how many milliseconds it took. */
export const passTime = async (app: TestApp, reached: () => boolean, stepMillis: number): Promise<number> => {
  let passed = 0
  await settle()
  while (!reached()) {
    if (passed > 300_000) throw new Error("Nothing has come of five minutes.")
    await app.adjust(stepMillis)
    await settle()
    passed += stepMillis
  }
  return passed
}

/** Waits for the answer to `asked` while time passes; how many milliseconds that took. */
export const untilAnswered = async <A>(app: TestApp, asked: Promise<A>, stepMillis: number) => {
  let isAnswered = false
  const answered = asked.finally(() => {
    isAnswered = true
  })
  const millis = await passTime(app, () => isAnswered, stepMillis)
  return { outcome: await answered, millis }
}

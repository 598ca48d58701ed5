import { afterEach, describe, expect, it } from "vitest"
import { RateLimited } from "../../../src/domain/Errors.ts"
import { ImageStore } from "../../../src/services/ImageStore.ts"
import { makeFakeKv } from "../FakeKv.ts"
import { FakeFluxModel, FakeImageStore, makeApp, type TestApp, testTime } from "./testLayers.ts"

let app: TestApp | undefined
afterEach(() => app?.dispose())

const ask = (prompt: string): RequestInit => ({
  method: "POST",
  headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
  body: JSON.stringify({ messages: [{ role: "user", content: prompt }] })
})

describe("makeApp", () => {
  it("draws, stores and hands out with fakes alone", async () => {
    const flux = FakeFluxModel.make()
    const store = FakeImageStore.make()
    app = makeApp({ flux: flux.layer, store: store.layer })
    const answer = await app.fetch("/v1/chat/completions", ask("A cute cat 3:2"))
    const { choices } = (await answer.json()) as { choices: [{ message: { content: string } }] }
    const link = /\((http:[^)]+)\)/.exec(choices[0].message.content)?.[1] ?? ""
    expect(flux.requests).toMatchObject([{ prompt: "A cute cat", size: { width: 768, height: 512 } }])
    const image = await app.fetch(link)
    expect(new Uint8Array(await image.arrayBuffer())).toEqual([...store.images.values()][0]?.bytes)
  })

  it("takes real layers over its bindings in place of the fakes", async () => {
    const kv = makeFakeKv()
    app = makeApp({ store: ImageStore.layer, bindings: { FLUX_CF_KV: kv.namespace } })
    await app.fetch("/v1/chat/completions", ask("A cute cat"))
    expect(kv.puts).toHaveLength(1)
  })

  it("lets a fake fail", async () => {
    app = makeApp({ flux: FakeFluxModel.failing(new RateLimited({ message: "Busy.", retryAfterSeconds: 10 })) })
    const answer = await app.fetch("/v1/chat/completions", ask("A cute cat"))
    expect(answer.status).toBe(429)
  })

  it("has a clock that only the test moves", async () => {
    app = makeApp({ testClock: true })
    const answer = await app.fetch("/v1/chat/completions", ask("A cute cat"))
    const content = JSON.stringify(await answer.json())
    const [, link = "", expiry] = /\((http:[^)]+-(\d{10})\.jpg)\)/.exec(content) ?? []
    expect(Number(expiry)).toBe(testTime / 1000 + 1803)
    await app.adjust("1802 seconds")
    expect((await app.fetch(link)).status).toBe(200)
    await app.adjust("1 second")
    expect((await app.fetch(link)).status).toBe(404)
  })
})

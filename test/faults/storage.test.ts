import { beforeAll, describe, expect, it } from "vitest"
import type { ImageFile } from "../../src/domain/ImageFile.ts"
import { keyOf } from "../support/links.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { chat, says } from "../support/openai/chat.ts"
import { edit } from "../support/openai/requests.ts"
import { imageOf } from "../support/pictures.ts"
import { readImage } from "../support/workers-ai/images.ts"
import { dialects, type Outcome, prompt } from "./dialects.ts"
import { expectNoLeaks } from "./leaks.ts"
import { faultyService, passTime, untilAnswered } from "./service.ts"

const down = new Error("KV PUT failed: 500 Internal Server Error")

let input: ImageFile
beforeAll(async () => {
  input = await imageOf({ width: 64, height: 64 }, { text: "input" })
})

type FaultyService = ReturnType<typeof faultyService>
type FakeKv = FaultyService["kv"]

/** How KV fails, and the seconds after which the caller has the picture nevertheless. */
const writeFaults: ReadonlyArray<{
  readonly name: string
  readonly spoil: (kv: FakeKv) => void
  readonly puts: number
  readonly stored: boolean
  readonly seconds: readonly [number, number]
}> = [
  { name: "once", spoil: (kv) => kv.failNext(down), puts: 2, stored: true, seconds: [1, 2] },
  { name: "twice", spoil: (kv) => kv.failNext(down, 2), puts: 3, stored: true, seconds: [1, 2] },
  { name: "always", spoil: (kv) => kv.failNext(down, 100), puts: 3, stored: false, seconds: [1, 2] },
  { name: "by no answer, once", spoil: (kv) => kv.hangNext(1), puts: 2, stored: true, seconds: [11, 12] },
  { name: "by no answer, always", spoil: (kv) => kv.hangNext(100), puts: 3, stored: false, seconds: [31, 32] }
]

const ask = async ({ app, kv }: FaultyService, dialect: (typeof dialects)[number]) => {
  const asked = dialect.ask(app, input)
  // Only the store is given time: the drawing takes none.
  let isAnswered = false
  void asked.finally(() => {
    isAnswered = true
  })
  while (kv.puts.length === 0 && !isAnswered) await new Promise((resolve) => setImmediate(resolve))
  return untilAnswered(app, asked, 100)
}

/** The picture itself, by its link or from the answer. */
const imageIn = async ({ app }: FaultyService, { inline, links }: Outcome) =>
  links[0] === undefined
    ? Uint8Array.fromBase64(inline[0] ?? "")
    : new Uint8Array(await (await app.fetch(links[0])).arrayBuffer())

describe.each(dialects)("a picture that KV does not take, in $name", (dialect) => {
  it.each(writeFaults)("reaches the caller: KV fails $name", async ({ puts, seconds, spoil, stored }) => {
    const service = faultyService("rest")
    spoil(service.kv)
    const { millis, outcome } = await ask(service, dialect)
    expect(outcome.status, outcome.body.slice(0, 300)).toBe(200)
    expect(outcome.error).toBeUndefined()
    expect(outcome.links).toHaveLength(stored ? 1 : 0)
    if (!stored) {
      expect(outcome.inline).toHaveLength(1)
      // The events of an image stream have no place for words; there the bytes are always.
      if (!(dialect.streams && dialect.name.startsWith("images"))) expect(outcome.text).toMatch(/could not be stored/i)
    }
    expect(readImage(await imageIn(service, outcome))).toBeDefined()
    expect(service.ai.calls).toHaveLength(1)
    // A stream may have told the key, so it is written once more; KV takes one write a second to each.
    const [first, second, third] = service.kv.puts.map(({ key }) => key)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
    expect(service.kv.puts).toHaveLength(puts)
    expect(millis).toBeGreaterThanOrEqual(seconds[0] * 1000)
    expect(millis).toBeLessThanOrEqual(seconds[1] * 1000)
    expectNoLeaks(service.app, outcome)
  })
})

/** A service with one stored picture, and its link. */
const withImage = async () => {
  const service = faultyService("rest")
  const [chatJson] = dialects
  const { links } = (await chatJson?.ask(service.app, input)) ?? { links: [] }
  const [link = ""] = links
  expect(keyOf(link)).not.toBe("")
  return { ...service, link, callsBefore: service.ai.calls.length }
}

const readFaults = [
  ["failing", (kv: FakeKv) => kv.failNext(new Error("KV GET failed: 500"))],
  ["without an answer", (kv: FakeKv) => kv.hangNext(100)]
] as const

describe.each(readFaults)("a stored picture, with KV %s", (_name, spoil) => {
  const answered = async (service: FaultyService, asked: Promise<Response>) => {
    const { millis, outcome } = await untilAnswered(service.app, asked, 1000)
    expect(millis).toBeLessThanOrEqual(11_000)
    return outcome
  }

  it("is answered with an error that no cache keeps, and is there again afterwards", async () => {
    const service = await withImage()
    spoil(service.kv)
    const response = await answered(service, service.app.fetch(service.link))
    expect(response.headers.get("cache-control")).toBe("no-store")
    expect(await errorFrom(response)).toMatchObject({ status: 502, code: "upstream_error" })
  })

  it("is not read for those who have it", async () => {
    const service = await withImage()
    spoil(service.kv)
    const headers = { "if-none-match": `"${keyOf(service.link)}"` }
    expect((await service.app.fetch(service.link, { headers })).status).toBe(304)
    expect(service.kv.gets).toHaveLength(0)
  })

  it("can't be changed, and nothing is drawn", async () => {
    const service = await withImage()
    spoil(service.kv)
    const response = await answered(service, edit(service.app, { image: service.link }))
    expect(await errorFrom(response)).toMatchObject({ status: 502, code: "upstream_error" })
    expect(service.ai.calls).toHaveLength(service.callsBefore)
  })

  it("can't be changed in a conversation, and nothing is drawn", async () => {
    const service = await withImage()
    spoil(service.kv)
    const messages = [
      { role: "user", content: prompt },
      { role: "assistant", content: `![Generated image](${service.link})` },
      ...says("Make it blue --edit").messages
    ]
    const response = await answered(service, chat(service.app, { messages, stream: true }))
    expect(await errorFrom(response)).toMatchObject({ status: 502, code: "upstream_error" })
    expect(service.ai.calls).toHaveLength(service.callsBefore)
  })
})

it("a picture that is not visible yet is looked for once more, a second later", async () => {
  const service = await withImage()
  service.kv.hideNext()
  const asked = service.app.fetch(service.link)
  await passTime(service.app, () => service.kv.gets.length >= 3, 100)
  expect((await asked).status).toBe(200)
})

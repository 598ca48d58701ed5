import { beforeAll, describe, expect, it } from "vitest"
import type { OptimizationFailure } from "../../src/domain/GenerationEvent.ts"
import type { ImageFile } from "../../src/domain/ImageFile.ts"
import { en } from "../../src/http/locales/en.ts"
import { imageOf } from "../support/pictures.ts"
import { dialects, prompt } from "./dialects.ts"
import { expectNoLeaks } from "./leaks.ts"
import { faultyService, passTime } from "./service.ts"

let input: ImageFile
beforeAll(async () => {
  input = await imageOf({ width: 64, height: 64 }, { text: "input" })
})

const completion = (message: object) => Response.json({ choices: [{ index: 0, message }] })

const mebibyte = new TextEncoder().encode("x".repeat(1024 * 1024))

/** A body without an end, and how much of it was taken. */
const endless = (first: string) => {
  let taken = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(new TextEncoder().encode(first)),
      pull: (controller) => {
        taken += mebibyte.length
        controller.enqueue(mebibyte)
      }
    },
    { highWaterMark: 0 }
  )
  return { stream, taken: () => taken }
}

const stalled = (first: string) =>
  new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode(first)) })

/** What the prompt model does, and what the caller reads about it. */
const faults: ReadonlyArray<readonly [string, () => Response | Promise<Response>, OptimizationFailure]> = [
  ["does not answer", () => new Promise(() => {}), "timeout"],
  ["stops within its answer", () => new Response(stalled('{"choices":[')), "timeout"],
  ["breaks the connection", () => Promise.reject(new TypeError("Network connection lost.")), "unavailable"],
  [
    "refuses the key",
    () => Response.json({ error: { message: "bad key ext-5ecret" } }, { status: 401 }),
    "unavailable"
  ],
  ["is overloaded", () => new Response("busy", { status: 503 }), "unavailable"],
  [
    "redirects",
    () => new Response(null, { status: 302, headers: { location: "https://elsewhere.test/" } }),
    "unavailable"
  ],
  ["says that it refuses", () => completion({ content: "I'm sorry, but I can't help with that request." }), "refused"],
  ["refuses in the field for it", () => completion({ content: null, refusal: "No." }), "refused"],
  ["says nothing", () => completion({ content: "" }), "unusable_answer"],
  ["says null", () => completion({ content: null }), "unusable_answer"],
  ["answers with a page", () => new Response("<!DOCTYPE html><html></html>"), "unusable_answer"],
  ["answers with half of its JSON", () => new Response('{"choices":[{"message":{"content":"A fo'), "unusable_answer"],
  ["answers with other JSON", () => Response.json({ choices: [{ text: "A fox" }] }), "unusable_answer"],
  ["has no choices", () => Response.json({ choices: [] }), "unusable_answer"],
  [
    "streams though it was not asked to",
    () => new Response('data: {"choices":[{"delta":{}}]}\n\n'.repeat(50)),
    "unusable_answer"
  ],
  ["answers with 10 MB", () => completion({ content: "very ".repeat(2_000_000) }), "unusable_answer"]
]

describe.each(dialects.filter(({ optimized }) => optimized))("the prompt model, in $name,", (dialect) => {
  it.each(faults)("%s: the original prompt is drawn, and that is said", async (_name, answer, reason) => {
    let asked = 0
    const service = faultyService("rest", {
      optimizer: async () => {
        asked += 1
        return answer()
      }
    })
    const answered = dialect.ask(service.app, input)
    await passTime(service.app, () => service.ai.calls.length > 0, 500)
    const outcome = await answered
    expect(outcome.status, outcome.body.slice(0, 300)).toBe(200)
    expect(outcome.error).toBeUndefined()
    expect(outcome.links).toHaveLength(1)
    expect(service.ai.calls).toHaveLength(1)
    expect(service.ai.calls[0]?.fields.prompt).toBe(prompt)
    expect(asked).toBe(1)
    // The events of an image stream have no place for words.
    if (dialect.name !== "images SSE") expect(outcome.text).toContain(en.optimizationFailed[reason])
    expectNoLeaks(service.app, outcome)
  })
})

describe("the prompt model", () => {
  const [chatJson] = dialects
  if (!chatJson) throw new Error("There is no dialect.")

  it("is given fifteen seconds and no more", async () => {
    const service = faultyService("rest", { optimizer: () => new Promise(() => {}) })
    const answered = chatJson.ask(service.app, input)
    expect(await passTime(service.app, () => service.ai.calls.length > 0, 100)).toBe(15_000)
    expect((await answered).text).toContain("Original prompt (optimization took too long)")
  })

  it("is not listened to beyond what a prompt can be", async () => {
    const { stream, taken } = endless('{"choices":[{"message":{"content":"')
    const service = faultyService("rest", { optimizer: async () => new Response(stream) })
    const { links, text } = await chatJson.ask(service.app, input)
    expect(links).toHaveLength(1)
    expect(text).toContain("🌐 Optimized prompt: A fox in the snow")
    expect(taken()).toBeLessThanOrEqual(2 * mebibyte.length)
  })

  it("can't make a prompt longer than its model takes, nor say anything but words", async () => {
    const hostile = `](https://evil.test) <script>alert(1)</script> ![x](https://evil.test/${"y".repeat(5000)})`
    const service = faultyService("rest", { optimizer: async () => completion({ content: hostile }) })
    const { links, text } = await chatJson.ask(service.app, input)
    expect(String(service.ai.calls[0]?.fields.prompt ?? "").length).toBeLessThanOrEqual(2048)
    expect(links).toHaveLength(1)
    expect(text).not.toMatch(/<script>|\]\(https:\/\/evil/)
  })
})

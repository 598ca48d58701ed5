import { describe, expect, it } from "@effect/vitest"
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Sse from "effect/encoding/Sse"
import * as Fiber from "effect/Fiber"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import fc from "fast-check"
import { type Heartbeat, type ServerSentEvent, SseEncoder } from "../../src/services/SseEncoder.ts"

const encode = (events: Stream.Stream<ServerSentEvent>, heartbeat: Heartbeat) =>
  Stream.unwrap(Effect.map(SseEncoder, (sse) => sse.encode(events, heartbeat))).pipe(Stream.provide(SseEncoder.layer))

/** Reads bytes as a client does. */
const decode = (bytes: ReadonlyArray<Uint8Array>) => {
  const events: Array<ServerSentEvent> = []
  const parser = Sse.makeParser((event) => {
    if (event._tag !== "Event") return
    events.push({ event: event.event, data: event.data, ...(event.id !== undefined && { id: event.id }) })
  })
  const decoder = new TextDecoder()
  for (const chunk of bytes) expect(parser.feed(decoder.decode(chunk, { stream: true }))).toBeUndefined()
  return events
}

/** A stream that the test feeds, and all text that has come out of it. */
const listen = Effect.fnUntraced(function* (heartbeat: Heartbeat) {
  const source = yield* Queue.unbounded<ServerSentEvent, Cause.Done>()
  const heard: Array<string> = []
  const fiber = yield* encode(Stream.fromQueue(source), heartbeat).pipe(
    Stream.decodeText,
    Stream.runForEach((text) => Effect.sync(() => heard.push(text))),
    Effect.forkChild
  )
  return { source, heard, fiber }
})

const comment: Heartbeat = { comment: "keep-alive" }

describe("SseEncoder", () => {
  it.effect("writes default events without a name, others with it", () =>
    Effect.gen(function* () {
      const events = Stream.make<ReadonlyArray<ServerSentEvent>>(
        { data: '{"a":1}' },
        { event: "done", data: "{}" },
        { data: "[DONE]" }
      )
      const text = yield* encode(events, comment).pipe(Stream.decodeText, Stream.mkString)
      expect(text).toBe('data: {"a":1}\n\nevent: done\ndata: {}\n\ndata: [DONE]\n\n')
    })
  )

  it("is read by a parser as the events that went in", async () => {
    // Half a surrogate pair can't be written in UTF-8.
    const data = fc.string({ unit: "binary", minLength: 1 })
    const name = fc.stringMatching(/^[a-z_.]{1,20}$/)
    const event = fc.record({ data, event: name, id: fc.nat().map(String) }, { requiredKeys: ["data"] })
    await fc.assert(
      fc.asyncProperty(fc.array(event), async (events) => {
        const bytes = await Effect.runPromise(Stream.runCollect(encode(Stream.fromIterable(events), comment)))
        let lastId: string | undefined
        expect(decode(bytes)).toEqual(
          events.map(({ data, event = "message", id = lastId }) => {
            lastId = id // a client remembers it until the next
            return { event, data: data.replace(/\r\n|\r/g, "\n"), ...(id !== undefined && { id }) }
          })
        )
      }),
      { numRuns: 50 }
    )
  }, 30_000)

  it("is read the same however its bytes are cut", async () => {
    const events = [{ data: "a fox 🦊 in Zürich\nat night" }, { event: "x", data: "{}" }, { data: "[DONE]" }]
    const chunks = await Effect.runPromise(Stream.runCollect(encode(Stream.fromIterable(events), comment)))
    const bytes = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
        const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end))
        expect(decode(pieces)).toEqual(events.map(({ event = "message", data }) => ({ event, data })))
      })
    )
  }, 30_000)

  it.effect("beats every five seconds while nothing happens, and not before", () =>
    Effect.gen(function* () {
      const { fiber, heard } = yield* listen(comment)
      yield* TestClock.adjust("4999 millis")
      expect(heard).toEqual([])
      yield* TestClock.adjust("1 millis")
      expect(heard).toEqual([": keep-alive\n\n"])
      yield* TestClock.adjust("10 seconds")
      expect(heard).toHaveLength(3)
      yield* Fiber.interrupt(fiber)
      yield* TestClock.adjust("1 minute")
      expect(heard).toHaveLength(3)
    })
  )

  it.effect("beats by an event where that is asked for, between the others", () =>
    Effect.gen(function* () {
      const { fiber, heard, source } = yield* listen({ data: "{}" })
      yield* Queue.offer(source, { data: "one" })
      yield* TestClock.adjust("5 seconds")
      yield* Queue.offer(source, { data: "two" })
      yield* Queue.end(source)
      yield* Fiber.join(fiber)
      expect(heard.join("")).toBe("data: one\n\ndata: {}\n\ndata: two\n\n")
    })
  )

  it.effect("hands each event on when it comes, not at the next beat", () =>
    Effect.gen(function* () {
      const { fiber, heard, source } = yield* listen(comment)
      yield* Queue.offer(source, { data: "one" })
      yield* TestClock.adjust(0)
      expect(heard).toEqual(["data: one\n\n"])
      yield* Fiber.interrupt(fiber)
    })
  )

  it.effect("ends with its events, whatever beat is due", () =>
    Effect.gen(function* () {
      const { fiber, heard, source } = yield* listen(comment)
      yield* TestClock.adjust("5 seconds")
      yield* Queue.end(source)
      yield* Fiber.join(fiber)
      yield* TestClock.adjust("1 minute")
      expect(heard).toEqual([": keep-alive\n\n"])
    })
  )

  it.effect("stops the events when nobody reads any more", () =>
    Effect.gen(function* () {
      let stopped = false
      const events = Stream.never.pipe(
        Stream.ensuring(
          Effect.sync(() => {
            stopped = true
          })
        )
      )
      const fiber = yield* Effect.forkChild(Stream.runDrain(encode(events, comment)))
      yield* TestClock.adjust("6 seconds")
      yield* Fiber.interrupt(fiber)
      expect(stopped).toBe(true)
    })
  )
})

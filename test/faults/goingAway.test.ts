import { describe, expect, it } from "vitest"
import { follow } from "../support/openai/follow.ts"
import { faultyService, settle } from "./service.ts"

const headers = { authorization: "Bearer sk-test", "content-type": "application/json" }

const bodies = {
  "/v1/chat/completions": (fields: object) => ({ messages: [{ role: "user", content: "A fox" }], ...fields }),
  "/v1/images/generations": (fields: object) => ({ prompt: "A fox", ...fields })
}
type Path = keyof typeof bodies
const paths: ReadonlyArray<Path> = ["/v1/chat/completions", "/v1/images/generations"]

const faces = ["rest", "binding"] as const
const places = faces.flatMap((face) => paths.map((path) => ({ face, path })))

type FaultyService = ReturnType<typeof faultyService>

/** A client that asks, and can leave. */
const client = ({ app }: FaultyService, path: Path, fields: object) => {
  const hangup = new AbortController()
  const asked = app
    .fetch(path, { method: "POST", headers, body: JSON.stringify(bodies[path](fields)), signal: hangup.signal })
    .catch(() => undefined)
  return { asked, leave: () => hangup.abort() }
}

/** Long enough for everything that was still to come. */
const waitLong = async (service: FaultyService): Promise<void> => {
  for (let minute = 0; minute < 4; minute += 1) {
    await service.app.adjust("1 minute")
    await settle()
  }
}

describe.each(places)("a client that goes away, over $face from $path", ({ face, path }) => {
  it("while it waits for JSON, leaves no drawing to be begun", async () => {
    const service = faultyService(face)
    const { ai, kv } = service
    const gates = Array.from({ length: 10 }, () => ai.gate(1))
    const { asked, leave } = client(service, path, { n: 10 })
    await gates[3]?.arrived
    leave()
    await asked
    for (const gate of gates) gate.release()
    await waitLong(service)
    expect(ai.calls).toHaveLength(4)
    expect(kv.puts).toHaveLength(0)
    // The binding can't end a call.
    if (face === "rest") expect(ai.calls.map(({ aborted }) => aborted)).toEqual([true, true, true, true])
  })

  it("from a stream, leaves no drawing to be begun", async () => {
    const service = faultyService(face)
    const { ai, kv } = service
    const gates = Array.from({ length: 10 }, () => ai.gate(1))
    const { asked } = client(service, path, { n: 10, stream: true })
    const response = await asked
    if (!response) throw new Error("The stream was not opened.")
    const stream = follow(response)
    const reading = stream.next().catch(() => undefined)
    await gates[3]?.arrived
    await stream.cancel()
    await reading
    for (const gate of gates) gate.release()
    await waitLong(service)
    expect(ai.calls).toHaveLength(4)
    expect(kv.puts).toHaveLength(0)
    if (face === "rest") expect(ai.calls.map(({ aborted }) => aborted)).toEqual([true, true, true, true])
  })

  it("while its prompt is improved, leaves nothing to be drawn", async () => {
    const held = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<AbortSignal | undefined>()
    const service = faultyService(face, {
      optimizer: async (request) => {
        begun.resolve(request instanceof Request ? request.signal : undefined)
        await held.promise
        return Response.json({ choices: [{ message: { content: "A better fox" } }] })
      }
    })
    const { asked, leave } = client(service, path, {})
    const signal = await begun.promise
    leave()
    await asked
    expect(signal?.aborted).toBe(true)
    held.resolve()
    await waitLong(service)
    expect(service.ai.calls).toHaveLength(0)
  })

  it("in the pause before the second call, leaves it unmade", async () => {
    const service = faultyService(face)
    const { ai, answered } = service
    ai.failAlways("capacity")
    const { asked, leave } = client(service, path, {})
    await answered
    // Until it is read; the pause does not end before half a second has passed, and no time does.
    for (let step = 0; step < 40; step += 1) await settle()
    leave()
    await asked
    await waitLong(service)
    expect(ai.calls).toMatchObject([{ aborted: false }])
  })
})

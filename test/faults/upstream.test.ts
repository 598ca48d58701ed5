import { beforeAll, describe, expect, it } from "vitest"
import type { ImageFile } from "../../src/domain/ImageFile.ts"
import { imageOf } from "../support/pictures.ts"
import { readImage } from "../support/workers-ai/images.ts"
import type { Face } from "../support/workers-ai/wire.ts"
import { type Dialect, dialects, type Outcome } from "./dialects.ts"
import { expectNoLeaks } from "./leaks.ts"
import { faultyService, passTime, untilAnswered } from "./service.ts"
import { type Failure, upstreamFaults } from "./upstreamFaults.ts"

const faces: ReadonlyArray<Face> = ["rest", "binding"]
const matrix = faces.flatMap((face) => dialects.map((dialect) => ({ face, dialect, on: `${face}, ${dialect.name}` })))

const limitMillis = 120_000
const faultsInTime = new Set(["noAnswer", "stalledBody"])

let input: ImageFile
beforeAll(async () => {
  input = await imageOf({ width: 64, height: 64 }, { text: "input" })
})

type FaultyService = ReturnType<typeof faultyService>

/** Asks while time passes: a little for a pause between two calls, all of the limit for a call without an end. */
const ask = async ({ ai, app }: FaultyService, dialect: Dialect, calls: number, inTime: boolean): Promise<Outcome> => {
  const arrived = ai.nextCall()
  const asked = dialect.ask(app, input)
  await arrived
  if (inTime) {
    await app.adjust(limitMillis - 1)
    const { millis, outcome } = await untilAnswered(app, asked, 1)
    expect(millis).toBe(1)
    return outcome
  }
  let isAnswered = false
  void asked.finally(() => {
    isAnswered = true
  })
  await passTime(app, () => isAnswered || ai.calls.length >= calls, 10)
  return asked
}

const expectFailure = (dialect: Dialect, outcome: Outcome, failure: Failure): void => {
  const { code, retry, status } = failure
  expect(outcome.error, outcome.body.slice(0, 300)).toMatchObject({ code })
  expect([...outcome.links, ...outcome.inline]).toEqual([])
  if (dialect.streams) {
    expect(outcome.status).toBe(200)
    return
  }
  expect(outcome.status).toBe(status)
  expect(outcome.headers.get("x-should-retry")).toBe(retry === "x-should-retry: false" ? "false" : null)
  const seconds = outcome.headers.get("retry-after")
  if (retry === "retry-after") expect(Number(seconds)).toSatisfy((value: number) => value >= 1 && value <= 60)
  else expect(seconds).toBeNull()
}

/** The picture is the one that was drawn, and it is there. */
const expectImage = async ({ app }: FaultyService, outcome: Outcome): Promise<void> => {
  expect(outcome.status, outcome.body.slice(0, 300)).toBe(200)
  expect(outcome.error).toBeUndefined()
  expect(outcome.links).toHaveLength(1)
  const stored = await app.fetch(outcome.links[0] ?? "")
  const bytes = new Uint8Array(await stored.arrayBuffer())
  expect(readImage(bytes)).toBeDefined()
  for (const base64 of outcome.inline) expect(base64).toBe(bytes.toBase64())
}

describe.each(matrix)("a lasting fault of Workers AI, over $on", ({ dialect, face }) => {
  it.each(upstreamFaults)("$name", async ({ calls, failure, fault, name, ofNamedModel }) => {
    const service = faultyService(face)
    service.ai.failAlways(fault(face))
    const outcome = await ask(service, dialect, calls, faultsInTime.has(name))
    if (failure) expectFailure(dialect, outcome, (dialect.namesModel && ofNamedModel) || failure)
    else await expectImage(service, outcome)
    expect(service.ai.calls).toHaveLength(calls)
    expect(service.kv.puts).toHaveLength(failure ? 0 : 1)
    expectNoLeaks(service.app, outcome)
  })
})

describe.each(matrix)("a fault of Workers AI that passes, over $on", ({ dialect, face }) => {
  it.each(["nsfwPrompt", "nsfwPrompt8007", "capacity"] as const)("%s", async (fault) => {
    const service = faultyService(face)
    service.ai.failNext(fault)
    await expectImage(service, await ask(service, dialect, 2, false))
    expect(service.ai.calls).toHaveLength(2)
  })

  it("one that comes after another is no longer tried", async () => {
    const service = faultyService(face)
    service.ai.failNext("capacity")
    service.ai.failNext("nsfwPrompt")
    const outcome = await ask(service, dialect, 2, false)
    expect(outcome.error).toMatchObject({ code: "content_policy_violation" })
    expect(service.ai.calls).toHaveLength(2)
  })

  it("used-up neurons: nothing is asked until there may be some again", async () => {
    const service = faultyService(face)
    service.ai.failNext("quota")
    expect((await dialect.ask(service.app, input)).error).toMatchObject({ code: "insufficient_quota" })
    const again = await dialect.ask(service.app, input)
    expect(again.error).toMatchObject({ code: "insufficient_quota" })
    expect(again.error?.message).toContain("2026-11-23T00:00:00")
    expect(service.ai.calls).toHaveLength(1)
    await service.app.adjust("12 hours")
    await expectImage(service, await dialect.ask(service.app, input))
    expect(service.ai.calls).toHaveLength(2)
  })
})

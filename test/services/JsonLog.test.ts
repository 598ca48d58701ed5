import { describe, expect, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import { jsonLine } from "../../src/services/JsonLog.ts"

/** The lines that an effect logs, as they are read again. */
const linesOf = (effect: Effect.Effect<void>) =>
  Effect.gen(function* () {
    const lines: Array<string> = []
    const logger = Logger.map(jsonLine, (line) => {
      lines.push(line)
    })
    yield* Effect.provide(effect, Logger.layer([logger]))
    return lines.map((line) => JSON.parse(line))
  })

const nested = new TypeError("The connection was reset", { cause: new Error("ECONNRESET") })

describe("jsonLine", () => {
  it.effect("has annotations as fields of their own, and nothing that is not there", () =>
    Effect.gen(function* () {
      const [line] = yield* linesOf(Effect.annotateLogs(Effect.logInfo("request"), { requestId: "req_1", status: 200 }))
      expect(line).toEqual({
        timestamp: "1970-01-01T00:00:00.000Z",
        level: "INFO",
        message: "request",
        requestId: "req_1",
        status: 200
      })
    })
  )

  it.effect("tells an error beside the message, with what caused it", () =>
    Effect.gen(function* () {
      const [line] = yield* linesOf(Effect.logError("A picture could not be stored", nested))
      expect(line).toMatchObject({ level: "ERROR", message: "A picture could not be stored" })
      expect(JSON.stringify(line.details)).toContain("The connection was reset")
    })
  )

  it.effect("tells a cause as text", () =>
    Effect.gen(function* () {
      const [line] = yield* linesOf(Effect.logError("Unexpected failure", Cause.die(nested)))
      expect(line.message).toBe("Unexpected failure")
      expect(line.cause).toMatch(/The connection was reset[\s\S]*ECONNRESET/)
    })
  )

  it.effect.each([nested, 5n, { at: nested }, undefined])("takes anything in place of a message: %s", (message) =>
    Effect.gen(function* () {
      const lines = yield* linesOf(Effect.logWarning(message))
      expect(lines).toHaveLength(1)
      expect(lines[0]).toMatchObject({ level: "WARN" })
    })
  )
})

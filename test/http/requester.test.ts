import * as HttpServerRequest from "effect/http/HttpServerRequest"
import { describe, expect, it } from "vitest"
import { prefersAsync } from "../../src/http/requester.ts"

const asked = (prefer: string) =>
  prefersAsync(HttpServerRequest.fromWeb(new Request("http://flux.test/", { headers: { prefer } })))

describe("Prefer", () => {
  it.each([
    "respond-async",
    "Respond-Async",
    "RESPOND-ASYNC",
    " respond-async ",
    "respond-async, wait=10",
    "return=minimal,respond-async",
    "handling=lenient; Respond-Async"
  ])("asks for an answer later: %j", (prefer) => {
    expect(asked(prefer)).toBe(true)
  })

  it.each(["", "respond", "respond-async-please", "not respond-async", "wait=10", "async"])(
    "does not ask for an answer later: %j",
    (prefer) => {
      expect(asked(prefer)).toBe(false)
    }
  )
})

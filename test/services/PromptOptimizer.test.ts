import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Tracer from "effect/Tracer"
import * as TestClock from "effect/testing/TestClock"
import fc from "fast-check"
import { PromptOptimizer } from "../../src/services/PromptOptimizer.ts"
import { configFrom, httpClient } from "../support/layers/testLayers.ts"
import { watchSleeps } from "../support/watchSleeps.ts"

const settings = {
  PROMPT_OPTIMIZATION: "true",
  EXTERNAL_API_BASE: "https://llm.test",
  EXTERNAL_MODEL: "gpt-4o",
  EXTERNAL_API_KEY: "sk-external"
}

/** The optimizer in front of a chat API that answers with `serve`. */
const setUp = (serve: () => Response | Promise<Response>, env: Readonly<Record<string, string>> = {}) => {
  const requests: Array<Request> = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    requests.push(new Request(input, init))
    return serve()
  }
  const layer = PromptOptimizer.layer.pipe(Layer.provide([httpClient(fetch), configFrom({ ...settings, ...env })]))
  const optimizer = Effect.provide(PromptOptimizer, layer)
  return {
    requests,
    plan: (wish: boolean | "always" = true) => Effect.flatMap(optimizer, ({ plan }) => plan("a cat", 2048, wish)),
    optimize: (prompt = "a cat", limit = 2048) => Effect.flatMap(optimizer, ({ optimize }) => optimize(prompt, limit))
  }
}

const completion = (message: unknown) => () => Response.json({ choices: [{ index: 0, message }] })
const says = (content: unknown) => completion({ role: "assistant", content })
const optimized = { _tag: "Optimized", model: "gpt-4o" }
const unchanged = (reason: string) => ({ prompt: "a cat", source: { _tag: "Failed", reason }, neurons: 0 })

describe("PromptOptimizer", () => {
  it.effect("asks the model for a better prompt", () =>
    Effect.gen(function* () {
      const { optimize, requests } = setUp(says("A fluffy cat at dawn."))
      expect(yield* optimize("a cat", 777)).toEqual({ prompt: "A fluffy cat at dawn.", source: optimized, neurons: 0 })
      const [request] = requests
      expect(request?.method).toBe("POST")
      expect(request?.headers.get("authorization")).toBe("Bearer sk-external")
      expect(request?.headers.get("content-type")).toMatch(/^application\/json/)
      expect(yield* Effect.promise(async () => request?.json())).toEqual({
        model: "gpt-4o",
        messages: [
          { role: "system", content: expect.stringContaining("777") },
          { role: "user", content: "a cat" }
        ],
        stream: false
      })
    })
  )

  it.effect("says SYSTEM_MESSAGE where it is set, and no key where none is", () =>
    Effect.gen(function* () {
      const { optimize, requests } = setUp(says("A cat."), { SYSTEM_MESSAGE: "Improve it.", EXTERNAL_API_KEY: "" })
      yield* optimize()
      expect(requests[0]?.headers.has("authorization")).toBe(false)
      expect(yield* Effect.promise(async () => requests[0]?.json())).toMatchObject({
        messages: [{ role: "system", content: "Improve it." }, { role: "user" }]
      })
    })
  )

  it.effect.each([
    ["https://llm.test", "https://llm.test/v1/chat/completions"],
    ["https://llm.test/", "https://llm.test/v1/chat/completions"],
    ["https://llm.test/v1", "https://llm.test/v1/chat/completions"],
    ["https://llm.test/v1/", "https://llm.test/v1/chat/completions"],
    ["https://llm.test/v1/chat/completions", "https://llm.test/v1/chat/completions"],
    ["https://llm.test/inference/chat/completions", "https://llm.test/inference/chat/completions"],
    ["https://llm.test/d/chat/completions?api-version=1", "https://llm.test/d/chat/completions?api-version=1"],
    ["https://llm.test/api/paas/v4", "https://llm.test/api/paas/v4/chat/completions"],
    ["https://llm.test/v1beta/openai/", "https://llm.test/v1beta/openai/chat/completions"],
    ["https://llm.test/openai", "https://llm.test/openai/v1/chat/completions"],
    ["http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/chat/completions"]
  ] as const)("finds the API by EXTERNAL_API_BASE=%s", ([base, address]) =>
    Effect.gen(function* () {
      const { optimize, requests } = setUp(says("A cat."), { EXTERNAL_API_BASE: base })
      yield* optimize()
      expect(requests.map(({ url }) => url)).toEqual([address])
    })
  )

  it.effect.each([
    ['"A fluffy cat."', "A fluffy cat."],
    ["Prompt: A fluffy cat.", "A fluffy cat."],
    ["**Optimized prompt:** A fluffy cat.", "A fluffy cat."],
    ["```\nA fluffy cat.\n```", "A fluffy cat."],
    ["<think>They want a cat.</think>\n\nA fluffy cat.", "A fluffy cat."],
    ["They want a cat.</think>A fluffy cat.", "A fluffy cat."],
    ["  A fluffy\ncat.\n", "A fluffy cat."]
  ] as const)("draws of %j only the prompt", ([content, prompt]) =>
    Effect.gen(function* () {
      expect(yield* setUp(says(content)).optimize()).toEqual({ prompt, source: optimized, neurons: 0 })
    })
  )

  it.effect("keeps to the limit", () =>
    Effect.gen(function* () {
      const { prompt } = yield* setUp(says("A fluffy cat. ".repeat(500))).optimize("a cat", 100)
      expect(prompt.length).toBeLessThanOrEqual(100)
      expect(prompt).toMatch(/^A fluffy cat\. A/)
    })
  )

  it.effect.each([
    ["false", true, "Original"],
    ["false", "always", "Asked"],
    ["true", true, "Asked"],
    ["true", false, "Original"]
  ] as const)("of PROMPT_OPTIMIZATION=%s and the wish %s makes %s", ([setting, wish, _tag]) =>
    Effect.gen(function* () {
      const { plan, requests } = setUp(says("A dog."), { PROMPT_OPTIMIZATION: setting })
      expect(yield* plan(wish)).toEqual({ _tag, ...(_tag === "Asked" && { neurons: 0 }) })
      expect(requests).toEqual([])
    })
  )

  it.effect.each([
    ["EXTERNAL_MODEL", {}],
    ["EXTERNAL_API_BASE", {}],
    ["EXTERNAL_API_BASE", { PROMPT_OPTIMIZATION: "false" }]
  ] as const)("asks nobody where %s is not set, and says so", ([name, env]) =>
    Effect.gen(function* () {
      const { optimize, plan, requests } = setUp(says("A dog."), { ...env, [name]: "" })
      expect(yield* plan("always")).toEqual({ _tag: "Failed", reason: "not_configured" })
      expect(yield* optimize()).toEqual(unchanged("not_configured"))
      expect(requests).toEqual([])
    })
  )

  it.effect("says before anything is drawn that its setting is wrong", () =>
    Effect.gen(function* () {
      const { optimize, plan, requests } = setUp(says("A dog."), { EXTERNAL_API_BASE: "llm" })
      expect(yield* Effect.flip(plan())).toMatchObject({ _tag: "ConfigurationError", variable: "EXTERNAL_API_BASE" })
      expect(yield* optimize()).toEqual(unchanged("not_configured"))
      expect(requests).toEqual([])
    })
  )

  it.effect("draws the prompt as it is where only the request wants it improved and a setting is wrong", () =>
    Effect.gen(function* () {
      const { plan } = setUp(says("A dog."), { PROMPT_OPTIMIZATION: "", EXTERNAL_API_BASE: "llm" })
      expect(yield* plan("always")).toEqual({ _tag: "Failed", reason: "not_configured" })
      expect(yield* plan()).toEqual({ _tag: "Original" })
    })
  )

  const never = () => new Promise<never>(() => {})
  const failures: ReadonlyArray<readonly [string, () => Response | Promise<Response>, string]> = [
    ["no connection", () => Promise.reject(new TypeError("Network connection lost.")), "unavailable"],
    ...[301, 400, 401, 404, 429, 500, 503].map(
      (status) => [`status ${status}`, () => Response.json({ choices: [] }, { status }), "unavailable"] as const
    ),
    ["a page of HTML", () => new Response("<html>"), "unusable_answer"],
    ["half of the JSON", () => new Response('{"choices":[{"mess'), "unusable_answer"],
    ["another shape", () => Response.json({ output: "A cat." }), "unusable_answer"],
    ["a list", () => Response.json([]), "unusable_answer"],
    ["null", () => Response.json(null), "unusable_answer"],
    ["an error under status 200", () => Response.json({ error: { message: "no" } }), "unusable_answer"],
    ["no choice", () => Response.json({ choices: [] }), "unusable_answer"],
    ["no message", () => Response.json({ choices: [{}] }), "unusable_answer"],
    ["no content", completion({ role: "assistant" }), "unusable_answer"],
    ["content null", says(null), "unusable_answer"],
    ["an empty content", says(""), "unusable_answer"],
    ["nothing but thoughts", says("<think>Hm. A cat.</think>"), "unusable_answer"],
    ["thoughts without an end", says("<think>Hm. A cat."), "unusable_answer"],
    [
      "parts of thoughts alone",
      says([{ type: "thinking", thinking: [{ type: "text", text: "Hm." }] }]),
      "unusable_answer"
    ],
    ["parts without text", says([{ type: "image_url", image_url: { url: "x" } }, 1, null]), "unusable_answer"],
    ["parts that refuse", says([{ type: "refusal", refusal: "No." }]), "refused"],
    [
      "an answer that was cut off",
      () => Response.json({ choices: [{ message: { content: "A fluffy" }, finish_reason: "length" }] }),
      "unusable_answer"
    ],
    [
      "a stream that breaks off",
      () => new Response('data: {"choices":[{"delta":{"content":"A fl"}}]}\n\n'),
      "unusable_answer"
    ],
    [
      "a stream with an error in it",
      () => new Response('data: {"choices":[{"delta":{"content":"A fl"}}]}\n\ndata: {"error":{"message":"no"}}\n\n'),
      "unusable_answer"
    ],
    ["a question", says("Could you please tell me more about the cat?"), "unusable_answer"],
    ["two prompts", says("1. A fluffy cat.\n2. A sleepy cat."), "unusable_answer"],
    ["JSON without a prompt", says('{"scene":"a roof","style":"ink"}'), "unusable_answer"],
    ["a refusal in Chinese", says("抱歉，我无法协助。"), "refused"],
    ["a refusal", completion({ role: "assistant", content: null, refusal: "I won't." }), "refused"],
    ["a refusal in words", says("I'm sorry, but I can't help with that."), "refused"],
    ["a refusal in other words", says("As an AI, I cannot draw."), "refused"],
    [
      "a broken body",
      () => new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError("lost")) })),
      "unusable_answer"
    ]
  ]

  it.effect.each(failures)("draws the prompt as it was after %s", ([, serve, reason]) =>
    Effect.gen(function* () {
      const { optimize, requests } = setUp(serve)
      expect(yield* optimize()).toEqual(unchanged(reason))
      expect(requests).toHaveLength(1)
    })
  )

  it.effect.each([301, 302, 303, 307, 308])("follows no redirect of status %i, and lets go of its body", (status) =>
    Effect.gen(function* () {
      let cancelled = false
      const body = new ReadableStream({
        cancel: () => {
          cancelled = true
        }
      })
      const modes: Array<RequestInit["redirect"]> = []
      const requests: Array<string> = []
      const fetch: typeof globalThis.fetch = async (input, init) => {
        requests.push(new Request(input, init).url)
        modes.push(init?.redirect)
        return new Response(body, { status, headers: { location: "https://elsewhere.test/" } })
      }
      const layer = PromptOptimizer.layer.pipe(Layer.provide([httpClient(fetch), configFrom(settings)]))
      const { optimize } = yield* Effect.provide(PromptOptimizer, layer)
      expect(yield* optimize("a cat", 2048)).toEqual(unchanged("unavailable"))
      expect([requests, modes, cancelled]).toEqual([["https://llm.test/v1/chat/completions"], ["manual"], true])
    })
  )

  it.effect("tells the address to no trace, for it may hold a key", () =>
    Effect.gen(function* () {
      const spans: Array<string> = []
      const tracer = Tracer.make({
        span: (options) => {
          spans.push(options.name)
          return new Tracer.NativeSpan(options)
        }
      })
      const { optimize, requests } = setUp(says("A cat."), { EXTERNAL_API_BASE: "https://llm.test/v1?key=secret" })
      yield* Effect.withTracer(optimize(), tracer)
      expect(requests).toHaveLength(1)
      expect(spans).toEqual([])
    })
  )

  it.effect("sends no prompt of more than 8,000 characters", () =>
    Effect.gen(function* () {
      const { optimize, requests } = setUp(says("A cat."))
      expect(yield* optimize("x".repeat(8000))).toMatchObject({ prompt: "A cat." })
      expect((yield* optimize("x".repeat(8001))).source).toEqual({ _tag: "Failed", reason: "unusable_answer" })
      expect(requests).toHaveLength(1)
    })
  )

  it.effect("gives Azure the key under its name too, and nobody else", () =>
    Effect.gen(function* () {
      const azure = "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21"
      const { optimize, requests } = setUp(says("A cat."), { EXTERNAL_API_BASE: azure })
      yield* optimize()
      expect([requests[0]?.url, requests[0]?.headers.get("api-key")]).toEqual([azure, "sk-external"])
      const others = setUp(says("A cat."))
      yield* others.optimize()
      expect(others.requests[0]?.headers.has("api-key")).toBe(false)
    })
  )

  const spoken = JSON.stringify({ choices: [{ message: { role: "assistant", content: "A fluffy cat." } }] })
  const chunk = (delta: unknown, finish: string | null = null) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}`
  it.effect.each([
    [
      "parts",
      JSON.stringify({
        choices: [
          {
            message: {
              content: [
                { type: "text", text: "A fluffy " },
                { type: "text", text: "cat." }
              ]
            }
          }
        ]
      })
    ],
    [
      "parts after thoughts",
      JSON.stringify({
        choices: [
          {
            message: {
              content: [
                { type: "thinking", thinking: "Hm." },
                { type: "output_text", text: "A fluffy cat." }
              ]
            }
          }
        ]
      })
    ],
    ["JSON after comments", `: PROCESSING\n\n: PROCESSING\n\n${spoken}`],
    ["JSON after blank lines and a byte order mark", `\uFEFF\n\n ${spoken}\n`],
    ["indented JSON", JSON.stringify(JSON.parse(spoken), null, 2)],
    [
      "a stream",
      [
        chunk({ role: "assistant" }),
        chunk({ content: "A fluffy " }),
        chunk({ content: "cat." }),
        "data: [DONE]",
        ""
      ].join("\n\n")
    ],
    [
      "a stream with comments, events and no [DONE]",
      [": ping", `event: x\r\n${chunk({ content: "A fluffy " })}`, chunk({ content: "cat." }), chunk({}, "stop")].join(
        "\r\n\r\n"
      )
    ],
    [
      "a stream of parts, with usage at its end",
      [
        chunk({ content: [{ type: "text", text: "A fluffy cat." }] }),
        chunk({}, "stop"),
        'data: {"choices":[],"usage":{}}'
      ].join("\n\n")
    ],
    ["a stream of one whole message", `data:${spoken}\n\ndata:[DONE]\n\n`]
  ])("reads %s", ([, body]) =>
    Effect.gen(function* () {
      const { optimize } = setUp(() => new Response(body))
      expect(yield* optimize()).toEqual({ prompt: "A fluffy cat.", source: optimized, neurons: 0 })
    })
  )

  it.effect("reads no endless answer", () =>
    Effect.gen(function* () {
      let sent = 0
      let cancelled = false
      const endless = new ReadableStream({
        pull: (controller) => {
          sent += 2 ** 16
          controller.enqueue(new Uint8Array(2 ** 16).fill(32))
        },
        cancel: () => {
          cancelled = true
        }
      })
      expect(yield* setUp(() => new Response(endless)).optimize()).toEqual(unchanged("unusable_answer"))
      expect(sent).toBeLessThanOrEqual(2 ** 20)
      expect(cancelled).toBe(true)
    })
  )

  it.effect.each([
    ["for the answer", never],
    ["for the body", () => new Response(new ReadableStream({ pull: never }))]
  ] as const)("waits 15 seconds %s", ([, serve]) =>
    Effect.gen(function* () {
      const { optimize, requests } = setUp(serve)
      const { asleep, watch } = yield* watchSleeps
      const fiber = yield* Effect.forkChild(watch(optimize()))
      yield* asleep(15_000)
      yield* TestClock.adjust("14999 millis")
      expect(fiber.pollUnsafe()).toBeUndefined()
      yield* TestClock.adjust("1 millis")
      expect(yield* Fiber.join(fiber)).toEqual(unchanged("timeout"))
      expect(requests[0]?.signal.aborted).toBe(true)
    })
  )

  it("never fails, whatever is answered", async () => {
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string().map((content) => JSON.stringify({ choices: [{ message: { content } }] })),
      fc.uint8Array()
    )
    await fc.assert(
      fc.asyncProperty(
        body,
        fc.integer({ min: 200, max: 599 }),
        fc.integer({ min: 1, max: 60 }),
        async (body, status, limit) => {
          const empty = [204, 205, 304].includes(status)
          const { optimize } = setUp(() => new Response(empty ? null : new Blob([body]), { status }))
          const { prompt, source } = await Effect.runPromise(Effect.provide(optimize("a cat", limit), Logger.layer([])))
          if (source._tag === "Optimized") {
            expect(prompt.length).toBeLessThanOrEqual(limit)
            expect(prompt).not.toBe("")
          } else expect(prompt).toBe("a cat")
        }
      )
    )
  }, 30_000)
})

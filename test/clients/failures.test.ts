import { createOpenAI } from "@ai-sdk/openai"
import { generateText } from "ai"
import OpenAI, { APIError } from "openai"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { makeHurriedFetch } from "../support/hurriedFetch.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"
import type { NamedFault } from "../support/workers-ai/faults.ts"

let service: RunningService
beforeAll(async () => {
  service = await startService({ ai: "rest" })
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service?.close())

/** The SDK with its own retries. */
const sdk = (apiKey = API_KEY) => {
  const { fetch, hints } = makeHurriedFetch()
  return { openai: new OpenAI({ baseURL: `${service.url}/v1`, apiKey, fetch }), hints }
}

const failureOf = async (promise: PromiseLike<unknown>): Promise<APIError> => {
  const error = await Promise.resolve(promise).then(
    () => undefined,
    (failure: unknown) => failure
  )
  if (!(error instanceof APIError)) return expect.unreachable(`not a failure of the API: ${error}`)
  return error
}

interface Case {
  readonly fault: NamedFault
  readonly status: number
  readonly code: string | null
  readonly param?: string
  /** What Workers AI is asked, however often the SDK asks. */
  readonly calls: number
  readonly shouldRetry?: "false"
}

const broken = (fault: NamedFault): Case => ({
  fault,
  status: 502,
  code: "upstream_error",
  calls: 1,
  shouldRetry: "false"
})
const misconfigured = (fault: NamedFault, param: string): Case => ({
  fault,
  status: 500,
  code: "configuration_error",
  param,
  calls: 1,
  shouldRetry: "false"
})
const refused = (fault: NamedFault, calls: number): Case => ({
  fault,
  status: 400,
  code: "content_policy_violation",
  calls
})

/** Failures that end it: the SDK asks once. */
const lasting: ReadonlyArray<Case> = [
  // A refused prompt has drawn nothing and is often a mistake, so it is tried once more.
  refused("nsfwPrompt", 2),
  refused("nsfwPrompt8007", 2),
  refused("flaggedOutput", 1),
  refused("flaggedOutput200", 1),
  misconfigured("authentication", "CF_API_TOKEN"),
  misconfigured("noRoute", "CF_ACCOUNT_ID"),
  // The caller has named the model.
  { fault: "planRequired", status: 400, code: null, param: "model", calls: 1 },
  { fault: "timeout", status: 504, code: "upstream_timeout", calls: 1, shouldRetry: "false" },
  broken("modelFailure"),
  broken("internalError"),
  broken("badGateway"),
  broken("html"),
  broken("truncatedJson"),
  broken("truncatedBase64"),
  broken("invalidBase64"),
  broken("emptyImage"),
  broken("missingImage"),
  broken("notAnImage"),
  broken("resetBeforeHeaders"),
  broken("resetAfterHeaders")
]

describe("a failure that ends it", { timeout: 20_000 }, () => {
  it.each(lasting)("$fault is a $status that the SDK asks for once", async (expected) => {
    const { calls, code, fault, param = null, shouldRetry = null, status } = expected
    service.workersAi.failAlways(fault)
    const { hints, openai } = sdk()
    const failure = await failureOf(
      openai.chat.completions.create({ model: "flux", messages: [{ role: "user", content: `A fox (${fault})` }] })
    )
    expect(failure).toMatchObject({ status, code, param, requestID: expect.stringMatching(/^req_/) })
    expect(hints).toEqual([{ status, retryAfter: null, shouldRetry }])
    expect(service.workersAi.calls).toHaveLength(calls)
  })

  it.each(lasting)("$fault in a stream that is open is thrown once", async ({ calls, code, fault }) => {
    service.workersAi.failAlways(fault)
    const { hints, openai } = sdk()
    const stream = await openai.chat.completions.create({
      model: "flux",
      messages: [{ role: "user", content: `A streamed fox (${fault})` }],
      stream: true
    })
    let content = ""
    const failure = await failureOf(
      (async () => {
        for await (const { choices } of stream) content += choices[0]?.delta.content ?? ""
      })()
    )
    expect(failure.code).toBe(code)
    expect(content).toMatch(/^🎨 [\s\S]+\n\n⚠️ \S/)
    expect(hints).toHaveLength(1)
    expect(service.workersAi.calls).toHaveLength(calls)
  })

  it.each(["nsfwPrompt", "authentication", "internalError"] as const)(
    "%s ends it for the Images API too",
    async (fault) => {
      service.workersAi.failAlways(fault)
      const { hints, openai } = sdk()
      await failureOf(openai.images.generate({ model: "klein", prompt: `A fox (${fault})`, size: "512x512" }))
      expect(hints).toHaveLength(1)
      expect(service.workersAi.calls).toHaveLength(fault === "nsfwPrompt" ? 2 : 1)
    }
  )
})

describe("a request that is wrong", { timeout: 20_000 }, () => {
  const messages = (content: string) => [{ role: "user" as const, content }]
  const cases: ReadonlyArray<{
    readonly what: string
    readonly status: number
    readonly ask: (openai: OpenAI) => PromiseLike<unknown>
    readonly key?: string
  }> = [
    {
      what: "an empty prompt",
      status: 400,
      ask: ({ chat }) => chat.completions.create({ model: "flux", messages: messages(" ") })
    },
    {
      what: "a size that nothing draws",
      status: 400,
      ask: ({ images }) => images.generate({ prompt: "A fox", size: "9999x9999" })
    },
    {
      what: "a wrong key",
      status: 401,
      ask: ({ chat }) => chat.completions.create({ model: "flux", messages: messages("A fox") }),
      key: "sk-wrong"
    },
    {
      what: "an unknown model",
      status: 404,
      ask: ({ chat }) => chat.completions.create({ model: "gpt-4o-mini", messages: messages("A fox") })
    },
    {
      what: "an unknown address",
      status: 404,
      ask: ({ embeddings }) => embeddings.create({ model: "flux", input: "A fox" })
    },
    {
      what: "a body too large",
      status: 413,
      ask: ({ images }) => images.generate({ prompt: "A fox ".repeat(4_000_000) })
    }
  ]

  it.each(cases)("$what is a $status that the SDK asks for once, and no model is asked", async (wrong) => {
    const { hints, openai } = sdk(wrong.key)
    expect((await failureOf(wrong.ask(openai))).status).toBe(wrong.status)
    expect(hints).toHaveLength(1)
    expect(service.workersAi.calls).toEqual([])
  })
})

describe("a failure that passes", { timeout: 20_000 }, () => {
  it("is tried again by the SDK, after at most a minute", async () => {
    // Each of our own attempts takes up one of them, and the SDK's second try comes through.
    service.workersAi.failNext("capacity", 2)
    const { hints, openai } = sdk()
    const prompt = { model: "flux", messages: [{ role: "user" as const, content: "A fox for whom there is no room" }] }
    expect((await openai.chat.completions.create(prompt)).choices).toHaveLength(1)
    expect(hints.map(({ status }) => status)).toEqual([429, 200])
    expect(Number(hints[0]?.retryAfter)).toBeGreaterThan(0)
    expect(Number(hints[0]?.retryAfter)).toBeLessThanOrEqual(60)
    expect(service.workersAi.calls).toHaveLength(3)
  })

  it("ends with the SDK's retries, and nothing was drawn", async () => {
    service.workersAi.failAlways("capacity")
    const { hints, openai } = sdk()
    expect(await failureOf(openai.images.generate({ prompt: "Another fox" }))).toMatchObject({
      status: 429,
      code: "rate_limit_exceeded"
    })
    expect(hints.map(({ status }) => status)).toEqual([429, 429, 429])
    expect(service.workersAi.calls).toHaveLength(6)
  })
})

describe("a client that does not obey x-should-retry", { timeout: 20_000 }, () => {
  const repeats = async () => {
    const { fetch, hints } = makeHurriedFetch()
    const aiSdk = createOpenAI({ baseURL: `${service.url}/v1`, apiKey: API_KEY, fetch })
    await expect(generateText({ model: aiSdk.chat("flux"), prompt: "A fox again and again" })).rejects.toThrow()
    return hints.map(({ status }) => status)
  }

  it("has nothing drawn while the token is refused", async () => {
    service.workersAi.failAlways("authentication")
    expect(await repeats()).toEqual([500, 500, 500])
    expect(service.workersAi.calls).toHaveLength(3)
    expect((await (await service.kv()).list()).keys).toEqual([])
  })

  // The last of this file: the isolate remembers it until the day ends.
  it("reaches no model once the neurons are used up, nor does anybody else", async () => {
    service.workersAi.failNext("quota")
    expect(await repeats()).toEqual([429, 429, 429])
    const { hints, openai } = sdk()
    const failure = await failureOf(openai.images.generate({ prompt: "A fox after midnight" }))
    expect(failure).toMatchObject({ status: 429, code: "insufficient_quota" })
    expect(hints).toEqual([{ status: 429, retryAfter: null, shouldRetry: "false" }])
    expect(service.workersAi.calls).toHaveLength(1)
  })
})

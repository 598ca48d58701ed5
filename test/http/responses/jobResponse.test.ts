import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Stream from "effect/Stream"
import { describe, expect, it } from "vitest"
import { en } from "../../../src/http/locales/en.ts"
import { describeResponse } from "../../../src/http/responses/jobResponse.ts"
import { requestFor } from "../../support/generation.ts"
import { requester, serviceFor } from "../../support/generations.ts"
import { FakePromptOptimizer } from "../../support/layers/testLayers.ts"
import { responseFrom } from "../../support/openai/responses.ts"

const origins = { link: "http://flux.test", own: ["http://flux.test"] }

describe("the text of a job", () => {
  it.each([
    ["full", FakePromptOptimizer.off, /^🎨 Original prompt: A cat 1:1 {2}\n/],
    ["short", FakePromptOptimizer.off, /^!\[A cat\]\(.+\)\n\n1024×1024 · schnell$/],
    ["short", FakePromptOptimizer.layer, /^!\[A cat 1:1\]\(.+\)\n\n1024×1024 · schnell$/]
  ] as const)("is in the style of chat: %s", async (style, optimizer, text) => {
    const { run } = serviceFor({ optimizer })
    const request = { ...requestFor("A cat"), originalPrompt: "A cat 1:1" }
    const begun = await run(({ submit }) => submit(request, requester()))
    const wait = { after: -1, wait: true, bytes: false }
    await run(({ events }) =>
      Effect.flatMap(events(begun?.id ?? "", { name: "alice" }, wait), ({ events }) => Stream.runDrain(events))
    )
    const response = await run(({ events }) =>
      Effect.flatMap(events(begun?.id ?? "", { name: "alice" }, { ...wait, wait: false }), ({ events, job }) =>
        describeResponse(job, events, { images: false, origins, messages: en, style, cancelled: false })
      )
    )
    expect((await responseFrom(HttpServerResponse.toWeb(response))).text).toMatch(text)
  })
})

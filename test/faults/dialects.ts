import type { ImageFile } from "../../src/domain/ImageFile.ts"
import { chat, says } from "../support/openai/chat.ts"
import { type Outcome, readOutcome } from "../support/openai/outcome.ts"
import { edit, editForm, generate, type Service } from "../support/openai/requests.ts"
import { imageTool, respond } from "../support/openai/responses.ts"

export type { Outcome }

/** A way to ask for one picture, and to read the answer. */
export interface Dialect {
  readonly name: string
  readonly streams: boolean
  /** Whether it names a model. */
  readonly namesModel?: boolean
  /** Whether its prompts are improved by a model: what changes a picture is left as it is. */
  readonly optimized: boolean
  /** Asks for a fox, or for a change to `input`. */
  readonly ask: (service: Service, input: ImageFile) => Promise<Outcome>
}

/** The prompt of every request. */
export const prompt = "A fox in the snow"

/** Every dialect; the last two draw with models that take a form, and that give bytes. */
export const dialects: ReadonlyArray<Dialect> = [
  {
    name: "chat JSON",
    streams: false,
    optimized: true,
    ask: async (service) => readOutcome(await chat(service, says(prompt)))
  },
  {
    name: "chat SSE",
    streams: true,
    optimized: true,
    ask: async (service) => readOutcome(await chat(service, says(prompt, { stream: true })))
  },
  {
    name: "responses JSON",
    streams: false,
    optimized: true,
    ask: async (service) => readOutcome(await respond(service, { input: prompt, ...imageTool() }))
  },
  {
    name: "responses SSE",
    streams: true,
    optimized: true,
    ask: async (service) => readOutcome(await respond(service, { input: prompt, ...imageTool(), stream: true }))
  },
  {
    name: "images JSON",
    streams: false,
    optimized: true,
    ask: async (service) => readOutcome(await generate(service, { prompt }))
  },
  {
    name: "images SSE",
    streams: true,
    optimized: true,
    ask: async (service) => readOutcome(await generate(service, { prompt, stream: true }))
  },
  {
    name: "edits",
    streams: false,
    optimized: false,
    ask: async (service, input) => readOutcome(await edit(service, editForm([input], { prompt, size: "256x256" })))
  },
  {
    name: "images JSON, of a model that gives bytes",
    streams: false,
    namesModel: true,
    optimized: true,
    ask: async (service) =>
      readOutcome(await generate(service, { prompt, model: "@cf/leonardo/phoenix-1.0", size: "256x256" }))
  }
]

import type { ImageFile } from "../../src/domain/ImageFile.ts"
import { linksIn } from "../support/links.ts"
import { parseSse } from "../support/openai/answers.ts"
import { chat, says } from "../support/openai/chat.ts"
import { edit, editForm, generate, type Service } from "../support/openai/requests.ts"

/** What a client makes of an answer, whatever its dialect. */
export interface Outcome {
  /** 200 for a stream, which has opened before anything can fail. */
  readonly status: number
  readonly headers: Headers
  /** The failure that was told, of the whole request. */
  readonly error: { readonly message: string; readonly type: string; readonly code: string | null } | undefined
  /** The pictures that arrived: their links, and the base64 of those that came inline. */
  readonly links: ReadonlyArray<string>
  readonly inline: ReadonlyArray<string>
  /** All that a person can read of it. */
  readonly text: string
  /** The body as it came. */
  readonly body: string
}

/** A way to ask for one picture, and to read the answer. */
export interface Dialect {
  readonly name: string
  readonly streams: boolean
  /** Whether its prompts are improved by a model: what changes a picture is left as it is. */
  readonly optimized: boolean
  /** Asks for a fox, or for a change to `input`. */
  readonly ask: (service: Service, input: ImageFile) => Promise<Outcome>
}

/** The prompt of every request. */
export const prompt = "A fox in the snow"

type Told = Pick<Outcome, "error" | "links" | "inline" | "text">

const inlinePrefix = /^data:image\/\w+;base64,/

const readChatText = (text: string): Told => {
  const addresses = linksIn(text)
  return {
    error: undefined,
    text,
    links: addresses.filter((address) => !address.startsWith("data:")),
    inline: addresses.flatMap((address) =>
      inlinePrefix.test(address) ? [decodeURIComponent(address.replace(inlinePrefix, ""))] : []
    )
  }
}

interface ChatBody {
  readonly error?: Outcome["error"]
  readonly choices?: ReadonlyArray<{
    readonly message?: { readonly content: string }
    readonly delta?: { readonly content?: string }
  }>
}

interface ImagesBody {
  readonly error?: Outcome["error"]
  readonly data?: ReadonlyArray<{ readonly url?: string; readonly b64_json?: string }>
  readonly url?: string
  readonly b64_json?: string
  readonly warnings?: ReadonlyArray<string>
}

const readChatJson = (body: string): Told => {
  const { choices, error }: ChatBody = JSON.parse(body)
  return { ...readChatText(choices?.[0]?.message?.content ?? ""), error }
}

const dataIn = (body: string): ReadonlyArray<string> =>
  parseSse(body).flatMap((part) => ("data" in part ? [part.data] : []))

const readChatStream = (body: string): Told => {
  const data = dataIn(body)
  if (data.at(-1) !== "[DONE]") throw new Error("The stream of chunks does not end in [DONE].")
  const chunks: ReadonlyArray<ChatBody> = data.slice(0, -1).map((each) => JSON.parse(each))
  const text = chunks.map(({ choices }) => choices?.[0]?.delta?.content ?? "").join("")
  return { ...readChatText(text), error: chunks.find(({ error }) => error)?.error }
}

const readImages = (body: ImagesBody, images: NonNullable<ImagesBody["data"]>): Told => ({
  error: body.error,
  links: images.flatMap(({ url }) => url ?? []),
  inline: images.flatMap(({ b64_json }) => b64_json ?? []),
  text: (body.warnings ?? []).join("\n")
})

const readImagesJson = (body: string): Told => {
  const parsed: ImagesBody = JSON.parse(body)
  return readImages(parsed, parsed.data ?? [])
}

const readImagesStream = (body: string): Told => {
  const events: ReadonlyArray<ImagesBody> = dataIn(body).map((each) => JSON.parse(each))
  const error = events.find((event) => event.error)?.error
  return readImages(
    error ? { error } : {},
    events.filter((event) => !event.error)
  )
}

const reading =
  (send: (service: Service, input: ImageFile) => Promise<Response>, readStream: (body: string) => Told) =>
  (readJson: (body: string) => Told): Dialect["ask"] =>
  async (service, input) => {
    const response = await send(service, input)
    const body = await response.text()
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false
    return {
      status: response.status,
      headers: response.headers,
      body,
      ...(isStream ? readStream(body) : readJson(body))
    }
  }

/** Every dialect; the last two draw with models that take a form, and that give bytes. */
export const dialects: ReadonlyArray<Dialect> = [
  {
    name: "chat JSON",
    streams: false,
    optimized: true,
    ask: reading((service) => chat(service, says(prompt)), readChatStream)(readChatJson)
  },
  {
    name: "chat SSE",
    streams: true,
    optimized: true,
    ask: reading((service) => chat(service, says(prompt, { stream: true })), readChatStream)(readChatJson)
  },
  {
    name: "images JSON",
    streams: false,
    optimized: true,
    ask: reading((service) => generate(service, { prompt }), readImagesStream)(readImagesJson)
  },
  {
    name: "images SSE",
    streams: true,
    optimized: true,
    ask: reading((service) => generate(service, { prompt, stream: true }), readImagesStream)(readImagesJson)
  },
  {
    name: "edits",
    streams: false,
    optimized: false,
    ask: reading(
      (service, input) => edit(service, editForm([input], { prompt, size: "256x256" })),
      readImagesStream
    )(readImagesJson)
  },
  {
    name: "images JSON, of a model that gives bytes",
    streams: false,
    optimized: true,
    ask: reading(
      (service) => generate(service, { prompt, model: "@cf/leonardo/phoenix-1.0", size: "256x256" }),
      readImagesStream
    )(readImagesJson)
  }
]

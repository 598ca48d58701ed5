import { type Outcome, readOutcome } from "../support/openai/outcome.ts"
import { numberedImage, promptFor } from "./pictures.ts"
import { pick } from "./random.ts"

/** A request for pictures with one number, and how many it asks for. */
export interface Asked {
  readonly kind: string
  readonly pictures: number
  /** Undefined where the client went away before it had an answer. */
  readonly outcome: Promise<Outcome | undefined>
}

/** How the service is reached: its address, and the key. */
export interface Target {
  readonly url: string
  readonly key: string
}

const post = ({ key, url }: Target, path: string, body: object | FormData, signal?: AbortSignal): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${key}`,
      ...(!(body instanceof FormData) && { "content-type": "application/json" })
    },
    body: body instanceof FormData ? body : JSON.stringify(body),
    ...(signal && { signal })
  })

const message = (number: number, flags = "") => ({
  messages: [{ role: "user", content: `${promptFor(number)}${flags}` }]
})

const editForm = (number: number): FormData => {
  const form = new FormData()
  form.append("prompt", promptFor(number))
  form.append("size", "256x256")
  form.append("image", new Blob([new Uint8Array(numberedImage(number))], { type: "image/jpeg" }), "a.jpg")
  return form
}

type Send = (target: Target, number: number, random: () => number) => Asked

const chatPath = "/v1/chat/completions"
const imagesPath = "/v1/images/generations"

const read = (response: Promise<Response>): Promise<Outcome> => response.then(readOutcome)

const kinds: ReadonlyArray<readonly [number, Send]> = [
  [6, (target, number) => ({ kind: "chat", pictures: 1, outcome: read(post(target, chatPath, message(number))) })],
  [
    2,
    (target, number) => ({
      kind: "chat of two pictures",
      pictures: 2,
      outcome: read(post(target, chatPath, message(number, " 3:2 --n 2 --raw")))
    })
  ],
  [
    5,
    (target, number) => ({
      kind: "chat stream",
      pictures: 1,
      outcome: read(post(target, chatPath, { ...message(number), stream: true }))
    })
  ],
  [
    4,
    (target, number) => ({
      kind: "images",
      pictures: 1,
      outcome: read(post(target, imagesPath, { prompt: promptFor(number) }))
    })
  ],
  [
    2,
    (target, number) => ({
      kind: "images as base64",
      pictures: 1,
      outcome: read(post(target, imagesPath, { prompt: promptFor(number), response_format: "b64_json" }))
    })
  ],
  [
    3,
    (target, number) => ({
      kind: "images stream",
      pictures: 1,
      outcome: read(post(target, imagesPath, { prompt: promptFor(number), stream: true }))
    })
  ],
  [
    2,
    (target, number) => ({
      kind: "edit",
      pictures: 1,
      outcome: read(post(target, "/v1/images/edits", editForm(number)))
    })
  ],
  [
    1,
    (target, number, random) => {
      const hangup = new AbortController()
      setTimeout(() => hangup.abort(), 5 + 30 * random())
      const body = { ...message(number), stream: random() < 0.5 }
      const outcome = read(post(target, chatPath, body, hangup.signal)).catch((error: unknown) => {
        if (hangup.signal.aborted) return undefined
        throw error
      })
      return { kind: "chat that is broken off", pictures: 1, outcome }
    }
  ]
]

/** Asks for pictures with that number, in one way or another. */
export const askForPictures = (target: Target, number: number, random: () => number): Asked =>
  pick(random, kinds)(target, number, random)

/** Requests that draw nothing, and the status that each is answered with. */
const others: ReadonlyArray<readonly [number, (target: Target) => Promise<Response>]> = [
  [200, ({ url }) => fetch(`${url}/health`)],
  [200, ({ url }) => fetch(`${url}/`)],
  [200, ({ key, url }) => fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })],
  [404, ({ url }) => fetch(`${url}/image/nothing.jpg`)],
  [404, ({ url }) => fetch(`${url}/v1/nothing`)],
  [405, ({ url }) => fetch(`${url}/v1/models`, { method: "PUT" })],
  [401, (target) => post({ ...target, key: "wrong" }, chatPath, message(0))],
  [400, (target) => post(target, chatPath, { messages: [] })],
  [400, (target) => post(target, imagesPath, { prompt: "" })],
  [404, (target) => post(target, imagesPath, { prompt: "A fox", model: "gpt-4o-mini" })]
]

/** Sends a request that draws nothing; whether its answer was as expected, in words where not. */
export const askForOther = async (target: Target, random: () => number): Promise<string | undefined> => {
  const [status, send] = pick(
    random,
    others.map((other) => [1, other] as const)
  )
  const response = await send(target)
  await response.arrayBuffer()
  return response.status === status ? undefined : `status ${response.status} in place of ${status} of ${response.url}`
}

import { linksIn } from "../links.ts"

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

interface Body {
  readonly error?: Outcome["error"]
  /** Of chat. */
  readonly choices?: ReadonlyArray<{
    readonly message?: { readonly content: string }
    readonly delta?: { readonly content?: string }
  }>
  /** Of the Responses API: a whole answer, and one event. */
  readonly output?: ReadonlyArray<{ readonly content?: ReadonlyArray<{ readonly text: string }> }>
  readonly delta?: string
  /** Of the Images API; in its events the same fields stand by themselves. */
  readonly data?: ReadonlyArray<{ readonly url?: string; readonly b64_json?: string }>
  readonly url?: string
  readonly b64_json?: string
  readonly warnings?: ReadonlyArray<string>
}

const inlinePrefix = /^data:image\/\w+;base64,/

/** The data of each event, but for the one that ends a stream of chunks. */
const bodiesIn = (stream: string): ReadonlyArray<Body> =>
  stream
    .split("\n")
    .filter((line) => line.startsWith("data: ") && line !== "data: [DONE]")
    .map((line) => JSON.parse(line.slice("data: ".length)))

/** Reads an answer to its end, of whatever dialect it is. */
export const readOutcome = async (response: Response): Promise<Outcome> => {
  const { headers, status } = response
  const body = await response.text()
  const isStream = headers.get("content-type")?.startsWith("text/event-stream") ?? false
  const bodies: ReadonlyArray<Body> = isStream ? bodiesIn(body) : [JSON.parse(body)]
  const chunked = bodies.some(({ choices }) => choices !== undefined)
  if (isStream && chunked && !body.endsWith("data: [DONE]\n\n")) {
    throw new Error("The stream of chunks does not end in [DONE].")
  }
  const content = bodies
    .map(({ choices, delta, output }) => {
      const [said] = output?.flatMap((item) => item.content ?? []) ?? []
      return choices?.[0]?.message?.content ?? choices?.[0]?.delta?.content ?? delta ?? said?.text ?? ""
    })
    .join("")
  const addresses = linksIn(content)
  const images = bodies.flatMap((each) => [...(each.data ?? []), each])
  return {
    status,
    headers,
    body,
    error: bodies.find(({ error }) => error)?.error,
    text: [content, ...bodies.flatMap(({ warnings }) => warnings ?? [])].join("\n"),
    links: [...addresses.filter((address) => !address.startsWith("data:")), ...images.flatMap(({ url }) => url ?? [])],
    inline: [
      ...addresses.flatMap((address) =>
        inlinePrefix.test(address) ? [decodeURIComponent(address.replace(inlinePrefix, ""))] : []
      ),
      ...images.flatMap(({ b64_json }) => b64_json ?? [])
    ]
  }
}

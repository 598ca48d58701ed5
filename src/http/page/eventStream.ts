/** What comes in a `text/event-stream`: an event with its number and data, or a comment. */
export type StreamPart =
  | { readonly type: "event"; readonly id: string; readonly data: string }
  | { readonly type: "comment" }

/** Reads a stream of events as it arrives. */
export async function* readEventStream(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<StreamPart> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let pending = ""
  let scanned = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      pending += value
      for (;;) {
        // Only what is new is looked through: an event with a picture comes in many parts.
        const end = pending.indexOf("\n\n", Math.max(0, scanned - 1))
        if (end === -1) break
        const part = parse(pending.slice(0, end))
        pending = pending.slice(end + 2)
        scanned = 0
        if (part) yield part
      }
      scanned = pending.length
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

const parse = (block: string): StreamPart | undefined => {
  if (block.startsWith(":")) return { type: "comment" }
  const lines = block.split("\n")
  const valuesOf = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).trimStart())
  const data = valuesOf("data")
  return data.length > 0 ? { type: "event", id: valuesOf("id").at(-1) ?? "", data: data.join("\n") } : undefined
}

/** An event stream as it comes. */
export interface LiveStream {
  /** The data of the next event, once it is there; `undefined` after the last. */
  readonly next: () => Promise<string | undefined>
  /** Goes away. */
  readonly cancel: () => Promise<void>
}

/** Reads the events of an answer one by one, each of one line of data. */
export const follow = (response: Response): LiveStream => {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let buffer = ""
  return {
    next: async () => {
      for (;;) {
        const end = buffer.indexOf("\n\n")
        if (end >= 0) {
          const event = buffer.slice(0, end)
          buffer = buffer.slice(end + 2)
          return event.replace(/^data: /, "")
        }
        const read = await reader?.read()
        if (read?.value === undefined) return undefined
        buffer += read.value
      }
    },
    cancel: async () => reader?.cancel()
  }
}

import * as Context from "effect/Context"
import * as Sse from "effect/encoding/Sse"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"

/** One server-sent event. `data` is written as it is, so it should be on one line. */
export interface ServerSentEvent {
  /** The event's name; absent for the default, `message`. */
  readonly event?: string
  /** Where to go on after a broken connection. */
  readonly id?: string
  readonly data: string
}

/** What is sent while nothing happens, so that no proxy gives the connection up: an event, or a comment. */
export type Heartbeat = ServerSentEvent | { readonly comment: string }

/** Turns events into the bytes of a `text/event-stream`. */
export class SseEncoder extends Context.Service<
  SseEncoder,
  {
    /** The stream ends with `events`; until then there is a heartbeat every five seconds. */
    readonly encode: (events: Stream.Stream<ServerSentEvent>, heartbeat: Heartbeat) => Stream.Stream<Uint8Array>
  }
>()("flux/services/SseEncoder") {
  static readonly layer = Layer.succeed(SseEncoder, {
    encode: (events, heartbeat) => {
      const beat = "comment" in heartbeat ? `: ${heartbeat.comment}\n\n` : write(heartbeat)
      const beats = Stream.tick("5 seconds").pipe(
        Stream.drop(1),
        Stream.map(() => beat)
      )
      return events.pipe(Stream.map(write), Stream.merge(beats, { haltStrategy: "left" }), Stream.encodeText)
    }
  })
}

const write = ({ data, event = "message", id }: ServerSentEvent): string =>
  Sse.encoder.write({ _tag: "Event", event, id, data })

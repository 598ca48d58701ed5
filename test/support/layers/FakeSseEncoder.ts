import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { type Heartbeat, type ServerSentEvent, SseEncoder } from "../../../src/services/SseEncoder.ts"

/** Writes each event as one line of JSON, and no heartbeat. `events` are those that were sent, of all streams. */
export const make = () => {
  const events: Array<ServerSentEvent> = []
  const heartbeats: Array<Heartbeat> = []
  const layer = Layer.succeed(SseEncoder, {
    encode: (stream, heartbeat) => {
      heartbeats.push(heartbeat)
      return stream.pipe(
        Stream.map((event) => {
          events.push(event)
          return `${JSON.stringify(event)}\n`
        }),
        Stream.encodeText
      )
    }
  })
  return {
    layer,
    events: events as ReadonlyArray<ServerSentEvent>,
    heartbeats: heartbeats as ReadonlyArray<Heartbeat>
  }
}

export const layer: Layer.Layer<SseEncoder> = make().layer

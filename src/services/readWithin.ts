import * as Bytes from "effect/Bytes"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

/** A body was longer than its reader allows. */
export class BodyTooLong extends Data.TaggedError("BodyTooLong")<{ readonly limitBytes: number }> {}

/** Reads a body to its end, or fails as soon as it is longer than `limitBytes`; what comes after that is not read. */
export const readWithin = <E>(
  body: Stream.Stream<Uint8Array, E>,
  limitBytes: number
): Effect.Effect<Uint8Array<ArrayBuffer>, E | BodyTooLong> =>
  Effect.gen(function* () {
    const chunks: Array<Uint8Array> = []
    let length = 0
    yield* Stream.runForEach(body, (chunk) => {
      length += chunk.length
      if (length > limitBytes) return Effect.fail(new BodyTooLong({ limitBytes }))
      chunks.push(chunk)
      return Effect.void
    })
    return Bytes.concat(chunks)
  })

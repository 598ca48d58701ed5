import * as Bytes from "effect/Bytes"
import * as Stream from "effect/Stream"

/** A message between this service and its Durable Objects: a value that JSON can hold, and bytes beside it. */
export interface Frame {
  readonly value: unknown
  /** Empty where there are none. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The length of the JSON text and of the bytes, each as a 32-bit number. */
const headerLength = 8

export const noBytes: Uint8Array<ArrayBuffer> = new Uint8Array(0)

export const encodeFrame = ({ bytes, value }: Frame): Uint8Array<ArrayBuffer> => {
  const text = encoder.encode(JSON.stringify(value))
  const frame = new Uint8Array(headerLength + text.length + bytes.length)
  const header = new DataView(frame.buffer)
  header.setUint32(0, text.length)
  header.setUint32(4, bytes.length)
  frame.set(text, headerLength)
  frame.set(bytes, headerLength + text.length)
  return frame
}

interface Received {
  readonly chunks: ReadonlyArray<Uint8Array>
  readonly length: number
}

const nothing: Received = { chunks: [], length: 0 }

/** Reads frames however the bytes were cut on their way. A frame that is not whole at the end is left out. */
export const decodeFrames = <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<Frame, E, R> =>
  bytes.pipe(
    Stream.mapAccum(
      () => nothing,
      (received, chunk): readonly [Received, ReadonlyArray<Frame>] => {
        const chunks = [...received.chunks, chunk]
        const length = received.length + chunk.length
        if (length < neededLength(chunks, length)) return [{ chunks, length }, []]
        const frames: Array<Frame> = []
        let rest = Bytes.concat(chunks)
        while (rest.length >= neededLength([rest], rest.length)) {
          const end = neededLength([rest], rest.length)
          frames.push(readFrame(rest.subarray(0, end)))
          rest = rest.subarray(end)
        }
        return [{ chunks: [rest], length: rest.length }, frames]
      }
    )
  )

/** How many bytes there have to be before the first frame is whole. */
const neededLength = (chunks: ReadonlyArray<Uint8Array>, length: number): number => {
  if (length < headerLength) return headerLength
  const [first] = chunks
  const start = first && first.length >= headerLength ? first : Bytes.concat(chunks)
  const header = new DataView(start.buffer, start.byteOffset)
  return headerLength + header.getUint32(0) + header.getUint32(4)
}

const readFrame = (frame: Uint8Array<ArrayBuffer>): Frame => {
  const end = headerLength + new DataView(frame.buffer, frame.byteOffset).getUint32(0)
  return { value: JSON.parse(decoder.decode(frame.subarray(headerLength, end))), bytes: frame.slice(end) }
}

import { hasText, type Layout, viewOf, writeText } from "./Layout.ts"

// XMP specification, part 3, section 1.1.3; ITU-T T.81, annex B, for the segments.
const xmpName = "http://ns.adobe.com/xap/1.0/\0"
const prefixLength = 4 + xmpName.length
const longestSegment = 2 + 0xffff

interface Segment {
  readonly marker: number
  readonly start: number
  /** Where its data begins, behind marker and length. */
  readonly data: number
  readonly end: number
}

/** The segments in front of the picture itself. */
function* segments(bytes: Uint8Array): Generator<Segment> {
  const view = viewOf(bytes)
  let start = 2
  while (bytes[start] === 0xff) {
    let code = start + 1
    // Any number of bytes FF may stand before a marker.
    while (bytes[code] === 0xff) code += 1
    const marker = bytes[code]
    const data = code + 3
    if (marker === undefined || marker === 0xda || marker === 0xd9 || data > bytes.length) return
    const end = code + 1 + view.getUint16(code + 1)
    if (end < data || end > bytes.length) return
    yield { marker, start, data, end }
    start = end
  }
}

/** A new packet goes behind what readers expect first: the segments of JFIF and of Exif. */
export const layoutOfJpeg = (bytes: Uint8Array<ArrayBuffer>): Layout => {
  let signed = false
  let packet: Layout["packet"]
  let place = { at: 2, length: 0 }
  for (const { data, end, marker, start } of segments(bytes)) {
    if (marker === 0xeb && isManifest(bytes.subarray(data, end))) signed = true
    if (packet !== undefined) continue
    if (marker === 0xe1 && hasText(bytes, data, xmpName)) {
      packet = bytes.subarray(data + xmpName.length, end)
      place = { at: start, length: end - start }
    } else if (place.at === start && (marker === 0xe0 || (marker === 0xe1 && hasText(bytes, data, "Exif\0")))) {
      place = { at: end, length: 0 }
    }
  }
  return { signed, packet, compressed: false, ...place }
}

/** A box of JUMBF (ISO 19566-5) that describes itself as one of the C2PA; the boxes behind the first continue it. */
const isManifest = (data: Uint8Array): boolean =>
  hasText(data, 0, "JP") && hasText(data, 12, "jumb") && hasText(data, 20, "jumd") && hasText(data, 24, "c2pa")

/** The segment of a packet; `undefined` where it is longer than a segment can be. */
export const jpegSegment = (packet: Uint8Array): Uint8Array | undefined => {
  const segment = new Uint8Array(prefixLength + packet.length)
  if (segment.length > longestSegment) return undefined
  segment.set([0xff, 0xe1])
  viewOf(segment).setUint16(2, segment.length - 2)
  writeText(segment, 4, xmpName)
  segment.set(packet, prefixLength)
  return segment
}

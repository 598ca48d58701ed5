import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { ImageFile } from "../../domain/ImageFile.ts"
import { readWithin } from "../readWithin.ts"
import { layoutOfJpeg } from "./jpeg.ts"
import type { Layout } from "./Layout.ts"
import { layoutOfPng } from "./png.ts"
import { layoutOfWebp } from "./webp.ts"

/** What the bytes of a picture say of where it comes from. */
export interface Marks {
  /** It carries a manifest of the C2PA, or names one that is kept elsewhere. Its signature is not looked at. */
  readonly c2pa: boolean
  /** IPTC `DigitalSourceType`, a URI as a rule. */
  readonly digitalSourceType?: string
  /** IPTC `AISystemUsed` */
  readonly aiSystem?: string
  readonly creatorTool?: string
  readonly credit?: string
}

/** Where the marks of a picture are, with its packet opened where it was compressed and can be opened. */
export const readLayout = (file: ImageFile): Effect.Effect<Layout> => {
  const layout = layoutOf(file)
  return layout.packet && layout.compressed ? opened(layout, layout.packet) : Effect.succeed(layout)
}

const layoutOf = ({ bytes, mediaType }: ImageFile): Layout => {
  switch (mediaType) {
    case "image/jpeg":
      return layoutOfJpeg(bytes)
    case "image/png":
      return layoutOfPng(bytes)
    case "image/webp":
      return layoutOfWebp(bytes)
  }
}

const opened = (layout: Layout, packet: Uint8Array<ArrayBuffer>): Effect.Effect<Layout> =>
  readWithin(
    Stream.fromReadableStream({
      evaluate: () => new Blob([packet]).stream().pipeThrough(new DecompressionStream("deflate")),
      onError: () => "broken" as const
    }),
    longestPacket
  ).pipe(
    Effect.map((plain) => ({ ...layout, packet: plain, compressed: false })),
    // Broken, or far longer than any packet: it says nothing.
    Effect.orElseSucceed(() => layout)
  )

/** Whoever made them. Only what stands in the picture itself and in its XMP packet is read. */
export const marksIn = ({ compressed, packet, signed }: Layout): Marks => {
  const text = packet && !compressed ? new TextDecoder().decode(packet.subarray(0, longestPacket)) : ""
  const told = (name: string, key: keyof Marks) => {
    const value = propertyIn(text, name)
    return value === undefined ? {} : { [key]: value }
  }
  return {
    // The address of a manifest that is kept elsewhere.
    c2pa: signed || propertyIn(text, "provenance") !== undefined,
    ...told("DigitalSourceType", "digitalSourceType"),
    ...told("AISystemUsed", "aiSystem"),
    ...told("CreatorTool", "creatorTool"),
    ...told("Credit", "credit")
  }
}

/** Far more than a packet has. */
const longestPacket = 256 * 1024

/** RDF writes a property as an attribute, as an element, or as an element with the attribute `rdf:resource`. */
const propertyIn = (text: string, name: string): string | undefined => {
  if (!text.includes(name)) return undefined
  // Linear: it begins at a name, and what it has read in vain holds none but after the last quotation mark of a kind.
  const attribute = new RegExp(`:${name}\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`).exec(text)
  // Linear: it begins at `<`, and reads no further one but that of the end of the element.
  const element = new RegExp(`<[\\w.-]*:${name}(?:\\s[^<>]*)?>([^<]*)</`).exec(text)
  // Linear: it begins at `<`, and reads no further one.
  const resource = new RegExp(`<[\\w.-]*:${name}\\s[^<>]*?:resource\\s*=\\s*["']([^"'<]*)["']`).exec(text)
  return [attribute?.[1], attribute?.[2], element?.[1], resource?.[1]]
    .map((value) => unescapeXml(value?.trim() ?? ""))
    .find((value) => value !== "")
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

const unescapeXml = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? "")

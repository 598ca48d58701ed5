import ExifReader from "exifreader"
import sharp from "sharp"

/** Pixels and metadata as programs other than ours read them. */
export const pixelsOf = async (bytes: Uint8Array) => {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { pixels: data.toString("base64"), width: info.width, height: info.height }
}

/** The properties in the XMP packet of a picture, by their names without prefix; empty where it has none. */
export const xmpOf = async (bytes: Uint8Array): Promise<Readonly<Record<string, string>>> => {
  const { xmp = {} } = await ExifReader.load(Buffer.from(bytes), { expanded: true, async: true })
  return Object.fromEntries(
    Object.entries(xmp).flatMap(([name, tag]) =>
      typeof tag === "object" && tag !== null && "value" in tag ? [[name, String(tag.value)]] : []
    )
  )
}

const ofIptc = "http://cv.iptc.org/newscodes/digitalsourcetype/"

/** The last word of `DigitalSourceType`, which has to be one of the vocabulary of the IPTC. */
export const sourceTypeOf = async (bytes: Uint8Array): Promise<string | undefined> => {
  const { DigitalSourceType: uri } = await xmpOf(bytes)
  return uri?.startsWith(ofIptc) ? uri.slice(ofIptc.length) : uri
}

export interface Sample {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** An XMP packet of another program, with those attributes or elements in it. */
export const packetWith = (attributes: string, elements = ""): string =>
  `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ${attributes}>${elements}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`

type Format = "jpeg" | "png" | "webp" | "lossless"

/** A noisy picture as libvips encodes it, which writes no JFIF segment, and XMP of PNG compressed. */
export const encoded = async (
  format: Format,
  options: {
    readonly size?: readonly [number, number]
    readonly alpha?: boolean
    readonly exif?: boolean
    readonly xmp?: string
  } = {}
): Promise<Uint8Array<ArrayBuffer>> => {
  const [width, height] = options.size ?? [37, 23]
  const channels = options.alpha ? 4 : 3
  const noise = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 7919 + (i >> 5) * 31) & 255)
  let image = sharp(noise, { raw: { width, height, channels } })
  if (options.exif) image = image.withExif({ IFD0: { Artist: "Somebody" } })
  if (options.xmp !== undefined) image = image.withXmp(options.xmp)
  const file = format === "lossless" ? image.webp({ lossless: true }) : image.toFormat(format)
  return new Uint8Array(await file.toBuffer())
}

/** How a picture came to be. */
export type ImageSource = "drawn" | "edited" | "preview"

/** What a picture says of where it comes from. No prompt, no key and no name: it goes further than the answer it came in. */
export interface Statement {
  readonly source: ImageSource
  /** The id of the model that drew it; absent where none did. */
  readonly model?: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** https://cv.iptc.org/newscodes/digitalsourcetype/ */
const sourceTypes: Readonly<Record<ImageSource, string>> = {
  drawn: "trainedAlgorithmicMedia",
  edited: "compositeWithTrainedAlgorithmicMedia",
  preview: "algorithmicMedia"
}

/** The URI of a kind of picture in the vocabulary of the IPTC. */
export const sourceTypeUri = (source: ImageSource): string =>
  `http://cv.iptc.org/newscodes/digitalsourcetype/${sourceTypes[source]}`

// The names and the order are those of the XMP specification, part 1, section 7.
const opening = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`
const closing = `</rdf:RDF></x:xmpmeta>`
const trailer = `<?xpacket end="w"?>`
const endOfRdf = "</rdf:RDF>"

/** A packet that says this and nothing else. Spaces in front of its end make it longer. */
export const newPacket = (statement: Statement, padding: number): Uint8Array => {
  const { createdAt } = statement
  const created = `${new Date(createdAt).toISOString().slice(0, 19)}Z`
  const tool = ` xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Flux API Worker" xmp:CreateDate="${created}"`
  return utf8.encode(opening + description(statement, tool) + closing + " ".repeat(padding) + trailer)
}

/** A packet with this among all that it said before; `undefined` where it is in no form that could take it. */
export const addedTo = (packet: Uint8Array, statement: Statement, padding: number): Uint8Array | undefined => {
  const text = decode(packet)
  const end = text?.lastIndexOf(endOfRdf) ?? -1
  if (text === undefined || end < 0) return undefined
  const { model: _, ...nameless } = statement
  const added = description(text.includes("AISystemUsed") ? nameless : statement, "")
  return utf8.encode(text.slice(0, end) + added + " ".repeat(padding) + text.slice(end))
}

const description = ({ model, source }: Statement, more: string): string => {
  const system = model === undefined ? "" : ` Iptc4xmpExt:AISystemUsed="${escapeXml(model)}"`
  return `<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="${sourceTypeUri(source)}"${system}${more}/>`
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? "")

const utf8 = new TextEncoder()

const decode = (packet: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(packet)
  } catch {
    // Not UTF-8, but compressed or one of the encodings that are allowed in files of other kinds.
    return undefined
  }
}

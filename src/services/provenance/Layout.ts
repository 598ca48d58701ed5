/** Where the marks of a picture are in its bytes. */
export interface Layout {
  /** Whether it carries a manifest of the C2PA, which signs all of its bytes. */
  readonly signed: boolean
  /** Its XMP packet, where it has one. */
  readonly packet: Uint8Array<ArrayBuffer> | undefined
  /** The packet is compressed (zlib), and has to be opened before it can be read. */
  readonly compressed: boolean
  /** Where the part that holds the packet is, or is to be put. */
  readonly at: number
  /** The length of the part that is there; 0 where there is none. */
  readonly length: number
}

/** Whether the bytes from `at` on are these characters. */
export const hasText = (bytes: Uint8Array, at: number, text: string): boolean => {
  for (let index = 0; index < text.length; index++) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false
  }
  return true
}

/** Writes characters below 256, each as one byte. */
export const writeText = (bytes: Uint8Array, at: number, text: string): void => {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index)
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

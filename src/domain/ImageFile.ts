import { fileExtension, type ImageHeader, isComplete, type MediaType, readImageHeader } from "./ImageHeader.ts"
import type { ImageSize } from "./ImageSize.ts"

/** A whole picture: its bytes, and what they say of themselves. Only {@link fromBytes} and {@link fromBase64} make one. */
export class ImageFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mediaType: MediaType
  readonly size: ImageSize
  readonly #base64: string | undefined

  private constructor(bytes: Uint8Array<ArrayBuffer>, header: ImageHeader, base64?: string) {
    this.bytes = bytes
    this.mediaType = header.mediaType
    this.size = { width: header.width, height: header.height }
    this.#base64 = base64
  }

  /** `undefined` where the bytes are not a JPEG, PNG or WebP picture, or not the whole of one. */
  static fromBytes(bytes: Uint8Array<ArrayBuffer>, base64?: string): ImageFile | undefined {
    const header = readImageHeader(bytes)
    return header && isComplete(bytes, header.mediaType) ? new ImageFile(bytes, header, base64) : undefined
  }

  /** Like {@link fromBytes}; also `undefined` where the text is not base64. */
  static fromBase64(base64: string): ImageFile | undefined {
    try {
      return ImageFile.fromBytes(Uint8Array.fromBase64(base64), base64)
    } catch {
      // The only error of `fromBase64` is a SyntaxError: the text is not base64.
      return undefined
    }
  }

  /** The base64 it came in where it did, so that nothing is encoded twice. */
  get base64(): string {
    return this.#base64 ?? this.bytes.toBase64()
  }

  get dataUrl(): string {
    return `data:${this.mediaType};base64,${this.base64}`
  }

  /** `jpg`, `png` or `webp`. */
  get extension(): string {
    return fileExtension[this.mediaType]
  }
}

import { readOrientation, swapsSides } from "./ExifOrientation.ts"
import { fileExtension, type ImageHeader, isComplete, type MediaType, readImageHeader } from "./ImageHeader.ts"
import type { ImageSize } from "./ImageSize.ts"
import { readImageStructure } from "./ImageStructure.ts"

/**
 * A whole picture: its bytes, and what they say of themselves. Only {@link fromBytes}, {@link fromBase64} and
 * {@link fromInput} make one.
 */
export class ImageFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mediaType: MediaType
  /** As it is to be seen. */
  readonly size: ImageSize
  /** Whether the pixels lie as they are to be seen; otherwise EXIF data says how to turn them. */
  readonly upright: boolean
  readonly #base64: string | undefined
  #blob: Blob | undefined

  private constructor(bytes: Uint8Array<ArrayBuffer>, header: ImageHeader, base64?: string, orientation = 1) {
    const { height, width } = header
    this.bytes = bytes
    this.mediaType = header.mediaType
    this.size = swapsSides(orientation) ? { width: height, height: width } : { width, height }
    this.upright = orientation === 1
    this.#base64 = base64
  }

  /**
   * A picture that somebody sent: what comes after its end is cut off, and its EXIF orientation counts. `undefined` where
   * the bytes do not begin with the whole of a JPEG, PNG or WebP picture.
   */
  static fromInput(bytes: Uint8Array<ArrayBuffer>): ImageFile | undefined {
    const header = readImageHeader(bytes)
    const structure = header && readImageStructure(bytes, header.mediaType)
    return (
      structure && new ImageFile(bytes.subarray(0, structure.end), header, undefined, readOrientation(structure.exif))
    )
  }

  /** `undefined` where the bytes are not a JPEG, PNG or WebP picture, or not the whole of one and nothing else. */
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

  /** Made once, however often the picture is sent: a blob has bytes of its own. */
  get blob(): Blob {
    this.#blob ??= new Blob([this.bytes], { type: this.mediaType })
    return this.#blob
  }

  get dataUrl(): string {
    return `data:${this.mediaType};base64,${this.base64}`
  }

  /** `jpg`, `png` or `webp`. */
  get extension(): string {
    return fileExtension[this.mediaType]
  }
}

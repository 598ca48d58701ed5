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
  readonly #header: ImageHeader
  readonly #orientation: number
  /** Text that gives its base64 when it is put together. */
  readonly #base64: ReadonlyArray<string> | undefined
  #blob: Blob | undefined

  private constructor(
    bytes: Uint8Array<ArrayBuffer>,
    header: ImageHeader,
    base64?: ReadonlyArray<string>,
    orientation = 1
  ) {
    const { height, width } = header
    this.bytes = bytes
    this.#header = header
    this.#orientation = orientation
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
    return header && isComplete(bytes, header.mediaType)
      ? new ImageFile(bytes, header, base64 === undefined ? undefined : [base64])
      : undefined
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

  /**
   * The same picture with other bytes in place of `removed` ones from `at` on. Where it came in base64 and grows by a multiple
   * of three bytes, all of that text behind the place is kept as it is: it is neither decoded nor encoded again.
   */
  spliced(at: number, removed: number, inserted: Uint8Array): ImageFile {
    const bytes = new Uint8Array(this.bytes.length - removed + inserted.length)
    bytes.set(this.bytes.subarray(0, at))
    bytes.set(inserted, at)
    bytes.set(this.bytes.subarray(at + removed), at + inserted.length)
    return new ImageFile(bytes, this.#header, this.#splicedBase64(at + removed, bytes), this.#orientation)
  }

  /** `undefined` where the text would have to be encoded as a whole. `end` is where the bytes are the same again. */
  #splicedBase64(end: number, bytes: Uint8Array): ReadonlyArray<string> | undefined {
    const growth = bytes.length - this.bytes.length
    const aligned = Math.ceil(end / 3) * 3
    if (this.#base64 === undefined || growth % 3 !== 0 || aligned > this.bytes.length) return undefined
    const { base64 } = this
    // Base64 may hold line breaks, and then its characters are not where they are counted to be.
    if (!base64.startsWith(this.bytes.subarray(0, aligned).toBase64())) return undefined
    return [bytes.subarray(0, aligned + growth).toBase64(), base64.slice((aligned / 3) * 4)]
  }

  /** The base64 it came in where it did, so that nothing is encoded twice. */
  get base64(): string {
    if (this.#base64 === undefined) return this.bytes.toBase64()
    const [whole = ""] = this.#base64
    // Not by `+`: a text that is not in one piece takes `JSON.stringify` five times as long.
    return this.#base64.length === 1 ? whole : this.#base64.join("")
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

import { ImageFile } from "../../src/domain/ImageFile.ts"
import type { MediaType } from "../../src/domain/ImageHeader.ts"
import type { ImageSize } from "../../src/domain/ImageSize.ts"
import { drawWebp } from "./webp.ts"
import { drawImage } from "./workers-ai/images.ts"

/** A real picture of that size as the service knows one; the same for the same text. */
export const imageOf = async (
  size: ImageSize,
  { mediaType = "image/jpeg", text = "", seed = "" }: { mediaType?: MediaType; text?: string; seed?: string } = {}
): Promise<ImageFile> => {
  const bytes =
    mediaType === "image/webp"
      ? drawWebp(size.width, size.height)
      : await drawImage({ format: mediaType === "image/png" ? "png" : "jpeg", ...size, prompt: text, seed })
  const file = ImageFile.fromBytes(bytes)
  if (file === undefined) throw new Error(`The ${mediaType} that was drawn is not a whole picture.`)
  return file
}

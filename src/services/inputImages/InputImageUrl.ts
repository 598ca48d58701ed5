import * as Result from "effect/Result"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { InputImage } from "../../domain/GenerationRequest.ts"
import { type ImageKey, parseImageKey } from "../../domain/ImageKey.ts"
import { isPublicAddress } from "../../domain/PublicAddress.ts"
import { decodeDataUrl, isDataUrl } from "./DataUrl.ts"
import { readInputImage } from "./InputImage.ts"

/** A picture as an address: a `data:` URL, a link of this service (at one of `ownOrigins`), or an https address. */
export const parseInputImageUrl = (
  address: string,
  ownOrigins: ReadonlyArray<string>,
  param: string
): Result.Result<InputImage, InvalidRequest> => {
  const invalid = (message: string) => Result.fail(new InvalidRequest({ message, param }))
  if (isDataUrl(address)) {
    const bytes = decodeDataUrl(address)
    return bytes
      ? Result.map(readInputImage(bytes, param), (file) => ({ _tag: "Inline", file }))
      : invalid("The data: URL does not hold a whole JPEG, PNG or WebP picture in base64.")
  }
  const url = URL.parse(address)
  if (!url) return invalid("A picture must be an https:// address, a data: URL with base64, or a link of this service.")
  const key = ownImageKey(url, ownOrigins)
  if (key) return Result.succeed({ _tag: "Stored", key })
  if (ownOrigins.some((origin) => url.href.startsWith(`${origin}/image/`))) {
    return invalid("This is no link of a picture of this service.")
  }
  return isPublicAddress(url)
    ? Result.succeed({ _tag: "Remote", url })
    : invalid("Pictures are fetched only over https:// from public addresses.")
}

const imagePath = "/image/"

/** The key in a link of this service. */
export const ownImageKey = (url: URL, ownOrigins: ReadonlyArray<string>): ImageKey | undefined => {
  const own = ownOrigins.some((origin) => url.href.startsWith(`${origin}/`))
  const start = url.pathname.lastIndexOf("/") + 1
  return own && url.pathname.endsWith(imagePath, start) ? parseImageKey(url.pathname.slice(start)) : undefined
}

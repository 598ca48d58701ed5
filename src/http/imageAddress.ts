import * as Result from "effect/Result"
import { InvalidRequest } from "../domain/Errors.ts"
import { isImageBase64 } from "./textLimit.ts"
import { isRecord, plainText } from "./wishes/values.ts"

const addressFields = ["image_url", "imageUrl", "url", "uri", "image", "source", "src", "path"] as const
const dataFields = ["b64_json", "base64", "data", "bytes", "image_base64", "file_data", "content"] as const
const maximumDepth = 3

/**
 * The address of a picture, in each form in which programs send one: as text, `{ url }`, `{ image_url: { url } }`, or its
 * base64, with or without `data:` before it. What holds neither is an InvalidRequest that names `param`.
 */
export const imageAddress = (value: unknown, param: string): Result.Result<string, InvalidRequest> => {
  const address = find(value, maximumDepth)
  if (address !== undefined) return Result.succeed(address)
  const uploaded = isRecord(value) && (value.file_id !== undefined || value.fileId !== undefined)
  return Result.fail(
    new InvalidRequest({
      message: uploaded
        ? "Uploaded files (`file_id`) are not kept here. Send the picture itself, as a data: URL, a file or an https:// address."
        : "A picture must be an https:// address, a data: URL with base64, or a link of this service.",
      param
    })
  )
}

const find = (value: unknown, depth: number): string | undefined => {
  if (typeof value === "string") return isImageBase64(value) ? dataUrl(value) : value
  if (!isRecord(value) || depth === 0) return undefined
  for (const name of dataFields) {
    const data = value[name]
    if (typeof data === "string" && data !== "") return data.includes(":") ? data : dataUrl(data)
  }
  for (const name of addressFields) {
    const address = find(value[name], depth - 1)
    if (address !== undefined && plainText(address) !== "") return address
  }
  return undefined
}

/** The type is read from the picture itself. */
const dataUrl = (base64: string): string => `data:;base64,${base64}`

import { readImage } from "./images.ts"
import { aiError, type UpstreamError } from "./wire.ts"

/** A file of a form; `width` and `height` in pixels where its bytes are a whole JPEG, PNG or WebP. */
export interface UploadedFile {
  readonly name: string
  readonly type: string
  readonly size: number
  readonly width: number | undefined
  readonly height: number | undefined
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** The inputs of a call as they were sent: the values of a form are strings and {@link UploadedFile}s. */
export type Inputs =
  | { readonly _tag: "Json"; readonly fields: Readonly<Record<string, unknown>> }
  | {
      readonly _tag: "Form"
      readonly fields: Readonly<Record<string, string | UploadedFile>>
      /** The names that stand more than once in the form. */
      readonly repeated: ReadonlyArray<string>
    }
  | { readonly _tag: "Unreadable"; readonly error: UpstreamError }

const internalError = aiError(500, 3043, "Internal server error")
const incompleteInput = aiError(400, 3010, "Invalid or incomplete input for the model")

const decodeJson = (body: Uint8Array<ArrayBuffer>): Inputs => {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body))
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { _tag: "Json", fields: { ...value } }
      : { _tag: "Unreadable", error: incompleteInput }
  } catch {
    return { _tag: "Unreadable", error: incompleteInput }
  }
}

const uploadedFile = async (file: File): Promise<UploadedFile> => {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const image = readImage(bytes)
  const { name, type, size } = file
  return { name, type, size, width: image?.width, height: image?.height, bytes }
}

const decodeForm = async (contentType: string, body: Uint8Array<ArrayBuffer>): Promise<Inputs> => {
  try {
    const form = await new Response(body, { headers: { "content-type": contentType } }).formData()
    const fields: Record<string, string | UploadedFile> = {}
    for (const [name, value] of form) fields[name] = typeof value === "string" ? value : await uploadedFile(value)
    const repeated = Object.keys(fields).filter((name) => form.getAll(name).length > 1)
    return { _tag: "Form", fields, repeated }
  } catch {
    return { _tag: "Unreadable", error: internalError }
  }
}

/** Reads a body of JSON, or of a multipart form, which needs the boundary in its content type (else code 3043). */
export const decodeInputs = async (contentType: string, body: Uint8Array<ArrayBuffer>): Promise<Inputs> => {
  switch (contentType.split(";", 1)[0]?.trim().toLowerCase()) {
    case "application/json":
      return decodeJson(body)
    case "multipart/form-data":
      return decodeForm(contentType, body)
    default:
      return { _tag: "Unreadable", error: incompleteInput }
  }
}

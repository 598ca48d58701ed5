import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import { InvalidRequest, type PayloadTooLarge } from "../../domain/Errors.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import { readBytes, readJson } from "../requestBody.ts"

/** What a request says, whether as JSON or as a form: its fields, and the pictures that came as files. */
export interface RequestFields {
  readonly fields: Readonly<Record<string, unknown>>
  readonly files: ReadonlyArray<ImageFile>
}

/** Reads a form where the content type says so, and JSON otherwise. */
export const readFields = (
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<RequestFields, InvalidRequest | PayloadTooLarge> =>
  request.headers["content-type"]?.toLowerCase().startsWith("multipart/form-data")
    ? readForm(request)
    : Effect.map(readJson(request), (value) => ({ fields: { ...value }, files: [] }))

const readForm = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const body = yield* readBytes(request)
  const form = yield* Effect.tryPromise({
    try: () => new Response(body, { headers: { "content-type": request.headers["content-type"] ?? "" } }).formData(),
    catch: () => new InvalidRequest({ message: "The form can't be read: its parts do not fit its content type." })
  })
  const fields: Record<string, unknown> = {}
  const files: Array<ImageFile> = []
  for (const [name, value] of form) {
    if (typeof value === "string") {
      fields[name] = fieldValue(name, value)
    } else if (/^image(\[\d*\])?$/.test(name)) {
      const file = ImageFile.fromBytes(new Uint8Array(yield* Effect.promise(() => value.arrayBuffer())))
      if (!file) return yield* notAPicture(name)
      files.push(file)
    } else {
      fields[name] = value
    }
  }
  return { fields, files }
})

const notAPicture = (name: string) =>
  new InvalidRequest({ message: `The file in '${name}' is not a whole JPEG, PNG or WebP picture.`, param: "image" })

const numbers = new Set(["n", "seed", "steps", "partial_images"])

/** A form has only text; numbers and truth values get the type that they have in JSON. */
const fieldValue = (name: string, value: string): unknown => {
  if (value === "") return undefined
  if (numbers.has(name) && /^-?\d+$/.test(value)) return Number(value)
  if (name === "stream") return value === "true" ? true : value === "false" ? false : value
  return value
}

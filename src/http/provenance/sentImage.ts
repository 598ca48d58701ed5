import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { ImageStore } from "../../services/ImageStore.ts"
import { readInputImage } from "../../services/inputImages/InputImage.ts"
import { parseInputImageUrl } from "../../services/inputImages/InputImageUrl.ts"
import { readForm } from "../images/readFields.ts"
import type { Origins } from "../origins.ts"
import { decodeWith, parseJson, readBytes } from "../requestBody.ts"
import { ProvenanceRequest } from "./ProvenanceApi.ts"

const decodeBody = decodeWith(ProvenanceRequest)

/** The one picture of a request: in a form, in JSON, or as the body itself, whatever the content type says of the last two. */
export const sentImage = Effect.fnUntraced(function* (
  request: HttpServerRequest.HttpServerRequest,
  origins: Origins,
  store: ImageStore["Service"]
) {
  if (request.headers["content-type"]?.toLowerCase().startsWith("multipart/form-data")) {
    const { fields, files } = yield* readForm(request)
    const [file, second] = files
    if (second) return yield* invalid("Send one picture at a time.")
    return file ?? (yield* named(yield* decodeBody(fields), origins, store))
  }
  const body = yield* readBytes(request)
  if (!isJson(body)) return yield* whole(body)
  return yield* named(yield* decodeBody(yield* Effect.fromResult(parseJson(body))), origins, store)
})

const invalid = (message: string) => Effect.fail(new InvalidRequest({ message, param: "image" }))

const whole = (bytes: Uint8Array<ArrayBuffer>) => Effect.fromResult(readInputImage(bytes, "image"))

/** No picture begins like this. */
const isJson = (body: Uint8Array): boolean => {
  const first = body.find((byte) => !blanks.has(byte))
  return first === undefined || first === 0x7b || first === 0x5b
}

/** The white space of JSON, and the bytes of a byte order mark. */
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])

const named = Effect.fnUntraced(function* (
  { image, image_url }: ProvenanceRequest,
  origins: Origins,
  store: ImageStore["Service"]
) {
  const address = addressIn(image) ?? addressIn(image_url)
  if (address === undefined) return yield* invalid("There is no picture. Send one as `image`, or as the body itself.")
  const input = yield* Effect.fromResult(parseInputImageUrl(address, origins.own, "image"))
  switch (input._tag) {
    case "Inline":
      return input.file
    case "Stored":
      return yield* Effect.flatMap(store.get(input.key), whole)
    case "Remote":
      return yield* invalid("Pictures of other addresses are not fetched for this. Send the picture itself.")
  }
})

const addressIn = (value: ProvenanceRequest["image"]): string | undefined => {
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined
  return "image_url" in value ? addressIn(value.image_url) : value.url
}

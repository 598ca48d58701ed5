import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { InvalidRequest, PayloadTooLarge } from "../domain/Errors.ts"

/** The largest body that is read, in bytes: four pictures of 3 MB in base64 and more. */
export const bodyLimitBytes = 20 * 1024 * 1024

const maximumDepth = 64

const invalid = (message: string, param?: string) => new InvalidRequest({ message, param })

/** The body as it came, up to {@link bodyLimitBytes}. */
export const readBytes = (
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<Uint8Array<ArrayBuffer>, InvalidRequest | PayloadTooLarge> => {
  const length = request.headers["content-length"]
  if (Number(length) > bodyLimitBytes) return Effect.fail(new PayloadTooLarge({ limitBytes: bodyLimitBytes }))
  const body = length === undefined ? countedBody(request) : wholeBody(request)
  return Effect.map(body, (buffer) => new Uint8Array(buffer))
}

/** Where the length is told there is nothing to count, and the runtime reads a body faster than a stream of its parts. */
const wholeBody = (request: HttpServerRequest.HttpServerRequest) =>
  Effect.flatMap(Effect.mapError(HttpServerRequest.toWeb(request), unreadable), (web) =>
    Effect.tryPromise({ try: () => web.arrayBuffer(), catch: unreadable })
  )

const countedBody = (request: HttpServerRequest.HttpServerRequest) =>
  request.arrayBuffer.pipe(
    Effect.mapError(({ reason }) =>
      reason._tag === "RequestParseError" && reason.reason === "BodyTooLarge"
        ? new PayloadTooLarge({ limitBytes: bodyLimitBytes })
        : unreadable()
    ),
    Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.bytes(bodyLimitBytes))
  )

const unreadable = () => invalid("The request body could not be read.")

/**
 * Reads a body as JSON, whatever its content type says: `curl -d` calls everything a form. A byte order mark is passed over.
 */
export const readJson = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const text = new TextDecoder().decode(yield* readBytes(request))
  if (text.trim() === "") return yield* invalid("The request body is empty. Send a JSON object.")
  if (isTooDeep(text)) return yield* invalid(`The request body is nested deeper than ${maximumDepth} levels.`)
  const value = yield* Effect.try({
    try: (): unknown => JSON.parse(text),
    catch: () => invalid("The request body is not valid JSON.")
  })
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return yield* invalid("The request body must be a JSON object.")
  }
  return value
})

/** Decodes by a schema. What is wrong is an InvalidRequest whose `param` is the path to the field. */
export const decodeWith = <A, I>(
  schema: Schema.Codec<A, I>
): ((value: unknown) => Effect.Effect<A, InvalidRequest>) => {
  const decode = Schema.decodeUnknownEffect(schema)
  return (value) => decode(value).pipe(Effect.mapError(({ issue }) => invalidField(issue)))
}

/** What does not fit a schema. `param` is the path to the field. */
export const invalidField = (issue: SchemaIssue.Issue): InvalidRequest => {
  const [first] = formatIssue(issue).issues
  const path = (first?.path ?? [])
    .map((segment) => String(typeof segment === "object" ? segment.key : segment))
    .join(".")
  const message = first?.message ?? "The request is not valid."
  return path === "" ? invalid(message) : invalid(`Invalid value for '${path}': ${message}`, path)
}

const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1()

/** Counts brackets outside of strings; a string is passed over at once, for it may be a picture. */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x22:
        index = endOfString(text, index)
        break
      case 0x5b:
      case 0x7b:
        depth += 1
        if (depth > maximumDepth) return true
        break
      case 0x5d:
      case 0x7d:
        depth -= 1
    }
  }
  return false
}

const endOfString = (text: string, start: number): number => {
  let end = start
  let escapes: number
  do {
    end = text.indexOf('"', end + 1)
    if (end === -1) return text.length
    escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === 0x5c) escapes += 1
  } while (escapes % 2 === 1)
  return end
}

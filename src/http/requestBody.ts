import * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type * as SchemaIssue from "effect/SchemaIssue"
import { InvalidRequest, PayloadTooLarge } from "../domain/Errors.ts"
import { firstIssue } from "./fieldIssue.ts"
import { endOfString, holdsTooMuchText, textLimitBytes } from "./textLimit.ts"

/** The largest body that is read, in bytes: four pictures of 3 MB in base64 and more. */
export const bodyLimitBytes = 20 * 1024 * 1024

const maximumDepth = 64

/** The most that an answer repeats of what was sent. */
const toldCharacters = 300

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
 * A list of messages is cut to its newest.
 */
export const readJson = (
  request: HttpServerRequest.HttpServerRequest
): Effect.Effect<object, InvalidRequest | PayloadTooLarge> =>
  Effect.flatMap(readBytes(request), (bytes) => Effect.fromResult(parseJson(bytes)))

/** Like {@link readJson}, of a body that has been read. */
export const parseJson = (bytes: Uint8Array<ArrayBuffer>): Result.Result<object, InvalidRequest> => {
  const text = new TextDecoder().decode(bytes)
  if (holdsTooMuchText(text, bytes.length)) return Result.fail(tooMuchText())
  if (text.trim() === "") return Result.fail(invalid("The request body is empty. Send a JSON object."))
  if (isTooDeep(text)) return Result.fail(invalid(`The request body is nested deeper than ${maximumDepth} levels.`))
  return Result.flatMap(
    Result.try({
      try: (): unknown => JSON.parse(text),
      catch: () => invalid("The request body is not valid JSON.")
    }),
    (value) =>
      typeof value !== "object" || value === null || Array.isArray(value)
        ? Result.fail(invalid("The request body must be a JSON object."))
        : boundLists(value)
  )
}

/** More text than any request needs, in JSON or in a form. */
export const tooMuchText = (): InvalidRequest =>
  invalid(
    `The request body has more than ${textLimitBytes / 1024 / 1024} MB of text. Only the data of pictures may be longer.`
  )

const maximumEntries = 1000

/** The lists that hold a conversation: in chat, and in the Responses API. */
const conversations: ReadonlySet<string> = new Set(["messages", "input"])

/** Of a conversation the newest messages are read; no other list of a request has so many entries. */
const boundLists = (body: object): Result.Result<object, InvalidRequest> => {
  const long = Object.entries(body).filter((entry) => Array.isArray(entry[1]) && entry[1].length > maximumEntries)
  const other = long.find(([name]) => !conversations.has(name))
  if (other) {
    const name = other[0].slice(0, toldCharacters)
    return Result.fail(invalid(`'${name}' has more than ${maximumEntries} entries.`, name))
  }
  const newest = long.map(([name, list]) => [name, list.slice(-maximumEntries)] as const)
  return Result.succeed(newest.length === 0 ? body : Object.fromEntries([...Object.entries(body), ...newest]))
}

/** Decodes by a schema. What is wrong is an InvalidRequest whose `param` is the path to the field. */
export const decodeWith = <A, I>(
  schema: Schema.Codec<A, I>
): ((value: unknown) => Effect.Effect<A, InvalidRequest>) => {
  const decode = Schema.decodeUnknownEffect(schema)
  return (value) => decode(value).pipe(Effect.mapError(({ issue }) => invalidField(issue)))
}

/** What does not fit a schema. `param` is the path to the field. */
export const invalidField = (issue: SchemaIssue.Issue): InvalidRequest => {
  const first = firstIssue(issue)
  const path = first.path.map(String).join(".").slice(0, toldCharacters)
  const message = first.message.slice(0, toldCharacters)
  return path === "" ? invalid(message) : invalid(`Invalid value for '${path}': ${message}`, path)
}

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

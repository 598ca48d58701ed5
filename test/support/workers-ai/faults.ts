import { utf8 } from "./bytes.ts"
import {
  type Answer,
  aiError,
  apiError,
  type BodyAnswer,
  bodyAnswer,
  errorAnswer,
  type Face,
  imageAnswer,
  jsonAnswer,
  resultBody,
  type SampleImage,
  type UpstreamError
} from "./wire.ts"

const nsfw = "Input prompt contains NSFW content."
const flagged = aiError(
  400,
  3030,
  "Your output has been flagged. Please choose another prompt / input image combination"
)
const allocationUsed =
  "you have used up your daily free allocation of 10,000 neurons, please upgrade to Cloudflare's Workers Paid plan " +
  "if you would like to continue usage."
const modelSaid = "AiError: "

const refusals = {
  /** The prompt filter, with the documented code. */
  nsfwPrompt: aiError(400, 3030, nsfw, modelSaid),
  /** The prompt filter, with the code that it has also been seen with. */
  nsfwPrompt8007: aiError(400, 8007, nsfw, modelSaid),
  flaggedOutput: flagged,
  /** Code 3030 for something that is no filter. */
  modelFailure: aiError(400, 3030, "Model input is not valid: input tensor could not be built", modelSaid),
  /** The daily neurons, with the documented code. */
  quota: aiError(429, 3036, allocationUsed, modelSaid),
  /** The daily neurons, with the code that they have also been seen with. */
  quota4006: aiError(429, 4006, allocationUsed, modelSaid),
  capacity: aiError(429, 3040, "Capacity temporarily exceeded, please try again."),
  planRequired: aiError(
    403,
    5035,
    "Model is not available on the Workers Free plan. Upgrade to access this model: " +
      "https://dash.cloudflare.com/?to=/:account/workers/plans"
  ),
  authentication: apiError(401, 10000, "Authentication error"),
  noRoute: apiError(404, 7003, "Could not route to the account, perhaps your object identifier is invalid?"),
  timeout: aiError(408, 3007, "Request timeout", modelSaid),
  internalError: aiError(500, 3043, "Internal server error", modelSaid)
} satisfies Record<string, UpstreamError>

const textAnswers = {
  /** The plain text of Cloudflare's edge, status 502. */
  badGateway: bodyAnswer(502, "text/plain; charset=UTF-8", "error code: 1031"),
  /** A page of HTML under status 200. */
  html: bodyAnswer(200, "text/html; charset=UTF-8", "<!DOCTYPE html><html><body>Just a moment...</body></html>")
}

interface Drawn {
  readonly face: Face
  readonly picture: SampleImage
  readonly requestId: string
}

const half = (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, Math.floor(bytes.length / 2))

/** A body under the content type of the model where that delivers bytes, else a result of JSON with `image`. */
const spoiled = (
  { face, picture }: Drawn,
  image: string | undefined,
  bytes: string | Uint8Array<ArrayBuffer>
): Answer =>
  picture.delivery.form === "raw"
    ? bodyAnswer(200, picture.delivery.contentType, bytes)
    : jsonAnswer(200, resultBody(face, image === undefined ? {} : { image }))

const withBody = ({ face, picture }: Drawn, change: Partial<BodyAnswer>): Answer => ({
  ...imageAnswer(face, picture),
  ...change
})

const errorAnswer200 = (error: UpstreamError, requestId: string): Answer => ({
  ...errorAnswer("rest", error, requestId),
  status: 200
})

const notImage = "This is not a picture, whatever its label says."

const brokenSuccesses = {
  /** Status 200, `success: false` and an error that is no filter's; the same on both faces. */
  unsuccessful: ({ requestId }) => errorAnswer200(refusals.modelFailure, requestId),
  /** Status 200, `success: false` and the output filter's error; the same on both faces. */
  flaggedOutput200: ({ requestId }) => errorAnswer200(flagged, requestId),
  /** The body stops in its middle, and its length says that it is whole. */
  truncatedJson: (drawn) => withBody(drawn, { body: half(imageAnswer(drawn.face, drawn.picture).body) }),
  /** Valid base64 of the first half of the picture. */
  truncatedBase64: (drawn) => {
    const bytes = half(drawn.picture.bytes)
    return spoiled(drawn, bytes.toBase64(), bytes)
  },
  /** Text that no base64 decoder takes. */
  invalidBase64: (drawn) => spoiled(drawn, `%%%${drawn.picture.bytes.toBase64()}`, notImage),
  /** An image of no bytes. */
  emptyImage: (drawn) => spoiled(drawn, "", ""),
  /** A result without `image`; a body of no bytes from a model that delivers bytes. */
  missingImage: (drawn) => spoiled(drawn, undefined, ""),
  /** Whole base64, of text. */
  notAnImage: (drawn) => spoiled(drawn, utf8(notImage).toBase64(), notImage),
  /** The bytes of the picture itself, as `text/plain`; see also `PictureAs`. */
  wrongContentType: ({ picture }) => bodyAnswer(200, "text/plain", picture.bytes),
  /** A good JSON answer as `application/json; charset=utf-8`, which the binding hands over as a stream. */
  jsonWithCharset: (drawn) =>
    drawn.picture.delivery.form === "json"
      ? withBody(drawn, { contentType: "application/json; charset=utf-8" })
      : imageAnswer(drawn.face, drawn.picture),
  resetBeforeHeaders: () => ({ _tag: "Reset" }),
  /** Headers and half of the body, then the connection breaks. */
  resetAfterHeaders: (drawn) => withBody(drawn, { ending: "reset" }),
  /** Headers and half of the body, then nothing until the caller gives up. */
  stalledBody: (drawn) => withBody(drawn, { ending: "stall" }),
  /** Nothing at all until the caller gives up. */
  noAnswer: () => ({ _tag: "Never" })
} satisfies Record<string, (drawn: Drawn) => Answer>

/** The faults that have a name. */
export type NamedFault = keyof typeof refusals | keyof typeof textAnswers | keyof typeof brokenSuccesses

/** A fault by name, the picture's own bytes under any content type, or any reply (a body that is no string is JSON). */
export type Fault =
  | NamedFault
  | { readonly _tag: "PictureAs"; readonly contentType: string }
  /** The picture, with another cost than its own: in the header, in the `usage` of the body, or nowhere. */
  | { readonly _tag: "Billed"; readonly header?: string; readonly usage?: unknown }
  | {
      readonly _tag: "Reply"
      readonly status: number
      readonly body: unknown
      readonly contentType?: string
      /** The cost that its header tells. */
      readonly neurons?: string
    }

const has = <T extends object>(table: T, name: PropertyKey): name is keyof T => Object.hasOwn(table, name)

/** The answer of a model that has drawn `picture`, as `fault` spoils it. */
export const faultAnswer = (fault: Fault, drawn: Drawn): Answer => {
  if (typeof fault === "object") {
    if (fault._tag === "PictureAs") return bodyAnswer(200, fault.contentType, drawn.picture.bytes)
    if (fault._tag === "Billed") {
      const { header: neurons, usage } = fault
      const image = drawn.picture.bytes.toBase64()
      return usage === undefined
        ? withBody(drawn, { neurons })
        : { ...jsonAnswer(200, resultBody(drawn.face, { image, usage })), neurons }
    }
    const { status, body, contentType, neurons } = fault
    const answer =
      typeof body === "string"
        ? bodyAnswer(status, contentType ?? "text/plain", body)
        : bodyAnswer(status, contentType ?? "application/json", JSON.stringify(body))
    return { ...answer, neurons }
  }
  if (has(refusals, fault)) return errorAnswer(drawn.face, refusals[fault], drawn.requestId)
  if (has(textAnswers, fault)) return textAnswers[fault]
  return brokenSuccesses[fault](drawn)
}

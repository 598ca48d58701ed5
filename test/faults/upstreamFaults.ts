import { utf8 } from "../support/workers-ai/bytes.ts"
import type { Fault, NamedFault } from "../support/workers-ai/faults.ts"
import { drawImage } from "../support/workers-ai/images.ts"
import { aiError, apiError, errorBody, type Face, resultBody, type UpstreamError } from "../support/workers-ai/wire.ts"
import { accountId } from "./service.ts"

/** A failure as the caller is told it. */
export interface Failure {
  /** In JSON; a stream has opened with 200. */
  readonly status: number
  readonly code: string | null
  readonly retry: "x-should-retry: false" | "retry-after" | "none"
}

/** What goes wrong at Workers AI each time, what the caller is told of it, and how many calls were made. */
export interface UpstreamFault {
  readonly name: string
  readonly fault: (face: Face) => Fault
  readonly calls: 1 | 2
  /** The failure; absent where the picture is there nevertheless. */
  readonly failure?: Failure
  /** The failure where the caller has named the model, if that is another. */
  readonly ofNamedModel?: Failure
}

const failures = {
  policy: { status: 400, code: "content_policy_violation", retry: "none" },
  invalid: { status: 400, code: null, retry: "none" },
  capacity: { status: 429, code: "rate_limit_exceeded", retry: "retry-after" },
  quota: { status: 429, code: "insufficient_quota", retry: "x-should-retry: false" },
  /** The fault of whoever chose the model: here a setting. */
  model: { status: 500, code: "configuration_error", retry: "x-should-retry: false" },
  configuration: { status: 500, code: "configuration_error", retry: "x-should-retry: false" },
  upstream: { status: 502, code: "upstream_error", retry: "x-should-retry: false" },
  timeout: { status: 504, code: "upstream_timeout", retry: "x-should-retry: false" }
} satisfies Record<string, Failure>

type FailureName = keyof typeof failures

const refusal = (error: UpstreamError) => (face: Face) =>
  ({ _tag: "Reply", status: error.status, body: errorBody(face, error, "request-id") }) as const

/** https://developers.cloudflare.com/workers-ai/platform/errors/: status, code, description. */
const documented: ReadonlyArray<readonly [FailureName, 1 | 2, number, number, string]> = [
  ["model", 1, 400, 5007, "No such model"],
  ["upstream", 1, 400, 5004, "Invalid data: '/image' is not valid base64"],
  ["upstream", 1, 400, 3039, "Finetune missing required files"],
  ["upstream", 1, 400, 3003, "Incomplete request"],
  ["model", 1, 403, 5018, "Account is not allowed to access private model"],
  ["model", 1, 403, 5016, "The model agreement has not been accepted"],
  ["model", 1, 403, 3023, "Account blocked"],
  ["model", 1, 403, 3041, "Account is not allowed to access private model"],
  ["model", 1, 403, 5035, "Model is not available on the Workers Free plan"],
  ["upstream", 1, 405, 5019, "Deprecated SDK version"],
  ["upstream", 1, 405, 5005, "LoRA unsupported"],
  ["model", 1, 404, 3042, "Invalid model ID"],
  ["invalid", 1, 413, 3006, "Request is too large"],
  ["timeout", 1, 408, 3007, "Timeout"],
  ["timeout", 1, 408, 3008, "Aborted"],
  ["quota", 1, 429, 3036, "Account limited"],
  ["capacity", 2, 429, 3040, "Capacity temporarily exceeded, please try again."],
  // Seen, and not documented.
  ["model", 1, 410, 5028, "This model was deprecated on 2026-05-30. Please use an alternative model"],
  ["upstream", 1, 400, 5006, "Error: Additional or unevaluated properties '/width' at '/' not allowed"],
  ["invalid", 1, 400, 5006, "Error: Length of '/prompt' must be <= 2048"],
  ["upstream", 1, 400, 3010, "Invalid or incomplete input for the model"],
  ["upstream", 1, 400, 8001, "Invalid input"],
  ["policy", 1, 400, 3030, "Input image contains NSFW content."],
  ["policy", 1, 400, 3030, "Output image contains NSFW content"]
]

const api: ReadonlyArray<readonly [FailureName, UpstreamError]> = [
  ["configuration", apiError(401, 10000, "Authentication error")],
  ["configuration", apiError(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers")],
  ["configuration", apiError(400, 7000, "No route for that URI")],
  ["configuration", apiError(404, 7003, `Could not route to /accounts/${accountId}/ai, perhaps it is invalid?`)]
]

const named: ReadonlyArray<readonly [FailureName | "drawn", 1 | 2, NamedFault]> = [
  ["policy", 2, "nsfwPrompt"],
  ["policy", 2, "nsfwPrompt8007"],
  ["policy", 1, "flaggedOutput"],
  ["policy", 1, "flaggedOutput200"],
  ["upstream", 1, "modelFailure"],
  ["quota", 1, "quota4006"],
  ["upstream", 1, "internalError"],
  ["upstream", 1, "badGateway"],
  ["upstream", 1, "html"],
  ["upstream", 1, "unsuccessful"],
  ["upstream", 1, "truncatedJson"],
  ["upstream", 1, "truncatedBase64"],
  ["upstream", 1, "invalidBase64"],
  ["upstream", 1, "emptyImage"],
  ["upstream", 1, "missingImage"],
  ["upstream", 1, "notAnImage"],
  ["upstream", 1, "resetBeforeHeaders"],
  ["upstream", 1, "resetAfterHeaders"],
  ["timeout", 1, "noAnswer"],
  ["timeout", 1, "stalledBody"],
  ["drawn", 1, "wrongContentType"],
  ["drawn", 1, "jsonWithCharset"]
]

const talkative =
  `{"errors":[{"code":7777,"message":"failed for /accounts/${accountId}/ai\\n` +
  '    at Object.run (worker.js:10:20)"}],"success":false}'

const replies: ReadonlyArray<readonly [FailureName, string, number, string]> = [
  ["upstream", "an error that tells too much", 500, talkative],
  ["upstream", "a stack trace as text", 500, "Error: boom\n    at run (/srv/node_modules/ai/index.ts:1:1)"],
  ["upstream", "200 with JSON that is no object", 200, "[1]"],
  ["upstream", "200 with null in every field", 200, '{"result":null,"success":null,"errors":null,"messages":null}'],
  ["upstream", "200 with other types in every field", 200, '{"result":7,"success":"no","errors":[null,7],"image":7}'],
  ["upstream", "200 with a thousand brackets", 200, '{"a":'.repeat(1000)],
  ["capacity", "429 without a code", 429, "slow down"],
  ["configuration", "403 without a code", 403, "<html>Forbidden</html>"],
  ["timeout", "504 of the edge", 504, "error code: 504"],
  ["upstream", "a redirect", 302, "Found"],
  ["upstream", "a number in a text that is no code", 502, "port 10000: connection reset"],
  ["upstream", "a number at the head of a gateway's text", 502, "3036: connection reset"],
  ["policy", "a code in the text of the binding", 400, "3030: Input image contains NSFW content"]
]

const picture = { width: 64, height: 64, prompt: "cut", seed: "" }
const jpeg = await drawImage({ ...picture, format: "jpeg" })
const png = await drawImage({ ...picture, format: "png" })

/** What a lenient decoder takes for a picture. */
const cut: ReadonlyArray<readonly [string, string]> = [
  ["a JPEG without its end", jpeg.slice(0, -2).toBase64()],
  ["a PNG without its end", png.slice(0, -12).toBase64()],
  ["base64 that is cut within four characters", jpeg.toBase64().replace(/=*$/, "").slice(0, -5)],
  ["the first bytes of a JPEG", jpeg.slice(0, 3).toBase64()],
  ["base64 of a page", utf8("<html><script>alert(1)</script></html>").toBase64()]
]

/** Every fault of Workers AI that is known, each as if it lasted. */
export const upstreamFaults: ReadonlyArray<UpstreamFault> = [
  ...documented.map(([failure, calls, status, code, description]) => ({
    name: `${code}: ${description}`,
    fault: refusal(aiError(status, code, description)),
    calls,
    failure: failures[failure],
    ...(failure === "model" && { ofNamedModel: failures.invalid })
  })),
  ...api.map(([failure, error]) => ({
    name: `${error.code} of the API`,
    fault: refusal(error),
    calls: 1 as const,
    failure: failures[failure]
  })),
  ...named.map(([failure, calls, fault]) => ({
    name: fault,
    fault: () => fault,
    calls,
    ...(failure !== "drawn" && { failure: failures[failure] })
  })),
  ...replies.map(([failure, name, status, body]) => ({
    name,
    fault: () => ({ _tag: "Reply", status, body }) as const,
    calls: 1 as const,
    failure: failures[failure]
  })),
  ...cut.map(([name, image]) => ({
    name,
    fault: (face: Face) => ({ _tag: "Reply", status: 200, body: resultBody(face, { image }) }) as const,
    calls: 1 as const,
    failure: failures.upstream
  }))
]

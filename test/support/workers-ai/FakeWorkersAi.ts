import { type BindingOptions, encodeBindingInputs, upstreamFailure } from "./binding.ts"
import { type Fault, faultAnswer } from "./faults.ts"
import { drawImage } from "./images.ts"
import { decodeInputs } from "./inputs.ts"
import { isPartner, planPartner } from "./partners.ts"
import { isTextModel, planText, writeText } from "./textModels.ts"
import { type Job, planJob } from "./validate.ts"
import {
  type Answer,
  apiError,
  errorAnswer,
  type Face,
  imageAnswer,
  orAborted,
  type SampleImage,
  toResponse,
  type UpstreamError
} from "./wire.ts"

/** A call that has come in, whether it was accepted or refused. */
export interface Call {
  readonly face: Face
  /** Empty where the path of the request leads to no model. */
  readonly model: string
  readonly contentType: string
  /** The JSON object, or the fields of the form with files as `UploadedFile`; empty where the body is unreadable. */
  readonly fields: Readonly<Record<string, unknown>>
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether the caller gave up before the whole answer was handed over. */
  readonly aborted: boolean
}

/** Holds calls back after they have come in and before anything is answered. */
export interface Gate {
  /** The first call that came to this gate. A call that is refused comes to it too, but is not held. */
  readonly arrived: Promise<Call>
  /** Lets the held calls go on, and all later ones pass. */
  readonly release: () => void
}

/** A strict stand-in for Workers AI: it draws real pictures, and refuses whatever the service would refuse. */
export interface FakeWorkersAi {
  readonly accountId: string
  readonly apiToken: string
  /** The REST API: `POST {anything}/accounts/{accountId}/ai/run/{model}`. Stands in for the global `fetch`. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>
  /**
   * The `run` of the `AI` binding. With `returnRawResponse` a `Response`, else the parsed JSON or a stream of bytes;
   * refusals are then thrown as errors named `AiError` or `InferenceUpstreamError` with a message `"3030: ..."`.
   */
  readonly run: (model: string, inputs: Readonly<Record<string, unknown>>, options?: BindingOptions) => Promise<unknown>
  /** Since the start or the last reset, in the order of their coming. */
  readonly calls: ReadonlyArray<Call>
  /** The next call to come in. */
  readonly nextCall: () => Promise<Call>
  /** Spoils the next `times` calls that are not refused; faults queue up. */
  readonly failNext: (fault: Fault, times?: number) => void
  /** Spoils every call that is not refused, after those of `failNext`. */
  readonly failAlways: (fault: Fault) => void
  /** Holds the next `times` calls, by default all of them; gates queue up, so each of several calls can have its own. */
  readonly gate: (times?: number) => Gate
  /** What the text models make of a wish. */
  say: (wish: string) => string
  /** How partners' models give their pictures: as a link, or as base64 with or without `data:` before it. */
  partnerForm: "link" | "data" | "base64"
  /** What is answered under a link in place of its picture. */
  linked: ((url: string) => Response | undefined) | undefined
  /** The length in bytes to pad pictures to. */
  imageBytes: number | undefined
  /** Forgets calls, faults, gates, `say` and `imageBytes`, and breaks off whatever is still held or unanswered. */
  readonly reset: () => void
}

interface Arrival {
  readonly face: Face
  readonly model: string
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
  readonly refusal: UpstreamError | undefined
}

const say = (wish: string): string => `A detailed picture of ${wish}.`

const drawJob = async (job: Job, minimumBytes: number | undefined): Promise<SampleImage> => {
  const { delivery, neurons } = job
  return { bytes: await drawImage({ ...job, minimumBytes }), delivery, neurons }
}

/** Starts with nothing to fail. `accountId` and `apiToken` are what REST calls have to bring. */
export const makeFakeWorkersAi = ({ accountId = "test-account", apiToken = "test-token" } = {}): FakeWorkersAi => {
  let calls: Array<Call> = []
  let faults: Array<Fault> = []
  let lastingFault: Fault | undefined
  let gates: Array<{ places: number; readonly held: Promise<void>; readonly arrive: (call: Call) => void }> = []
  let nextCall = Promise.withResolvers<Call>()
  let lifetime = new AbortController()
  let requests = 0
  const linkedImages = new Map<string, Uint8Array<ArrayBuffer>>()

  const answer = async (arrival: Arrival, signal: AbortSignal): Promise<Response> => {
    const inputs = await decodeInputs(arrival.contentType, arrival.body)
    signal.throwIfAborted()
    const { face, model, contentType, headers } = arrival
    const fields = inputs._tag === "Unreadable" ? {} : inputs.fields
    const call = { face, model, contentType, fields, headers, aborted: false }
    const hangup = AbortSignal.any([signal, lifetime.signal])
    const requestId = `00000000-0000-4000-8000-${String(++requests).padStart(12, "0")}`
    let isHandedOver = false
    const onAbort = () => {
      if (!isHandedOver) call.aborted = true
    }
    signal.addEventListener("abort", onAbort, { once: true })
    const respond = async (reply: Answer): Promise<Response> => {
      const response = await toResponse(reply, requestId, hangup, onAbort)
      isHandedOver = reply._tag === "Body" && reply.ending === "complete"
      return response
    }

    calls.push(call)
    nextCall.resolve(call)
    nextCall = Promise.withResolvers()
    const gate = gates.find(({ places }) => places > 0)
    if (gate !== undefined) gate.places -= 1
    gate?.arrive(call)
    const plan = isTextModel(model) ? planText : isPartner(model) ? planPartner : planJob
    const job = arrival.refusal ?? plan(model, inputs)
    if ("_tag" in job) return respond(errorAnswer(face, job, requestId))
    const fault = faults.shift() ?? lastingFault
    const minimumBytes = fake.imageBytes
    if (gate !== undefined) await orAborted(gate.held, hangup)
    const image = "wish" in job ? writeText(face, job, fake.say) : asLinked(await drawJob(job, minimumBytes))
    return respond(
      fault === undefined ? imageAnswer(face, image) : faultAnswer(fault, { face, picture: image, requestId })
    )
  }

  /** A picture of a partner's model, in the form that is set. */
  const asLinked = (image: SampleImage): SampleImage => {
    if (image.delivery.form !== "link") return image
    const base64 = image.bytes.toBase64()
    const url = `https://results.example.com/${linkedImages.size}`
    linkedImages.set(url, image.bytes)
    const link = { link: url, base64, data: `data:image/png;base64,${base64}` }[fake.partnerForm]
    return { ...image, delivery: { form: "link", link } }
  }

  const refusalOf = (request: Request, account: string | undefined): UpstreamError | undefined => {
    if (account === undefined || request.method !== "POST") return apiError(400, 7000, "No route for that URI")
    const token = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1]
    if (token === undefined) return apiError(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers")
    if (token !== apiToken) return apiError(401, 10000, "Authentication error")
    if (account === accountId) return undefined
    const { pathname } = new URL(request.url)
    return apiError(404, 7003, `Could not route to ${pathname}, perhaps your object identifier is invalid?`)
  }

  const fake: FakeWorkersAi = {
    accountId,
    apiToken,
    imageBytes: undefined,
    partnerForm: "link",
    linked: undefined,
    say,
    get calls() {
      return calls
    },
    nextCall: () => nextCall.promise,
    failNext: (fault, times = 1) => {
      faults.push(...Array.from({ length: times }, () => fault))
    },
    failAlways: (fault) => {
      lastingFault = fault
    },
    gate: (times = Number.POSITIVE_INFINITY) => {
      const held = Promise.withResolvers<void>()
      const arrived = Promise.withResolvers<Call>()
      const gate = { places: times, held: held.promise, arrive: arrived.resolve }
      gates.push(gate)
      const release = () => {
        gates = gates.filter((other) => other !== gate)
        held.resolve()
      }
      return { arrived: arrived.promise, release }
    },
    reset: () => {
      calls = []
      faults = []
      lastingFault = undefined
      gates = []
      nextCall = Promise.withResolvers()
      fake.imageBytes = undefined
      fake.partnerForm = "link"
      fake.linked = undefined
      fake.say = say
      lifetime.abort(new Error("The fake Workers AI was reset."))
      lifetime = new AbortController()
    },
    fetch: async (input, init) => {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      if (request.method === "GET" && new URL(request.url).hostname === "results.example.com") {
        const bytes = linkedImages.get(request.url)
        return fake.linked?.(request.url) ?? new Response(bytes ?? null, { status: bytes ? 200 : 404 })
      }
      const [, paid] = /\/accounts\/([^/]*)\/ai\/run$/.exec(new URL(request.url).pathname) ?? []
      if (paid !== undefined) {
        const { input: fields, model: named }: Readonly<Record<string, unknown>> = Object(await request.clone().json())
        const asked: Arrival = {
          face: "rest",
          model: String(named),
          contentType: "application/json",
          headers: Object.fromEntries(request.headers),
          body: new Uint8Array(new TextEncoder().encode(JSON.stringify(fields))),
          refusal: refusalOf(request, paid)
        }
        return answer(asked, request.signal)
      }
      const [, account, path = ""] = /\/accounts\/([^/]*)\/ai\/run\/(.+)$/.exec(new URL(request.url).pathname) ?? []
      const arrival: Arrival = {
        face: "rest",
        model: path.replaceAll("%40", "@"),
        contentType: request.headers.get("content-type") ?? "",
        headers: Object.fromEntries(request.headers),
        body: new Uint8Array(await request.arrayBuffer()),
        refusal:
          refusalOf(request, account) ??
          // A partner's model is named in the body.
          (isPartner(path.replaceAll("%40", "@")) ? apiError(404, 7003, "model not found") : undefined)
      }
      return answer(arrival, request.signal)
    },
    run: async (model, inputs, options = {}) => {
      const signal = options.signal ?? new AbortController().signal
      signal.throwIfAborted()
      // Without it the call goes to an address that has no partners.
      if (isPartner(model) && options.gateway?.id !== "default")
        throw new Error(`${model} was called without a gateway`)
      const encoded = await encodeBindingInputs(inputs, options)
      const headers = { ...options.extraHeaders, "content-type": encoded.contentType, "cf-consn-model-id": model }
      const response = await answer({ face: "binding", model, headers, ...encoded }, signal)
      if (options.returnRawResponse === true) return response
      if (!response.ok) throw await upstreamFailure(response)
      return response.headers.get("content-type") === "application/json" ? response.json() : response.body
    }
  }
  return fake
}

import * as Effect from "effect/Effect"
import type * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Stream from "effect/Stream"
import { type DrawError, GenerationInterrupted } from "../../domain/Errors.ts"
import type { Job, JobEvent } from "../../domain/Job.ts"
import type { ChatStyle } from "../../services/config/Operation.ts"
import { chatWords } from "../chat/chatStyle.ts"
import { failureText } from "../chat/chatText.ts"
import { errorAnswer } from "../errors.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { errorSentence } from "../locales/errorSentence.ts"
import type { Messages } from "../locales/Messages.ts"
import type { Origins } from "../origins.ts"
import { echoOf } from "./echo.ts"
import type { ResponseEcho, ResponseObject } from "./ResponsesApi.ts"
import { imageIds, type ResponseIds } from "./responseIds.ts"
import { begunResponse, openingOf, type ResponsesAnswer, tellEvent, wholeResponse } from "./responsesAnswer.ts"

/** How long a client may wait before it looks again, in seconds. */
const pollSeconds = "2"

const randomOf = (jobId: string): string => jobId.slice("job_".length)

/** The ids of the answer of a job. */
export const jobIds = (job: Job, images: boolean): ResponseIds => imageIds(job.keys ?? [], randomOf(job.id), images)

const answerOf = (job: Job, ids: ResponseIds, echo: ResponseEcho): ResponsesAnswer => ({
  ids,
  createdAt: Math.floor(job.createdAt / 1000),
  model: job.plan.model.id,
  opening: "",
  events: Stream.empty,
  write: () => [],
  echo,
  background: true,
  jobId: job.id
})

const respond = (body: ResponseObject, jobId: string, status = 200, headers: Readonly<Record<string, string>> = {}) =>
  jsonResponse(body, {
    status,
    headers: {
      "cache-control": "no-store",
      "x-flux-job": jobId,
      ...(body.status === "in_progress" && { "retry-after": pollSeconds }),
      ...headers
    }
  })

/** A job as it was begun or joined. Where it was preferred by a header, that is said: 202, with its address. */
export const acceptedResponse = (
  job: Job,
  echo: ResponseEcho,
  options: { readonly images: boolean; readonly preferred: boolean }
): HttpServerResponse.HttpServerResponse => {
  const ids = jobIds(job, options.images)
  const response = begunResponse(answerOf(job, ids, echo))
  return options.preferred
    ? respond(response, job.id, 202, {
        location: `/v1/responses/${ids.response}`,
        "preference-applied": "respond-async"
      })
    : respond(response, job.id)
}

/** The answer of a job as it is now. What its pictures are asked for with, its id tells. */
export const describeResponse = Effect.fnUntraced(function* (
  job: Job,
  happened: Stream.Stream<JobEvent, DrawError>,
  options: {
    readonly images: boolean
    readonly origins: Origins
    readonly messages: Messages
    readonly style: ChatStyle
    readonly cancelled: boolean
  }
) {
  const { cancelled, images, messages, origins, style } = options
  const echo = echoOf({}, images ? { path: "" } : undefined)
  const base = answerOf(job, jobIds(job, images), echo)
  const status = cancelled ? "cancelled" : job.status
  if (status === "running") return respond(begunResponse(base), job.id)
  const collected: Array<JobEvent["event"]> = []
  const ended = yield* Effect.result(
    Stream.runForEach(happened, ({ event }) => Effect.sync(() => void collected.push(event)))
  )
  const failure = ended._tag === "Failure" ? ended.failure : undefined
  // The pictures are there, and not here: not yet, or not any more.
  if (failure?._tag === "ImageNotReady") return yield* failure
  if (failure && status === "completed") {
    return yield* failure._tag === "UpstreamError" ? failure : new GenerationInterrupted({ cause: failure })
  }
  const ready = collected.find((event) => event._tag === "PromptReady")
  const originalPrompt = ready?.originalPrompt ?? ""
  // Of one that was improved it is not known what of it were wishes.
  const prompt = ready && ready.source._tag !== "Optimized" ? ready.prompt : originalPrompt
  const answer: ResponsesAnswer = {
    ...base,
    prompt: originalPrompt,
    ...chatWords(style, { n: job.n, originalPrompt, prompt }, messages, origins),
    ...(images && { images: { action: job.inputs.length > 0 ? "edit" : "generate", quality: job.quality ?? "medium" } })
  }
  const tell = tellEvent(answer)
  const told = collected.reduce((before, event) => tell(before, event)[0], openingOf(answer))
  const text = failure ? told.text + failureText(errorSentence(failure, messages), messages) : told.text
  const whole = wholeResponse(answer, { ...told, text })
  const error = failure && errorAnswer(failure).body.error
  return respond(
    {
      ...whole,
      status,
      output: ready ? whole.output : [],
      error: error && status === "failed" ? { code: error.code ?? error.type, message: error.message } : null
    },
    job.id
  )
})

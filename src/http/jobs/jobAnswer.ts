import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import type { DrawError } from "../../domain/Errors.ts"
import type { GenerationEvent } from "../../domain/GenerationEvent.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import type { Job, JobEvent } from "../../domain/Job.ts"
import { JobDescription } from "../../services/JobDescription.ts"
import type { ServerSentEvent, SseEncoder } from "../../services/SseEncoder.ts"
import { encodeEvents } from "../encodeEvents.ts"
import { errorAnswer } from "../errors.ts"
import { eventStream } from "../eventStream.ts"
import { imagesResponse } from "../images/imagesAnswer.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { imageUrl, type Origins } from "../origins.ts"
import { tellCost } from "../toldCost.ts"
import type { JobObject } from "./JobObject.ts"
import type { JobStreamEvent } from "./JobsApi.ts"

/** How long a client may wait before it looks again, in seconds. */
const pollSeconds = "2"

const seconds = (millis: number): number => Math.floor(millis / 1000)

const jobObject = (job: Job, events: ReadonlyArray<GenerationEvent>): JobObject => ({
  id: job.id,
  object: "generation.job",
  status: job.status,
  created_at: seconds(job.createdAt),
  expires_at: seconds(job.expiresAt),
  model: job.plan.model.id,
  ...tellCost(job),
  progress: {
    total: job.n,
    completed: events.filter(({ _tag }) => _tag === "ImageReady").length,
    failed: events.filter(({ _tag }) => _tag === "ImageFailed").length
  }
})

const respond = (body: JobObject, status = 200) =>
  jsonResponse(body, {
    status,
    headers: { ...(body.status === "running" && { "retry-after": pollSeconds }) }
  })

/** The job as it was begun or joined: 202, with its address. */
export const acceptedJob = (job: Job): HttpServerResponse.HttpServerResponse =>
  respond(jobObject(job, []), 202).pipe(
    HttpServerResponse.setHeaders({
      location: `/v1/jobs/${job.id}`,
      "preference-applied": "respond-async",
      "x-flux-job": job.id
    })
  )

/** The job as it is now, with what was drawn once it has ended. */
export const describeJob = (job: Job, happened: Stream.Stream<JobEvent, DrawError>, origins: Origins) =>
  Effect.map(bodyOf(job, happened, origins), (body) => respond(body))

/** The same for those who are told without asking. */
export const JobDescriptionLive = Layer.succeed(JobDescription, {
  describe: (job, happened, link) => bodyOf(job, happened, { link, own: [] })
})

const bodyOf = Effect.fnUntraced(function* (
  job: Job,
  happened: Stream.Stream<JobEvent, DrawError>,
  origins: Origins
): Effect.fn.Return<JobObject> {
  const events: Array<GenerationEvent> = []
  const ended = yield* Effect.result(
    Stream.runForEach(happened, ({ event }) => Effect.sync(() => void events.push(event)))
  )
  const described = {
    ...jobObject(job, events),
    // Also where pictures came before it.
    ...(job.status !== "running" && ended._tag === "Failure" && { error: errorAnswer(ended.failure).body.error })
  }
  if (job.status === "running" || described.progress.completed === 0) return described
  const prompt = events.find((event) => event._tag === "PromptReady")
  const result = yield* imagesResponse(
    {
      generation: job,
      request: { originalPrompt: prompt?.originalPrompt ?? "" },
      origins,
      quality: job.quality ?? "medium",
      format: "url"
    },
    events
  )
  return { ...described, result }
})

/** The job's events as they come, each with its number as `id`. */
export const streamJob = (
  job: Job,
  happening: Stream.Stream<JobEvent, DrawError>,
  origins: Origins,
  sse: SseEncoder["Service"]
) => {
  const events = encodeEvents(happening, {
    initial: undefined,
    event: (_, { event, sequence }: JobEvent) => [undefined, [written(tell(event, origins), sequence)]],
    success: () => [written({ type: "completed" })],
    failure: ({ body }): ReadonlyArray<ServerSentEvent> => [{ event: "error", data: JSON.stringify(body) }]
  })
  return eventStream({ events, heartbeat: { comment: "keep-alive" }, cost: job, jobId: job.id, sse })
}

const written = (event: JobStreamEvent, id?: number): ServerSentEvent => ({
  event: event.type,
  data: JSON.stringify(event),
  ...(id !== undefined && { id: String(id) })
})

const tell = (event: GenerationEvent, origins: Origins): JobStreamEvent => {
  switch (event._tag) {
    case "PromptReady": {
      const { n, plan, prompt } = event
      return { type: "prompt_ready", prompt, model: plan.model.id, size: formatSize(plan.size), n }
    }
    case "Drawing":
      return { type: "drawing", index: event.index }
    case "ImageReady": {
      const { key, model, seed, size } = event.image
      return {
        type: "image_ready",
        index: event.index,
        ...(key && { url: imageUrl(origins, key) }),
        size: formatSize(size),
        model,
        ...(seed !== undefined && { seed }),
        ...tellCost(event.image)
      }
    }
    case "ImageFailed":
      return { type: "image_failed", index: event.index, error: errorAnswer(event.error).body.error }
  }
}

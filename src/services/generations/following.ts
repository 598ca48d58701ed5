import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import type { Caller } from "../../domain/Caller.ts"
import { DrawError, GenerationInterrupted, ImageNotReady, UpstreamError } from "../../domain/Errors.ts"
import { type GeneratedImage, type GenerationEvent, GenerationEventJson } from "../../domain/GenerationEvent.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { ImageFile } from "../../domain/ImageFile.ts"
import type { ImageKey } from "../../domain/ImageKey.ts"
import type { JobEvent, JobOpening } from "../../domain/Job.ts"
import type { ImageStore } from "../ImageStore.ts"
import type { JobRunner } from "../JobRunner.ts"
import type { Ledger } from "../Ledger.ts"
import type { LedgerJob } from "../ledger/LedgerMessage.ts"

const decodeEvent = Schema.decodeUnknownEffect(GenerationEventJson)
const decodeError = Schema.decodeUnknownEffect(Schema.toCodecJson(DrawError))
const unreadable = (cause: unknown) => new GenerationInterrupted({ cause })

/** The events that came with a job. */
const eventsIn = (job: LedgerJob): Stream.Stream<JobEvent, DrawError> =>
  Stream.fromIterable(job.events).pipe(
    Stream.mapEffect(({ event, sequence }) =>
      decodeEvent(event).pipe(
        Effect.map((decoded) => ({ sequence, event: decoded })),
        Effect.mapError(unreadable)
      )
    )
  )

/** How a job that has ended ends a stream of its events. */
const endOf = (job: LedgerJob): Stream.Stream<never, DrawError> => {
  if (job.error !== undefined) {
    return Stream.fromEffectDrain(
      decodeError(job.error).pipe(
        Effect.mapError(unreadable),
        Effect.flatMap((error) => Effect.fail(error))
      )
    )
  }
  return job.status === "failed"
    ? Stream.fail(new GenerationInterrupted({ cause: "nothing was heard of it in time" }))
    : Stream.empty
}

/** What has happened to a job so far, and its end where it has ended. */
export const happened = (job: LedgerJob): Stream.Stream<JobEvent, DrawError> =>
  job.status === "running" ? eventsIn(job) : Stream.concat(eventsIn(job), endOf(job))

/** What has happened to a job and what will, until it ends. */
export const makeFollowing = (ledger: Ledger["Service"]) => {
  const follow = (caller: Caller, job: LedgerJob, after: number): Stream.Stream<JobEvent, DrawError> => {
    if (job.status !== "running") return happened(job)
    const last = job.events.at(-1)?.sequence ?? after
    const next = ledger.follow(caller, job.id, last).pipe(
      Effect.mapError(
        (error): DrawError => (error._tag === "LedgerUnavailable" ? error : new GenerationInterrupted({ cause: error }))
      ),
      Effect.map((told) => follow(caller, told, last))
    )
    return Stream.concat(eventsIn(job), Stream.unwrap(next))
  }
  return follow
}

/** A job, and the keys under which a request that has joined it finds the pictures. */
export interface Followed extends Pick<JobOpening, "links"> {
  readonly id: string
  readonly keys: ReadonlyArray<ImageKey>
}

/** Gives the events of somebody else's drawing the form that a request has asked for: links, bytes or both. */
export const makeFitting = (store: ImageStore["Service"], runner: JobRunner["Service"]) => {
  const readFile = Effect.fnUntraced(function* (jobId: string, index: number, { key }: GeneratedImage) {
    if (!key) {
      // KV has refused it: a runner may still have it at hand.
      const file = yield* runner.takeImage(jobId, index)
      return (
        file ??
        (yield* new UpstreamError({
          message: "The picture was drawn and could not be stored. Its first caller got it; it can't be given again.",
          cause: "not stored"
        }))
      )
    }
    const bytes = yield* store.get(key).pipe(Effect.mapError(() => new ImageNotReady()))
    return ImageFile.fromBytes(bytes) ?? (yield* new ImageNotReady())
  })

  const fitted = Effect.fnUntraced(function* (
    { id, keys, links }: Followed,
    request: Pick<GenerationRequest, "bytes" | "store">,
    index: number,
    image: GeneratedImage
  ): Effect.fn.Return<GeneratedImage, DrawError> {
    const hidden = !links
    const { key, storageFailed, ...facts } = image
    const needsBytes = request.bytes || storageFailed || (hidden && request.store)
    const file = needsBytes ? { file: yield* readFile(id, index, image) } : {}
    if (!request.store) return { ...facts, ...file, storageFailed: false }
    if (!hidden) return { ...image, ...file }
    const ownKey = keys[index]
    if (!file.file || !ownKey) return { ...facts, storageFailed }
    return yield* store.put(file.file, ownKey).pipe(
      Effect.map((stored): GeneratedImage => ({ ...facts, ...file, key: stored, storageFailed: false })),
      Effect.catch((error) =>
        Effect.as(Effect.logError("A picture could not be stored", error), { ...facts, ...file, storageFailed: true })
      )
    )
  })

  return (job: Followed, request: Pick<GenerationRequest, "bytes" | "store">) =>
    (event: GenerationEvent): Effect.Effect<GenerationEvent, DrawError> =>
      event._tag === "ImageReady"
        ? Effect.map(fitted(job, request, event.index, event.image), (image) => ({ ...event, image }))
        : Effect.succeed(event)
}

/** For those who read a job: keys that were told to nobody stay so. */
export const withoutHiddenKeys =
  ({ links }: Pick<JobOpening, "links">) =>
  ({ event, sequence }: JobEvent): JobEvent => {
    if (links || event._tag !== "ImageReady") return { sequence, event }
    const { key: _, ...image } = event.image
    return { sequence, event: { ...event, image } }
  }

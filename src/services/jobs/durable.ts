import * as Effect from "effect/Effect"
import * as References from "effect/References"
import * as Stream from "effect/Stream"
import { GenerationInterrupted, JobNotFound } from "../../domain/Errors.ts"
import type { GeneratedImage, GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { AppConfig } from "../Config.ts"
import type { Asker, Generations } from "../Generations.ts"
import { ImageStore } from "../ImageStore.ts"
import { report } from "../RequestReport.ts"
import { jobErrorOf, startErrorOf } from "./errorCodec.ts"
import { encodeFrame, noBytes } from "./frames.ts"
import { digestOf } from "./identity.ts"
import { parseJobId } from "./JobId.ts"
import type { Ask } from "./JobInfo.ts"
import { readJob } from "./openedJob.ts"
import { encodeRequest } from "./requestCodec.ts"

/** What of a namespace is used. */
export type ObjectNamespace = Pick<DurableObjectNamespace, "idFromName" | "idFromString"> & {
  readonly get: (id: DurableObjectId) => Pick<DurableObjectStub, "fetch">
}

/** Generations that are drawn and kept in the Durable Objects of a namespace, one for each identity. */
export const makeDurable = Effect.fnUntraced(function* (namespace: ObjectNamespace) {
  const { jobWindow, logPrompts } = yield* AppConfig
  const images = yield* ImageStore

  const call = (id: DurableObjectId, path: string, init: RequestInit) =>
    Effect.tryPromise({
      try: (signal) => namespace.get(id).fetch(`https://generations${path}`, { ...init, signal }),
      catch: (cause) => new GenerationInterrupted({ cause })
    })

  const begin = Effect.fnUntraced(function* (request: GenerationRequest, asker: Asker, follow: boolean) {
    yield* Effect.fromResult(jobWindow)
    const annotations = yield* References.CurrentLogAnnotations
    const { caller, idempotencyKey } = asker
    const identity = idempotencyKey === undefined ? ["request", yield* digestOf(request)] : ["key", idempotencyKey]
    const id = namespace.idFromName(JSON.stringify([caller.name, ...identity]))
    const frames = encodeRequest(request).map(encodeFrame)
    const send = (repeat: boolean) => {
      const ask: Ask = { caller, keyed: idempotencyKey !== undefined, repeat, follow, annotations }
      const body = new Blob([encodeFrame({ value: ask, bytes: noBytes }), ...frames])
      return call(id, "/start", { method: "POST", body })
    }
    const response = yield* send(asker.repeat).pipe(
      // What the first call may have begun is joined by the second, so nothing is drawn twice.
      Effect.catch(() => send(true))
    )
    if (logPrompts) yield* report({ prompt: request.originalPrompt })
    const read = yield* readJob(response)
    const { neurons: _, ...fields } = read.info.opening.fields
    // What was drawn once is told once.
    yield* report(read.info.joined ? { ...fields, joined: true } : read.info.opening.fields)
    return read
  })

  const ask = Effect.fnUntraced(function* (id: string, method: string, search: Readonly<Record<string, string>>) {
    const place = parseJobId(id)
    if (!place) return yield* new JobNotFound()
    const objectId = yield* Effect.try({
      try: () => namespace.idFromString(place.objectId),
      catch: () => new JobNotFound()
    })
    const query = new URLSearchParams({ id, ...search })
    const response = yield* call(objectId, `/jobs?${query}`, { method })
    return yield* Effect.mapError(readJob(response), jobErrorOf)
  })

  /** Stores a picture that another dialect has asked for without a link, and tells no link that was not asked for. */
  const asWanted =
    (request: GenerationRequest) =>
    (event: GenerationEvent): Effect.Effect<GenerationEvent> => {
      if (event._tag !== "ImageReady") return Effect.succeed(event)
      const { key, ...image } = event.image
      if (!request.store) return Effect.succeed({ ...event, image: { ...image, storageFailed: false } })
      if (key || image.storageFailed) return Effect.succeed(event)
      return images.put(image.file).pipe(
        Effect.map((stored): GeneratedImage => ({ ...image, key: stored })),
        Effect.catch((error) =>
          Effect.as(Effect.logError("A picture could not be stored", error), { ...image, storageFailed: true })
        ),
        Effect.map((fitted) => ({ ...event, image: fitted }))
      )
    }

  const service: Generations["Service"] = {
    start: Effect.fnUntraced(function* (request, asker) {
      const { events, job } = yield* Effect.mapError(begin(request, asker, true), startErrorOf)
      return {
        ...job,
        events: events({ wait: true }).pipe(
          Stream.map(({ event }) => event),
          Stream.mapEffect(asWanted(request))
        )
      }
    }),
    submit: (request, asker) =>
      begin(request, asker, false).pipe(
        Effect.map(({ job }) => job),
        Effect.mapError(startErrorOf)
      ),
    events: (id, caller, { after, wait }) =>
      ask(id, "GET", { caller: caller.name, after: String(after), ...(wait && { wait: "" }) }).pipe(
        Effect.map(({ events, job }) => ({ job, events: events({ wait }) }))
      ),
    cancel: (id, caller) => Effect.asVoid(ask(id, "DELETE", { caller: caller.name }))
  }
  return service
})

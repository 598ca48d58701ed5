import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { type DrawError, GenerationInterrupted, type JobNotFound, type StartError } from "../../domain/Errors.ts"
import { Budgets } from "../Budgets.ts"
import { meter } from "../budgets/meter.ts"
import { AppConfig } from "../Config.ts"
import { ImageGenerator } from "../ImageGenerator.ts"
import { WorkerContext } from "../WorkerContext.ts"
import { encodeError } from "./errorCodec.ts"
import { decodeFrames, encodeFrame, type Frame } from "./frames.ts"
import { type GenerationJobs, makeGenerationJobs } from "./GenerationJobs.ts"
import { encodeInfo, infoHeader, type JobInfo, readAsk } from "./JobInfo.ts"
import { type JobStore, makeJobStore } from "./JobStore.ts"
import { decodeRequest } from "./requestCodec.ts"

/** What runs effects with the services that a generation needs. */
export interface ObjectRuntime {
  readonly runPromise: <A, E>(
    effect: Effect.Effect<A, E, AppConfig | Budgets | ImageGenerator>,
    options?: { readonly signal?: AbortSignal }
  ) => Promise<A>
}

/** What of the platform's context is used. */
export type ObjectContext = Pick<DurableObjectState, "waitUntil"> & {
  readonly id: Pick<DurableObjectId, "toString">
  readonly storage: Pick<DurableObjectStorage, "setAlarm" | "deleteAll"> & { readonly sql: Pick<SqlStorage, "exec"> }
}

/**
 * The Durable Object that draws, keeps what it draws for `JOB_WINDOW`, and tells it to all who ask. Its addresses are
 * `POST /start` and `GET` or `DELETE /jobs?id=&caller=`, for `layerDurable` alone.
 */
export class GenerationObject {
  readonly #context: ObjectContext
  readonly #runtime: ObjectRuntime
  #store: JobStore | undefined
  #jobs: Promise<GenerationJobs> | undefined

  constructor(context: ObjectContext, runtime: ObjectRuntime) {
    this.#context = context
    this.#runtime = runtime
  }

  async fetch(request: Request): Promise<Response> {
    const jobs = await this.#open()
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === "/start") return this.#runtime.runPromise(start(jobs, request), { signal: request.signal })
    const id = searchParams.get("id") ?? ""
    const caller = searchParams.get("caller") ?? ""
    if (request.method === "DELETE") {
      return this.#runtime.runPromise(respond(Effect.map(jobs.cancel(id, caller), (info) => ({ info }))))
    }
    const after = Number(searchParams.get("after") ?? "-1")
    return this.#runtime.runPromise(respond(jobs.open(id, caller, { after, wait: searchParams.has("wait") })))
  }

  /** Forgets what is over, and with the last of it the object itself. */
  async alarm(): Promise<void> {
    const next = await this.#runtime.runPromise((await this.#open()).tidy)
    if (next !== undefined) return this.#context.storage.setAlarm(next)
    await this.#context.storage.deleteAll()
    this.#store = undefined
  }

  #open(): Promise<GenerationJobs> {
    this.#jobs ??= this.#runtime.runPromise(
      Effect.gen({ self: this }, function* () {
        const { jobWindow } = yield* AppConfig
        const generate = meter(yield* ImageGenerator, yield* Budgets)
        const context = this.#context
        return makeGenerationJobs({
          objectId: context.id.toString(),
          // A wrong setting is told before anything gets here.
          windowMillis: 1000 * Result.getOrElse(jobWindow, () => 0),
          store: () => {
            this.#store ??= makeJobStore(context.storage.sql)
            return this.#store
          },
          generate: (request, caller, ledger) =>
            generate(request, caller, ledger).pipe(Effect.provideService(WorkerContext, context)),
          waitUntil: (promise) => context.waitUntil(promise),
          wakeAt: (millis) => context.waitUntil(context.storage.setAlarm(millis))
        })
      })
    )
    return this.#jobs
  }
}

const start = Effect.fnUntraced(function* (jobs: GenerationJobs, request: Request) {
  const [first, ...rest] = yield* Stream.runCollect(decodeFrames(bodyOf(request))).pipe(Effect.orElseSucceed(() => []))
  const ask = readAsk(first?.value)
  const wanted = decodeRequest(rest)
  if (!ask || !wanted) return failed(new GenerationInterrupted({ cause: "the request could not be read" }))
  const { annotations, ...claim } = ask
  const opened = jobs.start({ ...claim, request: wanted }).pipe(Effect.annotateLogs(annotations))
  return yield* respond(ask.follow ? opened : Effect.map(opened, ({ info }) => ({ info })))
})

const bodyOf = ({ body }: Request): Stream.Stream<Uint8Array, unknown> =>
  body === null ? Stream.empty : Stream.fromReadableStream({ evaluate: () => body, onError: (error) => error })

const respond = (
  opened: Effect.Effect<
    { readonly info: JobInfo; readonly frames?: Stream.Stream<Frame> },
    StartError | DrawError | JobNotFound
  >
): Effect.Effect<Response> =>
  opened.pipe(
    Effect.flatMap(({ frames, info }) => {
      const headers = { [infoHeader]: encodeInfo(info) }
      if (!frames) return Effect.succeed(new Response(null, { headers }))
      // Without a buffer, what nobody reads stays where it is, and a reader that goes away is noticed.
      return Stream.toReadableStreamEffect(Stream.map(frames, encodeFrame), { strategy: { highWaterMark: 0 } }).pipe(
        Effect.map((body) => new Response(body, { headers }))
      )
    }),
    Effect.catch((error) => Effect.succeed(failed(error)))
  )

const failed = (error: StartError | DrawError | JobNotFound): Response =>
  Response.json(encodeError(error), { status: 422 })

import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import type { Caller } from "../domain/Caller.ts"
import type { DrawError, JobError, StartError } from "../domain/Errors.ts"
import type { Generation } from "../domain/Generation.ts"
import type { GenerationRequest } from "../domain/GenerationRequest.ts"
import type { Job, JobEvent } from "../domain/Job.ts"
import type { Requester } from "../domain/Requester.ts"
import type { Webhook } from "../domain/Webhook.ts"
import { AppConfig } from "./Config.ts"
import { readJob } from "./generations/claiming.ts"
import { happened, makeFitting, makeFollowing, withoutHiddenKeys } from "./generations/following.ts"
import { makeStarting } from "./generations/starting.ts"
import { ImageGenerator } from "./ImageGenerator.ts"
import { ImageStore } from "./ImageStore.ts"
import { JobRunner } from "./JobRunner.ts"
import { Ledger } from "./Ledger.ts"
import { WorkerContext } from "./WorkerContext.ts"

/**
 * Carries requests out: prepared by {@link ImageGenerator}, claimed in the {@link Ledger}, drawn here or by the
 * {@link JobRunner}, and settled. It is what the dialects stand before.
 */
export class Generations extends Context.Service<
  Generations,
  {
    /** Begins a generation or joins the one that is repeated. */
    readonly start: (request: GenerationRequest, requester: Requester) => Effect.Effect<Generation, StartError>
    /**
     * Begins or joins without waiting. `undefined` where nobody would remember it; with a webhook, to which its end is told,
     * that is an InvalidRequest.
     */
    readonly submit: (
      request: GenerationRequest,
      requester: Requester,
      webhook?: Webhook
    ) => Effect.Effect<Job | undefined, StartError>
    /**
     * The events after the number `after` so far; with `wait` also those to come, until the job ends. `bytes` says whether
     * pictures come with their bytes: always, or (`false`) where they have no link. Without it they never do.
     */
    readonly events: (
      id: string,
      caller: Caller,
      options: { readonly after: number; readonly wait: boolean; readonly bytes?: boolean }
    ) => Effect.Effect<{ readonly job: Job; readonly events: Stream.Stream<JobEvent, DrawError> }, JobError>
    /** Lets a job that runs begin no further picture. */
    readonly cancel: (id: string, caller: Caller) => Effect.Effect<void, JobError>
  }
>()("flux/services/Generations") {
  static readonly layer = Layer.effect(
    Generations,
    Effect.gen(function* () {
      const config = yield* AppConfig
      const generator = yield* ImageGenerator
      const ledger = yield* Ledger
      const runner = yield* JobRunner
      const store = yield* ImageStore
      const worker = yield* WorkerContext
      const follow = makeFollowing(ledger)
      const fitting = makeFitting(store, runner)
      const starting = makeStarting({ config, generator, ledger, runner, store, worker })

      return Generations.of({
        start: starting.start,
        submit: starting.submit,
        events: Effect.fnUntraced(function* (id, caller, { after, bytes, wait }) {
          const told = yield* ledger.read(caller, id, after)
          const job = yield* readJob(told)
          const all = wait ? follow(caller, told, after) : happened(told)
          if (bytes === undefined) return { job, events: Stream.map(all, withoutHiddenKeys(job)) }
          // What has no links can only be given as bytes.
          const form = job.links ? { store: true, bytes } : { store: false, bytes: true }
          const fitted = fitting({ id, links: job.links, keys: [] }, form)
          const events = Stream.mapEffect(all, ({ event, sequence }) =>
            Effect.map(fitted(event), (told): JobEvent => ({ sequence, event: told }))
          )
          return { job, events }
        }),
        cancel: (id, caller) => Effect.asVoid(ledger.cancel(caller, id))
      })
    })
  )
}

import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as References from "effect/References"
import * as Schema from "effect/Schema"
import type { Caller } from "../domain/Caller.ts"
import { LedgerUnavailable } from "../domain/Errors.ts"
import type { GenerationRequest } from "../domain/GenerationRequest.ts"
import { ImageFile } from "../domain/ImageFile.ts"
import type { Webhook } from "../domain/Webhook.ts"
import { Bindings } from "./Bindings.ts"
import { RunMessageJson } from "./jobRunner/RunMessage.ts"
import type { Claim } from "./ledger/LedgerMessage.ts"

/** Draws what has been claimed where no request has to wait for it: for up to about 15 minutes. */
export class JobRunner extends Context.Service<
  JobRunner,
  {
    readonly bound: boolean
    /** Hands a claimed generation over. What comes of it, the ledger tells, and the runner a webhook. */
    readonly run: (
      caller: Caller,
      claim: Claim,
      request: GenerationRequest,
      webhook?: Webhook
    ) => Effect.Effect<void, LedgerUnavailable>
    /** A picture that was drawn for a job and that Workers KV refused; `undefined` where it is no longer at hand. */
    readonly takeImage: (jobId: string, index: number) => Effect.Effect<ImageFile | undefined>
  }
>()("flux/services/JobRunner") {
  /** Everything is drawn by the request that asks for it. */
  static readonly layerNone = Layer.sync(JobRunner, () => ({
    bound: false,
    run: () => Effect.fail(new LedgerUnavailable({ cause: "no binding RUNNER" })),
    takeImage: () => Effect.succeed(undefined)
  }))

  /** One Durable Object for each job. */
  static readonly layerDurable = (namespace: RunnerNamespace): Layer.Layer<JobRunner> =>
    Layer.sync(JobRunner, () => {
      const call = (jobId: string, path: string, init: RequestInit) =>
        Effect.tryPromise({
          try: (signal) =>
            namespace.get(namespace.idFromName(jobId)).fetch(`https://runner${path}`, { ...init, signal }),
          catch: (cause) => new LedgerUnavailable({ cause })
        }).pipe(
          Effect.timeoutOrElse({
            duration: "5 seconds",
            orElse: () => Effect.fail(new LedgerUnavailable({ cause: "no answer within 5 seconds" }))
          })
        )
      return {
        bound: true,
        run: Effect.fnUntraced(function* (caller, claim, request, webhook) {
          const annotations = yield* References.CurrentLogAnnotations
          const span = yield* Effect.result(Effect.currentSpan)
          const body = encodeMessage({
            claim,
            caller,
            request,
            ...(webhook && { webhook }),
            annotations: Object.fromEntries(Object.entries(annotations).map(([name, value]) => [name, String(value)])),
            ...(span._tag === "Success" && {
              span: {
                traceId: span.success.traceId,
                spanId: span.success.spanId,
                sampled: span.success.sampled
              }
            })
          })
          const response = yield* call(claim.id, "/", { method: "POST", body })
          if (!response.ok) return yield* new LedgerUnavailable({ cause: `the runner answered ${response.status}` })
        }),
        takeImage: (jobId, index) =>
          call(jobId, `/images/${index}`, {}).pipe(
            Effect.flatMap((response) =>
              response.ok ? Effect.promise(() => response.arrayBuffer()) : Effect.succeed(undefined)
            ),
            Effect.map((buffer) => buffer && ImageFile.fromBytes(new Uint8Array(buffer))),
            Effect.catch((error) => Effect.as(Effect.logWarning("A runner could not be asked", error), undefined))
          )
      }
    })

  /** Durable where RUNNER is bound. */
  static readonly layer = Layer.unwrap(
    Effect.map(Bindings, ({ RUNNER }) => (RUNNER ? JobRunner.layerDurable(RUNNER) : JobRunner.layerNone))
  )
}

/** What of a namespace is used. */
export type RunnerNamespace = Pick<DurableObjectNamespace, "idFromName"> & {
  readonly get: (id: DurableObjectId) => Pick<DurableObjectStub, "fetch">
}

const encodeMessage = Schema.encodeSync(RunMessageJson)

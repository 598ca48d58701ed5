import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import type { Caller } from "../domain/Caller.ts"
import { BindingMissing, type JobError, JobNotFound, LedgerUnavailable } from "../domain/Errors.ts"
import { isJobId } from "../domain/Job.ts"
import { Bindings } from "./Bindings.ts"
import {
  type Claim,
  ClaimAnswer,
  type End,
  EndAnswer,
  JobAnswer,
  type LedgerJob,
  type LedgerMessage,
  type Progress,
  ProgressAnswer,
  UsageAnswer
} from "./ledger/LedgerMessage.ts"

/**
 * The account of each key: which generations there are, what came of them, and what they used. It decides and remembers;
 * it draws nothing and holds no picture. Every call has a time limit.
 */
export class Ledger extends Context.Service<
  Ledger,
  {
    /** Whether there is one. Without it nothing is joined, counted or remembered. */
    readonly bound: boolean
    /** Joins an earlier generation, or reserves what a new one needs. A lost call is sent again: it is the same claim. */
    readonly claim: (caller: Caller, claim: Claim) => Effect.Effect<ClaimAnswer, LedgerUnavailable>
    /** Says how a generation has ended and what it has used. */
    readonly end: (caller: Caller, end: End) => Effect.Effect<EndAnswer, LedgerUnavailable>
    /** Tells an event of a generation that runs, and asks whether it has been cancelled. */
    readonly progress: (caller: Caller, progress: Progress) => Effect.Effect<ProgressAnswer, LedgerUnavailable>
    /** A job with its events of a higher number than `after`. */
    readonly read: (caller: Caller, id: string, after: number) => Effect.Effect<LedgerJob, JobError>
    /** Like {@link read}, answered when there is something new, and after 20 seconds all the same. */
    readonly follow: (caller: Caller, id: string, after: number) => Effect.Effect<LedgerJob, JobError>
    /** Lets a job that runs begin no further picture. */
    readonly cancel: (caller: Caller, id: string) => Effect.Effect<LedgerJob, JobError>
    /** What the key has used today, what is being drawn included, and in the last 31 days (UTC). */
    readonly usage: (caller: Caller) => Effect.Effect<UsageAnswer, BindingMissing | LedgerUnavailable>
  }
>()("flux/services/Ledger") {
  /** Nothing is joined, counted or remembered. */
  static readonly layerNone = Layer.suspend(() => {
    const missing = Effect.fail(new BindingMissing({ binding: "LEDGER" }))
    const unavailable = Effect.fail(new LedgerUnavailable({ cause: "no binding LEDGER" }))
    return Layer.succeed(Ledger, {
      bound: false,
      claim: () => unavailable,
      end: () => unavailable,
      progress: () => unavailable,
      read: () => missing,
      follow: () => missing,
      cancel: () => missing,
      usage: () => missing
    })
  })

  /** One Durable Object for the name of each key. */
  static readonly layerDurable = (namespace: LedgerNamespace): Layer.Layer<Ledger> =>
    Layer.sync(Ledger, () => {
      const call = <A>(caller: Caller, message: LedgerMessage, decode: (answer: unknown) => A) =>
        Effect.tryPromise({
          try: async (signal) => {
            const stub = namespace.get(namespace.idFromName(caller.name))
            const response = await stub.fetch(address, { method: "POST", body: JSON.stringify(message), signal })
            if (!response.ok) throw new Error(`The ledger answered ${response.status}`)
            return decode(await response.json())
          },
          catch: (cause) => new LedgerUnavailable({ cause })
        })

      const find = Effect.fnUntraced(function* (
        caller: Caller,
        message: Extract<LedgerMessage, { readonly _tag: "Read" | "Follow" | "Cancel" }>
      ) {
        if (!isJobId(message.id)) return yield* new JobNotFound()
        const answer = yield* call(caller, message, readJob)
        return answer._tag === "NotFound" ? yield* new JobNotFound() : answer.job
      })

      return {
        bound: true,
        // Each may be sent again: a claim and an end are known by their id.
        claim: (caller, claim) => within("5 seconds")(Effect.retry(call(caller, claim, readClaim), once)),
        end: (caller, end) => within("5 seconds")(Effect.retry(call(caller, end, readEnd), once)),
        progress: (caller, progress) => within("5 seconds")(call(caller, progress, readProgress)),
        read: (caller, id, after) => within("5 seconds")(find(caller, { _tag: "Read", id, after })),
        follow: (caller, id, after) =>
          within("25 seconds")(Effect.retry(find(caller, { _tag: "Follow", id, after }), onceUnreached)),
        cancel: (caller, id) => within("5 seconds")(find(caller, { _tag: "Cancel", id })),
        usage: (caller) => within("5 seconds")(call(caller, { _tag: "Usage" }, readUsage))
      }
    })

  /** Durable where LEDGER is bound. */
  static readonly layer = Layer.unwrap(
    Effect.map(Bindings, ({ LEDGER }) => (LEDGER ? Ledger.layerDurable(LEDGER) : Ledger.layerNone))
  )
}

/** What of a namespace is used. */
export type LedgerNamespace = Pick<DurableObjectNamespace, "idFromName"> & {
  readonly get: (id: DurableObjectId) => Pick<DurableObjectStub, "fetch">
}

const address = "https://ledger/"

const within =
  (duration: "5 seconds" | "25 seconds") =>
  <A, E>(call: Effect.Effect<A, E>): Effect.Effect<A, E | LedgerUnavailable> =>
    Effect.timeoutOrElse(call, {
      duration,
      orElse: () => Effect.fail(new LedgerUnavailable({ cause: `no answer within ${duration}` }))
    })

const once = { times: 1 }
const onceUnreached = { times: 1, while: (error: JobError) => error._tag === "LedgerUnavailable" }

const readClaim = Schema.decodeUnknownSync(ClaimAnswer)
const readEnd = Schema.decodeUnknownSync(EndAnswer)
const readProgress = Schema.decodeUnknownSync(ProgressAnswer)
const readJob = Schema.decodeUnknownSync(JobAnswer)
const readUsage = Schema.decodeUnknownSync(UsageAnswer)

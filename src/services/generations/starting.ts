import type * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import { type DrawError, LedgerUnavailable, type StartError } from "../../domain/Errors.ts"
import type { Generation } from "../../domain/Generation.ts"
import type { GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { type Job, jobIdOf, makeJobId } from "../../domain/Job.ts"
import type { PreparedGeneration } from "../../domain/PreparedGeneration.ts"
import type { Requester } from "../../domain/Requester.ts"
import { sumCosts } from "../../domain/Usage.ts"
import type { Webhook } from "../../domain/Webhook.ts"
import type { AppConfig } from "../Config.ts"
import { Identifiers } from "../Identifiers.ts"
import type { ImageGenerator } from "../ImageGenerator.ts"
import type { ImageStore } from "../ImageStore.ts"
import { parallelDraws } from "../imageGenerator/drawing.ts"
import { makeTally } from "../imageGenerator/Tally.ts"
import type { JobRunner } from "../JobRunner.ts"
import type { Ledger } from "../Ledger.ts"
import type { Claim, LedgerJob } from "../ledger/LedgerMessage.ts"
import { report } from "../RequestReport.ts"
import type { WorkerContext } from "../WorkerContext.ts"
import { claimFor, isLimited, limitsOf, readJob, refused, webhookRefused } from "./claiming.ts"
import { makeFitting, makeFollowing } from "./following.ts"
import { makeSettling } from "./settling.ts"

/** The services that carry a request out. */
interface Services {
  readonly config: AppConfig["Service"]
  readonly generator: ImageGenerator["Service"]
  readonly ledger: Ledger["Service"]
  readonly runner: JobRunner["Service"]
  readonly store: ImageStore["Service"]
  readonly worker: WorkerContext["Service"]
}

/** What became of a claim. `told` is whether the ledger knows of it. */
type Opened = { readonly _tag: "Draw"; readonly told: boolean } | { readonly _tag: "Join"; readonly job: LedgerJob }

/** A request with what its sender has said of it beside. */
const asOf = ({ noFallback }: Requester, request: GenerationRequest): GenerationRequest =>
  noFallback ? { ...request, fallback: false } : request

/** A model that takes longer draws where no request has to wait. */
const patientSeconds = 20

export const makeStarting = ({ config, generator, ledger, runner, store, worker }: Services) => {
  const settle = makeSettling(ledger, store)
  const follow = makeFollowing(ledger)
  const fitting = makeFitting(store, runner)

  const prepare = Effect.fnUntraced(function* (request: GenerationRequest, requester: Requester, webhook?: Webhook) {
    // A limit that can't be kept is told before anything else is done.
    const limits = limitsOf(requester.caller, yield* Effect.fromResult(config.limits))
    const prepared = yield* generator.prepare(request)
    if (!ledger.bound) return { prepared, claim: undefined, limited: false }
    const windowMillis = (yield* Effect.fromResult(config.jobWindow)) * 1000
    const last = prepared.keys.at(-1)
    const id = last ? jobIdOf(last) : makeJobId((yield* Identifiers).next())
    const claim = yield* claimFor(id, prepared, requester, { limits, windowMillis, webhook })
    return { prepared, claim, limited: isLimited(limits) }
  })

  const generationOf = (prepared: PreparedGeneration) => ({
    plan: prepared.plan,
    inputs: prepared.inputs.map(({ size }) => size),
    keys: prepared.keys,
    ...sumCosts([prepared])
  })

  /** Asks the ledger. Where it can't be reached, only a key without limits may go on. */
  const claimOpen = Effect.fnUntraced(function* (
    claim: Claim,
    { caller }: Requester,
    limited: boolean
  ): Effect.fn.Return<Opened, StartError> {
    const answer = yield* Effect.result(ledger.claim(caller, claim))
    if (answer._tag === "Failure") {
      if (limited) return yield* answer.failure
      yield* Effect.logWarning("A generation is drawn without the ledger", answer.failure)
      return { _tag: "Draw", told: false }
    }
    switch (answer.success._tag) {
      case "Draw":
        return { _tag: "Draw", told: true }
      case "Join":
        return answer.success
      default:
        return yield* refused(answer.success, claim)
    }
  })

  /**
   * Draws in a fiber of its own, which goes on when the client leaves: what was begun has been paid for. Where the claim
   * decides nothing, it is made beside the drawing.
   */
  const drawHere = Effect.fnUntraced(function* (
    prepared: PreparedGeneration,
    requester: Requester,
    asked: Claim,
    limited: boolean
  ) {
    const decides = limited || requester.repeatable
    const claim: Claim = decides ? asked : { ...asked, awaited: false }
    const events = yield* Queue.unbounded<GenerationEvent, DrawError | Cause.Done>()
    const opened = yield* Deferred.make<Opened, StartError>()
    let left = false
    const leave = Effect.sync(() => {
      left = true
    })
    const tally = makeTally(Effect.sync(() => !left || requester.repeatable))

    const draw = Effect.gen(function* () {
      const drawn: Array<GenerationEvent> = []
      const exit = yield* generator.draw(prepared, tally).pipe(
        Stream.runForEach((event) => {
          drawn.push(event)
          return Queue.offer(events, event)
        }),
        Effect.exit
      )
      yield* Exit.isSuccess(exit) ? Queue.end(events) : Queue.failCause(events, exit.cause)
      return { claim, events: drawn, exit, tally }
    })

    const claimed = Effect.onExit(claimOpen(claim, requester, limited), (exit) => Deferred.done(opened, exit))
    const options = { keep: requester.repeatable }
    const drawing = decides
      ? Effect.flatMap(claimed, (answer) => {
          if (answer._tag === "Join") return Effect.void
          return answer.told
            ? Effect.flatMap(draw, (drawn) => settle(requester.caller, drawn, options))
            : Effect.asVoid(draw)
        })
      : Effect.gen(function* () {
          const claiming = yield* Effect.forkChild(claimed)
          const drawn = yield* draw
          yield* Fiber.await(claiming)
          yield* settle(requester.caller, drawn, options)
        })
    const fiber = yield* Effect.forkDetach(Effect.ignore(drawing))
    worker.waitUntil(new Promise((resolve) => fiber.addObserver(() => resolve(undefined))))
    const answer = yield* Effect.onInterrupt(Deferred.await(opened), () => leave)
    const stream: Stream.Stream<GenerationEvent, DrawError> = Stream.onExit(Stream.fromQueue(events), (exit) =>
      Exit.hasInterrupts(exit) ? leave : Effect.void
    )
    return { answer, events: stream }
  })

  /** Another's drawing, or that of a runner, as this request wants it told. */
  const followed = Effect.fnUntraced(function* (told: LedgerJob, request: GenerationRequest, { caller }: Requester) {
    const job = yield* readJob(told)
    const { id: jobId, inputs, plan } = job
    // What was drawn without links gets them anew.
    const keys = job.links ? (job.keys ?? []) : request.store ? yield* store.keys(job.n) : []
    const events = follow(caller, told, -1).pipe(
      Stream.map(({ event }) => event),
      Stream.mapEffect(fitting({ id: jobId, links: job.links, keys }, request))
    )
    return { plan, inputs, keys, ...sumCosts([job]), jobId, events } satisfies Generation
  })

  const joined = (told: LedgerJob, request: GenerationRequest, requester: Requester) =>
    // What was drawn once is counted once.
    Effect.andThen(report({ joined: true, neurons: 0, dollars: 0 }), followed(told, request, requester))

  const handOver = Effect.fnUntraced(function* (
    claim: Claim,
    request: GenerationRequest,
    { caller }: Requester,
    webhook?: Webhook
  ) {
    yield* runner.run(caller, claim, request, webhook)
    return yield* ledger
      .read(caller, claim.id, -1)
      .pipe(
        Effect.mapError(
          (error): LedgerUnavailable =>
            error._tag === "LedgerUnavailable" ? error : new LedgerUnavailable({ cause: error })
        )
      )
  })

  const takesLong = ({ fallbacks, plan, request }: PreparedGeneration) =>
    request.n > parallelDraws || [{ plan }, ...fallbacks].some((each) => each.plan.model.seconds > patientSeconds)

  const start = Effect.fnUntraced(function* (
    asked: GenerationRequest,
    requester: Requester
  ): Effect.fn.Return<Generation, StartError> {
    const request = asOf(requester, asked)
    const { claim, limited, prepared } = yield* prepare(request, requester)
    const generation = generationOf(prepared)
    if (!claim) return { ...generation, events: generator.draw(prepared) }
    if (runner.bound && takesLong(prepared)) {
      const opened = yield* claimOpen(claim, requester, limited)
      if (opened._tag === "Join") return yield* joined(opened.job, request, requester)
      if (!opened.told) return { ...generation, events: generator.draw(prepared) }
      return yield* followed(yield* handOver(claim, request, requester), request, requester)
    }
    const { answer, events } = yield* drawHere(prepared, requester, claim, limited)
    if (answer._tag === "Join") return yield* joined(answer.job, request, requester)
    return { ...generation, events, ...(answer.told && { jobId: claim.id }) }
  })

  const submit = Effect.fnUntraced(function* (
    asked: GenerationRequest,
    requester: Requester,
    webhook?: Webhook
  ): Effect.fn.Return<Job | undefined, StartError> {
    if (!ledger.bound || !runner.bound) return webhook ? yield* webhookRefused() : undefined
    // A job is told by links.
    const request = { ...asOf(requester, asked), store: true, bytes: false }
    const { claim } = yield* prepare(request, requester, webhook)
    if (!claim) return undefined
    const opened = yield* claimOpen(claim, requester, true)
    return yield* readJob(opened._tag === "Join" ? opened.job : yield* handOver(claim, request, requester, webhook))
  })

  return { start, submit }
}

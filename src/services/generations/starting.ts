import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { LedgerUnavailable, type StartError } from "../../domain/Errors.ts"
import type { Generation } from "../../domain/Generation.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import type { Job } from "../../domain/Job.ts"
import type { PreparedGeneration } from "../../domain/PreparedGeneration.ts"
import type { Requester } from "../../domain/Requester.ts"
import { sumCosts } from "../../domain/Usage.ts"
import type { Webhook } from "../../domain/Webhook.ts"
import type { AppConfig } from "../Config.ts"
import type { ImageGenerator } from "../ImageGenerator.ts"
import type { ImageStore } from "../ImageStore.ts"
import { parallelDraws } from "../imageGenerator/drawing.ts"
import type { JobRunner } from "../JobRunner.ts"
import type { Ledger } from "../Ledger.ts"
import type { Claim, LedgerJob } from "../ledger/LedgerMessage.ts"
import { report } from "../RequestReport.ts"
import type { WorkerContext } from "../WorkerContext.ts"
import { makeClaiming, readJob, webhookRefused } from "./claiming.ts"
import { makeDrawingHere } from "./drawingHere.ts"
import { makeFitting, makeFollowing } from "./following.ts"
import { makePreparing } from "./preparing.ts"

/** The services that carry a request out. */
interface Services {
  readonly config: AppConfig["Service"]
  readonly generator: ImageGenerator["Service"]
  readonly ledger: Ledger["Service"]
  readonly runner: JobRunner["Service"]
  readonly store: ImageStore["Service"]
  readonly worker: WorkerContext["Service"]
}

/** A request with what its sender has said of it beside. */
const asOf = ({ noFallback }: Requester, request: GenerationRequest): GenerationRequest =>
  noFallback ? { ...request, fallback: false } : request

/** A model that takes longer draws where no request has to wait. */
const patientSeconds = 20

export const makeStarting = ({ config, generator, ledger, runner, store, worker }: Services) => {
  const follow = makeFollowing(ledger)
  const fitting = makeFitting(store, runner)

  const prepare = makePreparing({ config, generator, ledger })
  const claimOpen = makeClaiming(ledger)
  const drawHere = makeDrawingHere({ claimOpen, generator, ledger, store, worker })

  const generationOf = (prepared: PreparedGeneration) => ({
    plan: prepared.plan,
    inputs: prepared.inputs.map(({ size }) => size),
    keys: prepared.keys,
    ...sumCosts([prepared])
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

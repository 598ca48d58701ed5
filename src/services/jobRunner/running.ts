import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import type { Caller } from "../../domain/Caller.ts"
import { type DrawError, GenerationInterrupted } from "../../domain/Errors.ts"
import type { GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import { keysOf } from "../generations/claiming.ts"
import { encodeEvent, makeKeeping, makeSettling } from "../generations/settling.ts"
import { ImageGenerator } from "../ImageGenerator.ts"
import { ImageStore } from "../ImageStore.ts"
import { makeTally } from "../imageGenerator/Tally.ts"
import { Ledger } from "../Ledger.ts"
import type { Claim } from "../ledger/LedgerMessage.ts"
import { makeRecorder, RequestReport } from "../RequestReport.ts"
import { Telemetry, traced } from "../Telemetry.ts"
import type { RunMessage } from "./RunMessage.ts"

/** How much of what could not be stored is kept at hand, in bytes: an isolate has 128 MB. */
const handedOverBytes = 64 * 1024 * 1024

/**
 * Draws a job and tells the ledger each event. Before each picture the ledger is asked whether to go on; where it can't be
 * reached, the drawing goes on. It never fails.
 */
export const runJob = (
  { annotations, caller, claim, request, span }: RunMessage,
  images: Map<number, ImageFile>
): Effect.Effect<void, never, ImageGenerator | ImageStore | Ledger | Telemetry> =>
  Effect.gen(function* () {
    const generator = yield* ImageGenerator
    const ledger = yield* Ledger
    const telemetry = yield* Telemetry
    const store = yield* ImageStore
    const settle = makeSettling(ledger, store)
    const keep = makeKeeping(store, claim.windowMillis)
    const recorder = makeRecorder()
    const events: Array<GenerationEvent> = []

    const goesOn = ledger.progress(caller, { _tag: "Progress", id: claim.id }).pipe(
      Effect.map(({ cancelled }) => !cancelled),
      Effect.catch((error) => Effect.as(Effect.logWarning("The ledger could not be asked", error), true))
    )
    const tally = makeTally(goesOn)

    const tell = Effect.fnUntraced(function* (drawn: GenerationEvent) {
      const sequence = events.length
      const event = yield* keep(drawn)
      if (event._tag === "ImageReady" && event.image.storageFailed && event.image.file) {
        const { file } = event.image
        const held = [...images.values()].reduce((sum, { bytes }) => sum + bytes.length, file.bytes.length)
        if (held <= handedOverBytes) images.set(event.index, file)
      }
      events.push(event)
      yield* ledger
        .progress(caller, { _tag: "Progress", id: claim.id, event: encodeEvent(event), sequence })
        .pipe(Effect.catch((error) => Effect.logWarning("An event of a job could not be told", error)))
    })

    const exit = yield* Effect.gen(function* () {
      const prepared = yield* Effect.mapError(
        generator.prepare(request),
        (error): DrawError =>
          error._tag === "InvalidRequest" || error._tag === "ConfigurationError"
            ? error
            : new GenerationInterrupted({ cause: error })
      )
      const keys = yield* keysOf(claim)
      yield* Stream.runForEach(generator.draw({ ...prepared, keys }, tally), tell)
    }).pipe(traced("job"), Effect.provideService(RequestReport, recorder), Effect.exit)
    if (Exit.isFailure(exit) && Cause.hasDies(exit.cause)) yield* Effect.logError("A job broke off", exit.cause)
    yield* settle(caller, { claim, events, exit, tally }, { keep: true })
    const { attempts, fields, stages } = recorder.report()
    yield* Effect.annotateLogs(Effect.logInfo("job"), { job: claim.id, attempts, ...fields, ...stages })
    yield* telemetry.flush
  }).pipe(
    Effect.annotateLogs(annotations),
    span ? Effect.withParentSpan(Tracer.externalSpan(span)) : (effect) => effect
  )

/** Says of a job that it was lost with its object. It may have been paid for, so all of it counts as used. */
export const reportLost = (caller: Caller, claim: Claim): Effect.Effect<void, never, ImageStore | Ledger> =>
  Effect.gen(function* () {
    const settle = makeSettling(yield* Ledger, yield* ImageStore)
    const tally = { ...makeTally(), spent: () => claim.needed }
    const exit = Exit.fail(new GenerationInterrupted({ cause: "the runner was restarted" }))
    yield* settle(caller, { claim, events: [], exit, tally }, { keep: false })
  })

import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Caller } from "../../domain/Caller.ts"
import { DrawError, GenerationInterrupted } from "../../domain/Errors.ts"
import { type GenerationEvent, GenerationEventJson } from "../../domain/GenerationEvent.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import type { ImageStore } from "../ImageStore.ts"
import { parallelDraws } from "../imageGenerator/drawing.ts"
import type { Tally } from "../imageGenerator/Tally.ts"
import type { Ledger } from "../Ledger.ts"
import type { Claim, End } from "../ledger/LedgerMessage.ts"

const encodeError = Schema.encodeSync(Schema.toCodecJson(DrawError))
export const encodeEvent = Schema.encodeSync(GenerationEventJson)

/** What a drawing came to. */
export interface Drawn {
  readonly claim: Claim
  readonly events: ReadonlyArray<GenerationEvent>
  readonly exit: Exit.Exit<void, DrawError>
  readonly tally: Tally
}

/** Everything that goes wrong after a claim, a defect included, as the failure that a repeat is told. */
const failureOf = (exit: Exit.Exit<void, DrawError>): DrawError | undefined =>
  Exit.isSuccess(exit)
    ? undefined
    : Option.getOrElse(Cause.findErrorOption(exit.cause), () => new GenerationInterrupted({ cause: "a defect" }))

/** Keeps a picture under a key that is made for it now. */
const putNew = (store: ImageStore["Service"], file: ImageFile, options: { readonly seconds: number }) =>
  Effect.flatMap(store.keys(1, options), ([key]) => (key ? store.put(file, key) : Effect.die("no key was made")))

/** Keeps a picture of which only the bytes were asked for, under a key that is told to nobody, as long as its job is kept. */
export const makeKeeping =
  (store: ImageStore["Service"], windowMillis: number) =>
  (event: GenerationEvent): Effect.Effect<GenerationEvent> => {
    if (event._tag !== "ImageReady") return Effect.succeed(event)
    const { image } = event
    if (image.key || image.storageFailed || !image.file) return Effect.succeed(event)
    return putNew(store, image.file, { seconds: Math.max(60, Math.ceil(windowMillis / 1000)) }).pipe(
      Effect.map((key): GenerationEvent => ({ ...event, image: { ...image, key } })),
      Effect.catch((error) =>
        Effect.as(Effect.logWarning("A picture could not be kept for a repeat", error), {
          ...event,
          image: { ...image, storageFailed: true }
        })
      )
    )
  }

/** Tells the ledger how a generation has ended, and keeps its pictures where a repeat finds them. It never fails. */
export const makeSettling = (ledger: Ledger["Service"], store: ImageStore["Service"]) => {
  const isKept = (events: ReadonlyArray<GenerationEvent>) =>
    events.every((event) => event._tag !== "ImageReady" || event.image.key !== undefined || event.image.storageFailed)

  return Effect.fnUntraced(
    function* (caller: Caller, { claim, events, exit, tally }: Drawn, options: { readonly keep: boolean }) {
      const error = failureOf(exit)
      const spent = tally.spent()
      const keepAll = Effect.forEach(events, makeKeeping(store, claim.windowMillis), { concurrency: parallelDraws })
      const endWith = (told: ReadonlyArray<GenerationEvent>): End => ({
        _tag: "End",
        claim,
        status: error?._tag === "GenerationCancelled" ? "cancelled" : error ? "failed" : "completed",
        events: told.map((event) => encodeEvent(event)),
        ...(error && { error: encodeError(error) }),
        spent,
        replayable: error === undefined || spent.pictures > 0,
        kept: isKept(told),
        windowMillis: claim.windowMillis
      })
      const end = endWith(options.keep ? yield* keepAll : events)
      const { joined, stored } = yield* ledger.end(caller, end)
      if (!stored) yield* Effect.logWarning("The end of a generation is only in the memory of the ledger", claim.id)
      // Somebody waits for what was not meant to be kept.
      if (joined && !end.kept) yield* ledger.end(caller, endWith(yield* keepAll))
    },
    Effect.catch((error) => Effect.logWarning("The end of a generation could not be told to the ledger", error))
  )
}

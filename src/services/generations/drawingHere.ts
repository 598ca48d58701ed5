import type * as Cause from "effect/Cause"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import type { DrawError, StartError } from "../../domain/Errors.ts"
import type { GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { PreparedGeneration } from "../../domain/PreparedGeneration.ts"
import type { Requester } from "../../domain/Requester.ts"
import type { ImageGenerator } from "../ImageGenerator.ts"
import type { ImageStore } from "../ImageStore.ts"
import { makeTally } from "../imageGenerator/Tally.ts"
import type { Ledger } from "../Ledger.ts"
import type { Claim } from "../ledger/LedgerMessage.ts"
import type { WorkerContext } from "../WorkerContext.ts"
import type { makeClaiming, Opened } from "./claiming.ts"
import { makeSettling } from "./settling.ts"

interface Services {
  readonly claimOpen: ReturnType<typeof makeClaiming>
  readonly generator: ImageGenerator["Service"]
  readonly ledger: Ledger["Service"]
  readonly store: ImageStore["Service"]
  readonly worker: WorkerContext["Service"]
}

/**
 * Draws in a fiber of its own, which goes on when the client leaves: what was begun has been paid for. Where the claim
 * decides nothing, it is made beside the drawing.
 */
export const makeDrawingHere = ({ claimOpen, generator, ledger, store, worker }: Services) => {
  const settle = makeSettling(ledger, store)

  return Effect.fnUntraced(function* (
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
}

import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Caller } from "../../domain/Caller.ts"
import type { StartError } from "../../domain/Errors.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import type { Budgets } from "../Budgets.ts"
import type { Generation, ImageGenerator } from "../ImageGenerator.ts"
import { DrawLedger, type Ledger } from "../imageGenerator/DrawLedger.ts"
import { WorkerContext } from "../WorkerContext.ts"

/** Begins a generation on the account of its caller: reserved before it is drawn, corrected when it has ended. */
export const meter =
  (generator: ImageGenerator["Service"], budgets: Budgets["Service"]) =>
  (request: GenerationRequest, caller: Caller, ledger: Ledger): Effect.Effect<Generation, StartError> =>
    Effect.gen(function* () {
      const generation = yield* generator.generate(request)
      const settle = yield* budgets.reserve(caller, { pictures: request.n, neurons: generation.neurons })
      const events = Stream.provideService(generation.events, DrawLedger, ledger)
      if (!settle) return { ...generation, events }
      const settled = Effect.suspend(() => {
        const pictures = ledger.paid()
        return settle({ pictures, neurons: (generation.neurons / request.n) * pictures })
      })
      const inBackground = Effect.flatMap(WorkerContext, (context) =>
        Effect.map(Effect.context<never>(), (services) => context.waitUntil(Effect.runPromiseWith(services)(settled)))
      )
      return { ...generation, events: Stream.onExit(events, () => inBackground) }
    })

import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { LedgerUnavailable } from "../../../src/domain/Errors.ts"
import { Ledger } from "../../../src/services/Ledger.ts"
import { LedgerObject } from "../../../src/services/ledger/LedgerObject.ts"
import { type FakeObjects, makeFakeObjects } from "../FakeObjects.ts"

/** A ledger in memory, of the real objects. `now` is in milliseconds since 1970. */
export const make = (now: () => number): { readonly layer: Layer.Layer<Ledger>; readonly objects: FakeObjects } => {
  const objects = makeFakeObjects((context) => new LedgerObject(context, now))
  return { layer: Ledger.layerDurable(objects.namespace), objects }
}

/** Nothing is joined, counted or remembered. */
export const layer: Layer.Layer<Ledger> = Ledger.layerNone

/** There is one, and it can't be reached. */
export const unreachable: Layer.Layer<Ledger> = Layer.sync(Ledger, () => {
  const fail = Effect.fail(new LedgerUnavailable({ cause: "the fake ledger was told to fail" }))
  return {
    bound: true,
    claim: () => fail,
    end: () => fail,
    progress: () => fail,
    read: () => fail,
    follow: () => fail,
    cancel: () => fail,
    usage: () => fail
  }
})

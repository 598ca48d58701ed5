import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Telemetry } from "../../../src/services/Telemetry.ts"

/** Sends nothing, and counts how often it was to. */
export const make = () => {
  let count = 0
  const layer = Layer.succeed(Telemetry, {
    flush: Effect.sync(() => {
      count += 1
    })
  })
  return { layer, flushes: () => count }
}

export const layer: Layer.Layer<Telemetry> = Telemetry.layerOff

import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { traced } from "./Telemetry.ts"

/** A part of a generation whose time is told. */
export type Stage = "prompt" | "draw" | "store"

/** What is known of a request when it ends. */
export interface Report {
  readonly fields: Readonly<Record<string, string | number | boolean>>
  /** Milliseconds for each stage that ran; for pictures that are drawn in parallel, their sum. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>
  /** Calls to Workers AI. */
  readonly attempts: number
}

/** Gathers the report of one request. */
export interface Recorder {
  /** Fields replace those of the same name; times and attempts are added. */
  readonly add: (more: Partial<Report>) => void
  readonly report: () => Report
}

export const makeRecorder = (): Recorder => {
  let fields: Report["fields"] = {}
  const stages: Partial<Record<Stage, number>> = {}
  let attempts = 0
  return {
    add: (more) => {
      if (more.fields) fields = { ...fields, ...more.fields }
      for (const stage of stagesIn(more)) stages[stage] = (stages[stage] ?? 0) + (more.stages?.[stage] ?? 0)
      attempts += more.attempts ?? 0
    },
    report: () => ({ fields, stages: { ...stages }, attempts })
  }
}

const allStages: ReadonlyArray<Stage> = ["prompt", "draw", "store"]
const stagesIn = ({ stages }: Partial<Report>) => (stages ? allStages.filter((stage) => stage in stages) : [])

/** Gathers what is logged of the current request. Outside of one it gathers nothing. */
export const RequestReport = Context.Reference<Recorder>("flux/services/RequestReport", {
  defaultValue: () => ({ add: () => {}, report: () => ({ fields: {}, stages: {}, attempts: 0 }) })
})

/** Adds what another report has gathered. */
export const reportAll = (report: Partial<Report>): Effect.Effect<void> =>
  Effect.map(RequestReport, (recorder) => recorder.add(report))

/** Adds fields to what is logged. */
export const report = (fields: Report["fields"]): Effect.Effect<void> => reportAll({ fields })

/** Counts a call to Workers AI. */
export const reportAttempt: Effect.Effect<void> = reportAll({ attempts: 1 })

/** Adds the time that an effect takes to its stage, unless it is interrupted, and makes it a span where traces are exported. */
export const timed =
  (stage: Stage) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.withFiber((fiber) => {
      const clock = fiber.getRef(Clock.Clock)
      const recorder = fiber.getRef(RequestReport)
      const start = clock.currentTimeMillisUnsafe()
      return Effect.onExit(effect, (exit) =>
        Exit.hasInterrupts(exit)
          ? Effect.void
          : Effect.sync(() => recorder.add({ stages: { [stage]: clock.currentTimeMillisUnsafe() - start } }))
      )
    }).pipe(traced(stage))

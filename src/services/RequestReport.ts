import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Ref from "effect/Ref"

/** A part of a generation whose time is told. */
export type Stage = "prompt" | "draw" | "store"

/** What is known of the current request when it ends. */
export interface Report {
  readonly fields: Readonly<Record<string, string | number | boolean>>
  /** Milliseconds for each stage that ran; for pictures that are drawn in parallel, their sum. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>
  /** Calls to Workers AI. */
  readonly attempts: number
}

const empty: Report = { fields: {}, stages: {}, attempts: 0 }

/** Gathers what is logged of the current request. Outside of one it gathers nothing. */
export const RequestReport = Context.Reference<Ref.Ref<Report>>("flux/services/RequestReport", {
  defaultValue: () => Ref.makeUnsafe(empty)
})

export const makeReport: Effect.Effect<Ref.Ref<Report>> = Ref.make(empty)

const update = (change: (report: Report) => Report) =>
  Effect.flatMap(RequestReport, (report) => Ref.update(report, change))

/** Adds fields to what is logged. */
export const report = (fields: Report["fields"]): Effect.Effect<void> =>
  update((before) => ({ ...before, fields: { ...before.fields, ...fields } }))

/** Adds what another report has gathered. */
export const reportAll = (other: Report): Effect.Effect<void> =>
  update((before) => ({
    fields: { ...before.fields, ...other.fields },
    stages: { ...before.stages, ...other.stages },
    attempts: before.attempts + other.attempts
  }))

/** Counts a call to Workers AI. */
export const reportAttempt: Effect.Effect<void> = update((before) => ({ ...before, attempts: before.attempts + 1 }))

/** Adds the time that an effect takes to its stage, however it ends, and makes it a span. */
export const timed =
  (stage: Stage) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(Clock.currentTimeMillis, (start) =>
      Effect.onExit(effect, (exit) => (Exit.hasInterrupts(exit) ? Effect.void : addTime(stage, start)))
    ).pipe(Effect.withSpan(stage, {}, { captureStackTrace: false }))

const addTime = (stage: Stage, start: number) =>
  Effect.flatMap(Clock.currentTimeMillis, (end) =>
    update((before) => ({
      ...before,
      stages: { ...before.stages, [stage]: (before.stages[stage] ?? 0) + end - start }
    }))
  )

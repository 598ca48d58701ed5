import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/** Tells a test when the program under test has gone to sleep, so that the test clock moves only after that. */
export interface SleepWatch {
  /** Runs an effect under watch. */
  readonly watch: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** Waits for a sleep of `minimum` to `maximum` milliseconds that has not been waited for yet; how long it is. */
  readonly asleep: (minimum: number, maximum?: number) => Effect.Effect<number>
}

/** Watches on top of the current clock. */
export const watchSleeps: Effect.Effect<SleepWatch> = Effect.gen(function* () {
  const clock = yield* Clock.Clock
  const sleeps: Array<number> = []
  const waiting: Array<{ fits: (millis: number) => boolean; found: Deferred.Deferred<number> }> = []
  const watched: Clock.Clock = {
    ...clock,
    sleep: (duration) =>
      Effect.suspend(() => {
        const millis = Duration.toMillis(duration)
        const index = waiting.findIndex(({ fits }) => fits(millis))
        const [waiter] = index === -1 ? [] : waiting.splice(index, 1)
        if (waiter) Deferred.doneUnsafe(waiter.found, Effect.succeed(millis))
        else sleeps.push(millis)
        return clock.sleep(duration)
      })
  }
  return {
    watch: Effect.provideService(Clock.Clock, watched),
    asleep: (minimum, maximum = minimum) =>
      Effect.suspend(() => {
        const fits = (millis: number) => millis >= minimum && millis <= maximum
        const index = sleeps.findIndex(fits)
        if (index !== -1) return Effect.succeed(sleeps.splice(index, 1)[0] ?? 0)
        const found = Deferred.makeUnsafe<number>()
        waiting.push({ fits, found })
        return Deferred.await(found)
      })
  }
})

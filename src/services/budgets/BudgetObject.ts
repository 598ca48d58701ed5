import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { dayOf, roundNeurons, type UsageLimits } from "../../domain/Usage.ts"

const UsageData = Schema.Struct({ pictures: Schema.Finite, neurons: Schema.Finite })
type Usage = typeof UsageData.Type

interface Reservation extends Usage {
  readonly id: string
  readonly day: string
  readonly expiresAt: number
}

type Refusal = { readonly _tag: "TooMany" } | { readonly _tag: "OverBudget"; readonly left: number }

const refusalOf = (
  needed: number,
  today: string,
  used: Usage,
  reservations: ReadonlyArray<Reservation>,
  limits: UsageLimits
): Refusal | undefined => {
  if (limits.concurrency !== undefined && reservations.length >= limits.concurrency) return { _tag: "TooMany" }
  if (limits.neurons === undefined) return undefined
  const reserved = reservations.filter(({ day }) => day === today).reduce((sum, { neurons }) => sum + neurons, 0)
  const left = roundNeurons(limits.neurons - used.neurons - reserved)
  return needed > left ? { _tag: "OverBudget", left: Math.max(0, left) } : undefined
}

/** What a BudgetObject is asked. The limits are told each time: they are settings of the Worker. */
export const BudgetAsk = Schema.Union([
  Schema.TaggedStruct("Reserve", {
    id: Schema.String,
    needed: UsageData,
    limits: Schema.Struct({
      neurons: Schema.optionalKey(Schema.Finite),
      concurrency: Schema.optionalKey(Schema.Finite)
    })
  }),
  /** `id` is that of a reservation, or of something that needed none. */
  Schema.TaggedStruct("Settle", { id: Schema.String, spent: UsageData }),
  Schema.TaggedStruct("Tell", {})
])
export type BudgetAsk = typeof BudgetAsk.Type

/** What it answers: today's use, with what is being drawn, and why a reservation was refused. */
export const BudgetAnswer = Schema.Struct({
  usage: UsageData,
  refusal: Schema.optionalKey(
    Schema.Union([Schema.TaggedStruct("TooMany", {}), Schema.TaggedStruct("OverBudget", { left: Schema.Finite })])
  )
})
export type BudgetAnswer = typeof BudgetAnswer.Type

const readAsk = Schema.decodeUnknownOption(BudgetAsk)

/** What of the platform's context is used. */
export interface BudgetContext {
  readonly storage: { readonly sql: Pick<SqlStorage, "exec"> }
}

/** Longer than any generation takes. */
const reservedMillis = 15 * 60 * 1000

/** The Durable Object that counts what one key uses each day. Each answer is one step, so no two of them overlap. */
export class BudgetObject {
  readonly #sql: Pick<SqlStorage, "exec">
  readonly #now: () => number

  constructor(context: BudgetContext, now: () => number) {
    this.#sql = context.storage.sql
    this.#now = now
    this.#sql.exec(
      "CREATE TABLE IF NOT EXISTS days (day TEXT PRIMARY KEY, pictures REAL NOT NULL, neurons REAL NOT NULL)"
    )
    this.#sql.exec(`CREATE TABLE IF NOT EXISTS reservations (
      id TEXT PRIMARY KEY, day TEXT NOT NULL, pictures REAL NOT NULL, neurons REAL NOT NULL, expires_at INTEGER NOT NULL)`)
  }

  async fetch(request: Request): Promise<Response> {
    const ask = Option.getOrUndefined(readAsk(await request.json()))
    return ask ? Response.json(this.#answer(ask)) : new Response(null, { status: 400 })
  }

  #answer(ask: BudgetAsk): BudgetAnswer {
    const now = this.#now()
    this.#forget(now)
    const refusal = this.#carryOut(ask, now)
    return { usage: this.#usage(now), ...(refusal && { refusal }) }
  }

  #carryOut(ask: BudgetAsk, now: number): Refusal | undefined {
    const today = dayOf(now)
    switch (ask._tag) {
      case "Tell":
        return undefined
      case "Reserve": {
        const refusal = refusalOf(ask.needed.neurons, today, this.#drawn(today), this.#reservations(), ask.limits)
        if (!refusal) {
          const { neurons, pictures } = ask.needed
          this.#sql.exec(
            "INSERT OR REPLACE INTO reservations VALUES (?, ?, ?, ?, ?)",
            ask.id,
            today,
            pictures,
            neurons,
            now + reservedMillis
          )
        }
        return refusal
      }
      case "Settle": {
        const reserved = this.#reservations().find(({ id }) => id === ask.id)
        this.#settle(ask.id, reserved?.day ?? today, ask.spent)
        return undefined
      }
    }
  }

  #settle(id: string, day: string, spent: Usage): void {
    this.#sql.exec("DELETE FROM reservations WHERE id = ?", id)
    const before = this.#drawn(day)
    this.#sql.exec(
      "INSERT OR REPLACE INTO days VALUES (?, ?, ?)",
      day,
      before.pictures + spent.pictures,
      roundNeurons(before.neurons + spent.neurons)
    )
  }

  /** What was reserved and never heard of again may have been drawn; days that are over no longer matter. */
  #forget(now: number): void {
    for (const reservation of this.#reservations()) {
      if (reservation.expiresAt <= now) this.#settle(reservation.id, reservation.day, reservation)
    }
    this.#sql.exec("DELETE FROM days WHERE day < ?", dayOf(now))
  }

  #usage(now: number): Usage {
    const today = dayOf(now)
    const running = this.#reservations().filter(({ day }) => day === today)
    const { neurons, pictures } = this.#drawn(today)
    return {
      pictures,
      neurons: roundNeurons(running.reduce((sum, reservation) => sum + reservation.neurons, neurons))
    }
  }

  #drawn(day: string): Usage {
    const [row] = this.#sql
      .exec<{ pictures: number; neurons: number }>("SELECT pictures, neurons FROM days WHERE day = ?", day)
      .toArray()
    return row ?? { pictures: 0, neurons: 0 }
  }

  #reservations(): ReadonlyArray<Reservation> {
    return this.#sql
      .exec<{ id: string; day: string; pictures: number; neurons: number; expiresAt: number }>(
        "SELECT id, day, pictures, neurons, expires_at AS expiresAt FROM reservations"
      )
      .toArray()
  }
}

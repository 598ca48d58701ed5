import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { answerClaim, answerEnd, answerProgress, answerUsage, cancel, daysOver, firstDayOver } from "./answers.ts"
import { Followers } from "./Followers.ts"
import { type JobRow, keptAt, told } from "./JobRow.ts"
import {
  type Follow,
  type JobAnswer,
  type LedgerJob,
  LedgerMessage,
  longestMessage,
  type Read
} from "./LedgerMessage.ts"
import { LedgerRows, type LedgerStorage } from "./LedgerRows.ts"
import { LedgerState } from "./LedgerState.ts"

/** What of the platform's context is used. */
export interface LedgerContext {
  readonly storage: LedgerStorage
}

/** How long a follower waits for news. */
const followMillis = 20_000

/** ... and may then take to ask again. */
const readingMillis = 30_000

/** Rows of jobs that are over are gone within two of these. */
const wakeMillis = 25 * 60_000

/** How often jobs that are over are looked for. */
const forgetMillis = 10_000

const readMessage = Schema.decodeUnknownResult(Schema.fromJsonString(LedgerMessage))

const notFound: JobAnswer = { _tag: "NotFound" }

/**
 * The Durable Object that decides who draws for one key, remembers what came of it, and counts what it used. It draws
 * nothing. It is asked with a LedgerMessage as JSON, at any address; each answer but that of Follow is one step, so no two
 * of them overlap. It runs no Effect: nothing here waits but a follower.
 *
 * 400 is the answer to what is no message and 413 to what is too long; 500 says what failed, and nothing has changed.
 */
export class LedgerObject {
  readonly #storage: LedgerStorage
  readonly #rows: LedgerRows
  readonly #state: LedgerState
  readonly #followers = new Followers()
  readonly #now: () => number
  readonly #started: Promise<void>
  #alarmAt: number | undefined
  #forgottenAt = 0

  constructor(context: LedgerContext, now: () => number) {
    this.#storage = context.storage
    this.#now = now
    this.#rows = new LedgerRows(context.storage)
    this.#state = new LedgerState(this.#rows)
    this.#started = this.#rows.made ? this.#readAlarm() : Promise.resolve()
  }

  async fetch(request: Request): Promise<Response> {
    const text = await request.text()
    if (text.length > longestMessage) return tooLong()
    const message = readMessage(text)
    if (Result.isFailure(message)) return new Response(null, { status: 400 })
    await this.#started
    try {
      const answer = await this.#answer(message.success, request.signal)
      return answer ? Response.json(answer) : tooLong()
    } catch (error) {
      return new Response(String(error), { status: 500 })
    }
  }

  /** Forgets what is over. Once nothing is left, nothing of this object is left. */
  async alarm(): Promise<void> {
    await this.#started
    this.#alarmAt = undefined
    const now = this.#now()
    this.#catchUp(now)
    this.#forget(now)
    if (!this.#rows.made) return
    this.#state.removeRows(daysOver(this.#state, now))
    if (this.#state.isEmpty) await this.#rows.clear()
    else this.#wakeAt(this.#state.hasJobs ? now + wakeMillis : firstDayOver(this.#state))
  }

  // Only a follower's answer is a promise: whatever else comes is done in the step that asks for it.
  #answer(message: LedgerMessage, signal: AbortSignal) {
    const now = this.#now()
    this.#catchUp(now)
    const answer = this.#carryOut(message, now, signal)
    if (this.#state.hasJobs) this.#wakeAt(now + wakeMillis)
    return answer
  }

  #carryOut(message: LedgerMessage, now: number, signal: AbortSignal) {
    switch (message._tag) {
      case "Claim": {
        if (now >= this.#forgottenAt + forgetMillis) this.#forget(now)
        const answer = answerClaim(this.#state, message, now)
        if (answer._tag === "Join") this.#hold(answer.job, now)
        return answer
      }
      case "End": {
        const answer = answerEnd(this.#state, message, now)
        this.#followers.wake(message.claim.id)
        return answer
      }
      case "Progress": {
        const answer = answerProgress(this.#state, message)
        this.#followers.wake(message.id)
        return answer
      }
      case "Read":
        return this.#read(message, now)
      case "Follow":
        return this.#follow(message, now, signal)
      case "Cancel":
        if (this.#find(message.id, now)) cancel(this.#state, message.id)
        return this.#read({ id: message.id, after: -1 }, now)
      case "Usage":
        return answerUsage(this.#state, now)
    }
  }

  #read({ after, id }: Pick<Read, "after" | "id">, now: number): JobAnswer {
    const job = this.#find(id, now)
    return job ? { _tag: "Job", job: told(job, after, now) } : notFound
  }

  async #follow({ after, id }: Follow, began: number, signal: AbortSignal): Promise<JobAnswer> {
    for (let now = began; ; now = this.#now()) {
      this.#catchUp(now)
      const job = this.#find(id, now)
      if (!job) return notFound
      const answer = told(job, after, now)
      this.#hold(answer, now)
      const wait = Math.min(began + followMillis, job.counted ? (keptAt(job) ?? now) : job.leaseUntil) - now
      if (answer.status !== "running" || answer.events.length > 0 || wait <= 0 || signal.aborted) {
        return { _tag: "Job", job: answer }
      }
      await this.#followers.wait(id, wait, signal)
    }
  }

  /** What is told of: also what has ended while somebody is reading it. */
  #find(id: string, now: number): JobRow | undefined {
    const job = this.#state.job(id)
    return job && (job.expiresAt > now || this.#followers.holds(id, now)) ? job : undefined
  }

  /** Whoever has been told of a job that runs comes again. */
  #hold({ id, status }: LedgerJob, now: number): void {
    if (status === "running") this.#followers.hold(id, now + followMillis + readingMillis)
  }

  #catchUp(now: number): void {
    this.#state.flush()
    for (const { id } of this.#state.lapse(now)) this.#followers.wake(id)
  }

  #forget(now: number): void {
    this.#forgottenAt = now
    this.#followers.forget(now)
    this.#state.forget(now)
  }

  async #readAlarm(): Promise<void> {
    this.#alarmAt = (await this.#storage.getAlarm()) ?? undefined
  }

  /** An alarm that comes earlier stays. */
  #wakeAt(millis: number): void {
    if (this.#alarmAt !== undefined && this.#alarmAt <= millis) return
    this.#alarmAt = millis
    this.#storage.setAlarm(millis).catch(() => {
      // The next message sets it again.
      this.#alarmAt = undefined
    })
  }
}

const tooLong = () => new Response(null, { status: 413 })

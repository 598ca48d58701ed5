import { askKey, currentKey } from "./apiKey.ts"
import type { DrawEvent } from "./DrawEvent.ts"
import type { DrawRequest } from "./DrawRequest.ts"
import { element, textButton } from "./dom.ts"
import { draw } from "./draw.ts"
import { failureNote } from "./failureNote.ts"
import { formatCount } from "./format.ts"
import type { Gallery } from "./gallery.ts"
import { cancelJob, followJob } from "./jobs.ts"
import { mayCost } from "./limit.ts"
import { messages } from "./messages.ts"
import { refreshUsage } from "./money.ts"
import { addPending, isPending, type PendingJob, pendingJobs, removePending, whileAlone } from "./pending.ts"
import { planFor, sumOf } from "./plan.ts"
import { makeQueue } from "./queue.ts"
import { newRun, type Run, runsForMissing } from "./Run.ts"
import type { Requests } from "./requests.ts"
import { type Following, follow, type Outcome } from "./runEvents.ts"
import { ServiceFailure } from "./ServiceFailure.ts"
import { service } from "./service.ts"

const atATime = 4

/** Carries drawings out, several at a time, and takes up again what was running before a reload. */
export const makeRuns = (gallery: Gallery, requests: Requests) => {
  const queue = makeQueue(atATime)
  /** Runs that would be lost with the page. */
  const fragile = new Set<Run>()
  addEventListener("beforeunload", (event) => {
    if (fragile.size > 0) event.preventDefault()
  })

  const rowOf = ({ asked, group, startedAt }: Run) => requests.row({ group, startedAt, prompt: asked.prompt })

  const keepJob = (run: Run, job: string, neurons: number, until: Promise<void>): void => {
    const { inputs, ...request } = run.asked
    const { group, indices } = run
    void whileAlone(job, () => until)
    if (inputs.length > 0) void gallery.inputs.put(job, inputs)
    addPending({ job, group, startedAt: Number(run.startedAt), neurons, request, indices })
    fragile.delete(run)
  }

  const forgetJob = (job: string): void => {
    removePending(job)
    void gallery.inputs.remove(job)
  }

  /** `events` begin once there is a place; `job` is known where it runs already. */
  const perform = async (run: Run, events: (signal: AbortSignal) => AsyncGenerator<DrawEvent>, job?: string) => {
    const row = rowOf(run)
    const controller = new AbortController()
    let finish: () => void = () => undefined
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const following: Following = {
      run,
      row,
      gallery,
      accepted: (id, neurons) => {
        if (id && id !== job) keepJob(run, id, neurons, finished)
      },
      stop: async (id) => {
        if (!id) controller.abort()
        // It has ended by itself, or the connection is gone: what follows tells.
        else await cancelJob(id, currentKey()).catch(() => undefined)
      }
    }
    if (!job) fragile.add(run)
    const outcome = await follow(following, queue, events(controller.signal), controller, job)
    fragile.delete(run)
    if (outcome.job && !isOutOfReach(outcome)) forgetJob(outcome.job)
    finish()
    tell(run, outcome)
    void refreshUsage(currentKey())
  }

  const tell = (run: Run, outcome: Outcome): void => {
    const row = rowOf(run)
    const { cancelled, failure = new ServiceFailure("upstream_error"), missing } = outcome
    if (cancelled) {
      const told = element("p", { className: "remark", role: "status", textContent: cancelledText(run, outcome) })
      const dismiss = textButton(messages.dismiss, () => {
        note.remove()
        requests.tidy(row)
      })
      const note = element("div", { className: "progress" }, told, element("div", { className: "actions" }, dismiss))
      row.status.append(note)
    } else if (missing.length > 0) {
      const drawn = row.images().length
      const title = drawn > 0 ? messages.partly(missing.length, drawn + missing.length) : messages.failed
      const dismiss = () => {
        note.remove()
        requests.tidy(row)
      }
      const retry = () => {
        note.remove()
        again(run, outcome, failure)
      }
      const note = failureNote(failure, { title, job: outcome.job }, retry, dismiss)
      row.status.append(note)
      note.scrollIntoView({ block: "nearest" })
      if (failure.code === "invalid_api_key") void askAnew(retry)
    }
  }

  const askAnew = async (retry: () => void): Promise<void> => {
    if ((await askKey(messages.advice.key)) !== undefined) retry()
  }

  /** Draws what is missing; what is drawn and only out of reach is looked for again. */
  const again = (run: Run, outcome: Outcome, failure: ServiceFailure): void => {
    const { job, missing } = outcome
    if (job && isOutOfReach(outcome)) void whileAlone(job, () => perform(run, () => followJob(job, currentKey()), job))
    else for (const each of runsForMissing(run, missing, failure)) void send(each)
  }

  const send = (run: Run): Promise<void> => perform(run, (signal) => draw(run.request, currentKey(), run.name, signal))

  const resume = ({ group, indices, job, request, startedAt }: PendingJob): Promise<void> =>
    whileAlone(job, async () => {
      if (!isPending(job)) return
      const asked: DrawRequest = { ...request, inputs: await gallery.inputs.get(job).catch(() => []) }
      const run: Run = { group, startedAt: new Date(startedAt), asked, request: asked, indices, name: "" }
      await perform(run, () => followJob(job, currentKey()), job)
    })

  return {
    /** Draws, once there is a key and the cost of all is agreed to; the first is shown first. */
    draw: async (requests: ReadonlyArray<DrawRequest>): Promise<void> => {
      const key = currentKey() || (await askKey())
      if (key === undefined) return
      if (!(await mayCost(sumOf(requests.map(planFor))))) return
      const now = Date.now()
      for (const [place, request] of requests.entries()) void send(newRun(request, new Date(now - place)))
    },
    resumeAll: (): void => {
      for (const job of pendingJobs()) void resume(job)
    }
  }
}

/** Whether the job goes on, or has pictures that could not be fetched. */
const isOutOfReach = ({ failure, job }: Outcome): boolean =>
  job !== undefined && (failure?.code === "invalid_api_key" || failure?.code === "image_not_found")

/** What a cancelled run has cost; what was begun is paid for. */
const cancelledText = (run: Run, { billed, drawn, job, sent }: Outcome): string => {
  if (service.preview) return messages.stages.cancelled
  if (!sent) return messages.cancelledFree
  if (!job && drawn < run.indices.length)
    return messages.cancelledPerhaps(formatCount(planFor(run.request).neurons ?? 0))
  return drawn === 0 ? messages.cancelledFree : messages.cancelledBilled(drawn, run.indices.length, formatCount(billed))
}

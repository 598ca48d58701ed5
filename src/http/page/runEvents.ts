import type { DrawEvent, DrawnImage } from "./DrawEvent.ts"
import type { Gallery } from "./gallery.ts"
import { messages } from "./messages.ts"
import { drawingBegins, drawingEnds } from "./notify.ts"
import { planFor } from "./plan.ts"
import { makeProgress } from "./progress.ts"
import type { makeQueue } from "./queue.ts"
import type { Run } from "./Run.ts"
import type { RequestRow } from "./requestRow.ts"
import { asFailure, type ServiceFailure } from "./ServiceFailure.ts"
import { imageId, type ShownImage } from "./ShownImage.ts"
import { tellTabs } from "./tabs.ts"
import { learnWait } from "./waits.ts"

/** What came of a run. */
export interface Outcome {
  readonly drawn: number
  /** Neurons of what was drawn. */
  readonly billed: number
  readonly missing: ReadonlyArray<number>
  readonly cancelled: boolean
  /** Whether it was sent, so that something may have been begun. */
  readonly sent: boolean
  readonly failure: ServiceFailure | undefined
  readonly job: string | undefined
}

export interface Following {
  readonly run: Run
  readonly row: RequestRow
  readonly gallery: Gallery
  /** The service has accepted it, as a job or in this answer. */
  readonly accepted: (job: string | undefined, neurons: number) => void
  /** Ends it, as far as it can be ended. */
  readonly stop: (job: string | undefined) => Promise<void>
}

const imageOf = ({ blob, ...drawn }: DrawnImage, run: Run, index: number): ShownImage => ({
  ...drawn,
  type: blob.type,
  id: imageId(run.group, index),
  group: run.group,
  index,
  request: run.asked,
  drawnAt: run.startedAt
})

/** Shows what happens in a run, from its waiting for a place to its end. Never throws. */
export const follow = async (
  { accepted, gallery, row, run, stop }: Following,
  queue: ReturnType<typeof makeQueue>,
  events: AsyncGenerator<DrawEvent>,
  controller: AbortController,
  running: string | undefined
): Promise<Outcome> => {
  const missing = new Set(run.indices)
  const keeping: Array<Promise<void>> = []
  const plan = planFor(run.request)
  const failures: Array<ServiceFailure> = []
  let waiting = queue.isFull()
  let begun = running !== undefined
  let sent = running !== undefined
  let cancelled = false
  let job = running
  let billed = 0
  const progress = makeProgress({
    n: run.indices.length,
    model: plan.model?.id ?? "",
    startedAt: running ? run.startedAt : new Date(),
    cancel: () => {
      cancelled = true
      progress.cancelling()
      if (begun) void stop(job)
      else if (waiting) controller.abort()
    }
  })
  const drawn = () => run.indices.length - missing.size
  const stage = (text: string) => {
    if (!cancelled) progress.stage(text)
  }

  const keep = async (image: ShownImage, kept: Promise<boolean>): Promise<void> => {
    if (await kept) tellTabs({ type: "added", id: image.id })
    else if (gallery.lasting) row.show(image, false)
  }

  const take = (event: DrawEvent): void => {
    switch (event.type) {
      case "accepted":
        begun = true
        job = event.job
        accepted(job, event.neurons)
        stage(messages.stages.opened)
        if (cancelled) void stop(job)
        return
      case "drawing":
        stage(drawn() > 0 ? messages.stages.image(drawn(), run.indices.length) : messages.stages.drawing)
        return
      case "waiting":
        stage(messages.stages.reconnecting)
        return
      case "image": {
        const index = run.indices[event.index] ?? event.index
        const image = imageOf(event.image, run, index)
        missing.delete(index)
        billed += image.neurons
        // Before it is shown, which reads its bytes there.
        keeping.push(keep(image, gallery.put(image, event.image.blob)))
        const tile = row.show(image, true)
        if (!document.querySelector("dialog[open]")) tile.scrollIntoView({ block: "nearest" })
        progress.images(drawn())
        stage(messages.stages.image(drawn(), run.indices.length))
        return
      }
      case "failed":
        failures.push(event.failure)
        return
      case "told":
        row.warn(event.warnings)
        for (const image of row.images()) {
          const revisedPrompt = event.revised.get(run.indices.indexOf(image.index))
          if (revisedPrompt === undefined || image.revisedPrompt) continue
          const told = { ...image, revisedPrompt }
          row.show(told, true)
          keeping.push(keep(told, gallery.put(told)))
        }
    }
  }

  row.status.append(progress.root)
  row.reserve(run.indices, plan.size)
  row.root.scrollIntoView({ block: "nearest" })
  drawingBegins()
  stage(waiting ? messages.stages.waiting : messages.stages.sent)
  try {
    await queue.enter(controller.signal)
    waiting = false
    sent = !cancelled
    const start = performance.now()
    try {
      if (!cancelled) {
        stage(messages.stages.sent)
        for await (const event of events) take(event)
      }
      if (!running && run.indices.length === 1 && missing.size === 0 && plan.model) {
        learnWait(plan.model.id, performance.now() - start)
      }
    } finally {
      queue.leave()
    }
  } catch (cause) {
    if (!controller.signal.aborted) failures.push(asFailure(cause))
  }
  await Promise.all(keeping)
  progress.end()
  row.giveUp(run.indices)
  drawingEnds(run.asked.prompt, drawn())
  return { drawn: drawn(), billed, missing: [...missing], cancelled, sent, failure: failures[0], job }
}

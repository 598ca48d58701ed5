import { byId } from "./dom.ts"
import { formatCount, formatElapsed } from "./format.ts"
import { messages } from "./messages.ts"

const panel = byId("progress", HTMLElement)
const bar = byId("progress-bar", HTMLProgressElement)
const stage = byId("stage", HTMLElement)
const elapsed = byId("elapsed", HTMLElement)
const cost = byId("cost", HTMLElement)
const draw = byId("draw", HTMLButtonElement)
const cancel = byId("cancel", HTMLButtonElement)

/** The stages of one drawing, each shown when it has been reached, and the time since its start. */
export interface Progress {
  readonly opened: (neurons: number) => void
  readonly drawing: () => void
  readonly picture: (number: number) => void
  readonly end: (outcome: "done" | "cancelled" | "failed") => void
}

/** Shows a drawing of `of` pictures that begins now; `onCancel` is called when the user has had enough. */
export const startProgress = (of: number, onCancel: () => void): Progress => {
  const start = performance.now()
  const tick = () => {
    elapsed.textContent = formatElapsed(performance.now() - start)
  }
  const timer = setInterval(tick, 100)
  const reach = (share: number, text: string) => {
    bar.value = share
    if (stage.textContent !== text) stage.textContent = text
  }
  let drawn = 0
  cancel.onclick = onCancel
  bar.ariaLabel = messages.stages.drawing
  cost.replaceChildren()
  panel.hidden = cancel.hidden = false
  draw.disabled = true
  tick()
  reach(0.08, messages.stages.sent)
  return {
    opened: (neurons) => {
      if (neurons > 0) cost.textContent = messages.neurons(formatCount(neurons))
      reach(0.2, messages.stages.opened)
    },
    drawing: () => {
      if (drawn === 0) reach(0.3, messages.stages.drawing)
    },
    picture: (number) => {
      drawn = number
      reach(0.3 + (0.7 * number) / of, messages.stages.picture(number, of))
    },
    end: (outcome) => {
      clearInterval(timer)
      tick()
      draw.disabled = false
      cancel.hidden = true
      if (outcome === "done") reach(1, messages.stages.done)
      else if (outcome === "cancelled") reach(0, messages.stages.cancelled)
      else panel.hidden = true
    }
  }
}

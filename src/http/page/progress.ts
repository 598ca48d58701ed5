import { element, textButton } from "./dom.ts"
import { formatSeconds } from "./format.ts"
import { messages } from "./messages.ts"
import { askForNotification, mayOfferNotification } from "./notify.ts"
import { usualWait } from "./waits.ts"

/** How far a request has come, by words; one picture has no share of itself that anybody knows. */
export interface Progress {
  readonly root: HTMLElement
  readonly stage: (text: string) => void
  /** The number of pictures that are there. */
  readonly images: (drawn: number) => void
  /** Once cancelled, it can only be waited for. */
  readonly cancelling: () => void
  readonly end: () => void
}

export const makeProgress = (about: {
  readonly n: number
  readonly model: string
  readonly startedAt: Date
  readonly cancel: () => void
}): Progress => {
  const bar = element("progress", { max: about.n, ariaLabel: messages.stages.drawing })
  const stage = element("span", { className: "stage", role: "status" })
  const elapsed = element("span", { className: "elapsed" })
  const usual = usualWait(about.model)
  const cancel = textButton(messages.cancel, about.cancel)
  const notify = textButton(messages.notify, () => {
    notify.remove()
    void askForNotification()
  })
  const usualText = about.n === 1 && usual !== undefined ? messages.usually(formatSeconds(Math.max(1000, usual))) : ""
  const tick = () => {
    const time = formatSeconds(Date.now() - Number(about.startedAt))
    elapsed.textContent = usualText === "" ? time : `${time} · ${usualText}`
  }
  tick()
  const timer = setInterval(tick, 1000)
  const root = element(
    "div",
    { className: "progress" },
    bar,
    element("p", { className: "meta" }, stage, " · ", elapsed),
    element("div", { className: "actions" }, cancel, ...(mayOfferNotification() ? [notify] : []))
  )
  return {
    root,
    stage: (text) => {
      if (stage.textContent !== text) stage.textContent = text
    },
    images: (drawn) => {
      if (about.n > 1 && drawn > 0) bar.value = drawn
    },
    cancelling: () => {
      cancel.disabled = true
      stage.textContent = messages.stages.cancelling
    },
    end: () => {
      clearInterval(timer)
      root.remove()
    }
  }
}

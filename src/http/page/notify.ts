import { messages } from "./messages.ts"
import { stored } from "./stored.ts"

const title = document.title
/** Whether the user has been asked for notifications, whatever came of it. */
const asked = stored("flux-notify-asked", false)

let running = 0
let news = false

const showTitle = (): void => {
  if (running > 0) document.title = `(${running}) ${messages.stages.drawing} – ${title}`
  else document.title = news ? `✓ ${messages.stages.done} – ${title}` : title
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) news = false
  showTitle()
})

/** The title of the tab tells that something is being drawn. */
export const drawingBegins = (): void => {
  running += 1
  showTitle()
}

/** And that it is done, with a notification where the user wants one and looks elsewhere. */
export const drawingEnds = (prompt: string, drawn: number): void => {
  running -= 1
  if (document.hidden && drawn > 0) {
    news = running === 0
    try {
      if (Notification.permission === "granted") {
        new Notification(messages.stages.done, { body: prompt }).onclick = () => window.focus()
      }
    } catch {
      // Some browsers have none, or want a service worker for it: the title has told.
    }
  }
  showTitle()
}

/** Whether to offer a notification: once, and where the browser would still ask. */
export const mayOfferNotification = (): boolean =>
  "Notification" in window && Notification.permission === "default" && !asked.get()

export const askForNotification = async (): Promise<void> => {
  asked.set(true)
  await Notification.requestPermission()
}

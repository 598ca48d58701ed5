import { element } from "./dom.ts"
import { lang } from "./messages.ts"

const relative = new Intl.RelativeTimeFormat(lang, { numeric: "auto" })
const full = new Intl.DateTimeFormat(lang, { dateStyle: "full" })

const midnight = (time: Date): number => new Date(time).setHours(0, 0, 0, 0)

/** Today, yesterday, or the date. */
const nameOf = (day: number): string => {
  const ago = Math.round((midnight(new Date()) - day) / 86_400_000)
  return ago < 2 ? relative.format(-ago, "day") : full.format(day)
}

interface Day {
  readonly start: number
  readonly root: HTMLElement
  readonly heading: HTMLElement
  readonly list: HTMLElement
}

/** Lists of `list`, one for each day, newest first, with the day above each. */
export const makeDays = (list: HTMLElement) => {
  const days: Array<Day> = []

  const dayOf = (time: Date): Day => {
    const start = midnight(time)
    const known = days.find((day) => day.start === start)
    if (known) return known
    const heading = element("h3")
    const own = element("ol")
    const made = { start, heading, list: own, root: element("section", { className: "day" }, heading, own) }
    const after = days.findIndex((day) => day.start < start)
    list.insertBefore(made.root, days[after]?.root ?? null)
    days.splice(after === -1 ? days.length : after, 0, made)
    // What was today may be yesterday by now.
    for (const day of days) day.heading.textContent = nameOf(day.start)
    return made
  }

  return {
    /** Puts an item into the list of its day, before `after` where that is of the same day. */
    put: (item: HTMLElement, time: Date, after: HTMLElement | undefined): void => {
      const { list } = dayOf(time)
      list.insertBefore(item, after?.parentElement === list ? after : null)
    },
    /** Takes an item away, and its day with the last one. */
    remove: (item: HTMLElement): void => {
      item.remove()
      const place = days.findIndex(({ list }) => !list.hasChildNodes())
      if (place !== -1) days.splice(place, 1)[0]?.root.remove()
    }
  }
}

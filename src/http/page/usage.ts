import { type KeyUsage, readKeyUsage } from "./account.ts"
import { element, svg } from "./dom.ts"
import { adviceFor } from "./failureNote.ts"
import { formatCount } from "./format.ts"
import { lang, messages } from "./messages.ts"
import { asFailure } from "./ServiceFailure.ts"
import { openSheet } from "./sheet.ts"

const date = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeZone: "UTC" })
const dayWord = new Intl.DisplayNames(lang, { type: "dateTimeField" })
const dayMillis = 86_400_000

/** The last 31 days, as the service writes them: in UTC, the oldest first. */
const lastDays = (): ReadonlyArray<string> =>
  Array.from({ length: 31 }, (_, index) => new Date(Date.now() - (30 - index) * dayMillis).toISOString().slice(0, 10))

const high = 64
const step = 10

/** Neurons a day as bars, with the budget as a line where it is within the scale. The table tells the same. */
const plot = ({ budget, days }: KeyUsage, most: number): SVGElement => {
  const y = (neurons: number) => high - (high - 4) * (neurons / most)
  const shown = lastDays()
  const bars = days.map(({ date: day, neurons }) => {
    const place = shown.indexOf(day)
    const box = { x: place * step + 1, y: y(neurons), width: step - 2, height: high - y(neurons), rx: 1 }
    return place === -1 ? [] : [svg("rect", box)]
  })
  const width = shown.length * step
  const line = budget !== null && budget <= most ? [svg("path", { d: `M0 ${y(budget)}H${width}` })] : []
  const base = svg("path", { class: "base", d: `M0 ${high}H${width}` })
  return svg(
    "svg",
    { class: "plot", viewBox: `0 0 ${width} ${high + 1}`, "aria-hidden": "true" },
    base,
    ...bars.flat(),
    ...line
  )
}

const row = (cell: "td" | "th", texts: ReadonlyArray<string>): HTMLElement =>
  element("tr", {}, ...texts.map((textContent) => element(cell, { textContent })))

const table = ({ days, key }: KeyUsage): HTMLElement =>
  element(
    "details",
    { className: "meta" },
    element("summary", { textContent: messages.details, ariaLabel: `${messages.details}: ${key}` }),
    element(
      "table",
      {},
      element("thead", {}, row("th", [dayWord.of("day") ?? "", messages.images, messages.neuronsTitle])),
      element(
        "tbody",
        {},
        ...days.map(({ date: day, neurons, pictures }) =>
          row("td", [date.format(new Date(day)), formatCount(pictures), formatCount(neurons)])
        )
      )
    )
  )

const card = (usage: KeyUsage, most: number): HTMLElement => {
  const { budget, key, neurons } = usage
  const left = budget !== null && neurons !== null ? formatCount(Math.max(0, budget - neurons)) : undefined
  return element(
    "section",
    { className: "usage" },
    element("h3", { textContent: key }),
    element("p", { className: "meta", textContent: neurons === null ? "–" : messages.usedToday(formatCount(neurons)) }),
    ...(left === undefined
      ? []
      : [element("p", { className: "meta", textContent: messages.leftToday(left, formatCount(budget ?? 0)) })]),
    plot(usage, most),
    table(usage)
  )
}

/** Shows what this key has used, and to the owner what every key has, all by one scale. */
export const openUsage = async (key: string): Promise<void> => {
  try {
    const all = await readKeyUsage(key)
    const most = Math.max(1, ...all.flatMap(({ days }) => days.map(({ neurons }) => neurons)))
    openSheet(messages.usage, element("div", { className: "usages" }, ...all.map((usage) => card(usage, most))))
  } catch (cause) {
    openSheet(messages.usage, element("p", { textContent: adviceFor(asFailure(cause)) }))
  }
}

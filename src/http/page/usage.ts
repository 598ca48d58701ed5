import { type KeyUsage, readKeyUsage } from "./account.ts"
import { element, svg } from "./dom.ts"
import { adviceFor } from "./failureNote.ts"
import { formatCount, formatDollars } from "./format.ts"
import { lang, messages } from "./messages.ts"
import { dollarsPerNeuron } from "./money.ts"
import { asFailure } from "./ServiceFailure.ts"
import { openSheet } from "./sheet.ts"

const date = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeZone: "UTC" })
const dayWord = new Intl.DisplayNames(lang, { type: "dateTimeField" })
const dayMillis = 86_400_000

/** The last 31 days, as the service writes them: in UTC, the oldest first. */
const lastDays = (): ReadonlyArray<string> =>
  Array.from({ length: 31 }, (_, index) => new Date(Date.now() - (30 - index) * dayMillis).toISOString().slice(0, 10))

/** Whether it has cost dollars beside neurons. */
const isDearer = (dollars: number, neurons: number): boolean => dollars > (neurons + 1) * dollarsPerNeuron

const high = 64
const step = 10

/**
 * Dollars a day as bars, with the budget as a line where it is within the scale; the table tells the same. Of what is priced in
 * neurons, a share is the same in dollars, which other models are priced in.
 */
const plot = ({ budget, budget_usd, days }: KeyUsage, most: number): SVGElement => {
  const y = (dollars: number) => high - (high - 4) * (dollars / most)
  const shown = lastDays()
  const bars = days.map(({ cost_usd, date: day }) => {
    const place = shown.indexOf(day)
    const box = { x: place * step + 1, y: y(cost_usd), width: step - 2, height: high - y(cost_usd), rx: 1 }
    return place === -1 ? [] : [svg("rect", box)]
  })
  const width = shown.length * step
  const limit = budget_usd ?? (budget ?? Number.POSITIVE_INFINITY) * dollarsPerNeuron
  // A budget that is far above all that is used would leave no bar to be seen.
  const line = limit <= most ? [svg("path", { d: `M0 ${y(limit)}H${width}` })] : []
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
      element("thead", {}, row("th", [dayWord.of("day") ?? "", messages.images, messages.neuronsTitle, "US$"])),
      element(
        "tbody",
        {},
        ...days.map(({ cost_usd, date: day, neurons, pictures }) =>
          row("td", [
            date.format(new Date(day)),
            formatCount(pictures),
            formatCount(neurons),
            isDearer(cost_usd, neurons) ? formatDollars(cost_usd) : "–"
          ])
        )
      )
    )
  )

const card = (usage: KeyUsage, most: number): HTMLElement => {
  const { budget, budget_usd, cost_usd, key, left, left_usd, neurons } = usage
  const told = [
    neurons === null ? "–" : messages.usedToday(formatCount(neurons)),
    isDearer(cost_usd ?? 0, neurons ?? 0) ? formatDollars(cost_usd ?? 0) : "",
    left === null || budget === null ? "" : messages.leftToday(formatCount(left), formatCount(budget)),
    left_usd === null || budget_usd === null
      ? ""
      : messages.dollarsLeft(formatDollars(left_usd), formatDollars(budget_usd))
  ]
  return element(
    "section",
    { className: "usage" },
    element("h3", { textContent: key }),
    ...told.flatMap((textContent) => (textContent === "" ? [] : [element("p", { className: "meta", textContent })])),
    plot(usage, most),
    table(usage)
  )
}

/** Shows what this key has used, and to the owner what every key has, all by one scale. */
export const openUsage = async (key: string): Promise<void> => {
  try {
    const all = await readKeyUsage(key)
    const most = Math.max(Number.MIN_VALUE, ...all.flatMap(({ days }) => days.map(({ cost_usd }) => cost_usd)))
    openSheet(messages.usage, element("div", { className: "usages" }, ...all.map((usage) => card(usage, most))))
  } catch (cause) {
    openSheet(messages.usage, element("p", { textContent: adviceFor(asFailure(cause)) }))
  }
}

import { lang } from "./messages.ts"

const tenths = new Intl.NumberFormat(lang, {
  style: "unit",
  unit: "second",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1
})
const rounded = new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 })
const clock = new Intl.DateTimeFormat(lang, { timeStyle: "short" })
const calendar = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" })

export const formatElapsed = (milliseconds: number): string => tenths.format(milliseconds / 1000)

export const formatCount = (count: number): string => rounded.format(count)

/** The time of day; with the date where that is not today's. */
export const formatTime = (time: Date): string =>
  (time.toDateString() === new Date().toDateString() ? clock : calendar).format(time)

/** `1024x576` with the sign of multiplication. */
export const formatPixels = (size: string): string => size.replace("x", " × ")

/** What tells a model from the others: the last part of its id. */
export const modelName = (id: string): string => id.slice(id.lastIndexOf("/") + 1)

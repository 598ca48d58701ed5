import { lang } from "./messages.ts"

const rounded = new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 })
const whole = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 })
const seconds = new Intl.NumberFormat(lang, { style: "unit", unit: "second", maximumFractionDigits: 0 })
const percent = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 1 })
const money = new Intl.NumberFormat(lang, { style: "currency", currency: "USD", maximumFractionDigits: 3 })
const clock = new Intl.DateTimeFormat(lang, { timeStyle: "short" })
const calendar = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" })

export const formatSeconds = (milliseconds: number): string => seconds.format(Math.floor(milliseconds / 1000))

/** Three digits: what is estimated is not known better. */
export const formatCount = (count: number): string => (count < 1000 ? rounded : whole).format(count)

export const formatPercent = (share: number): string => percent.format(share)

export const formatDollars = (dollars: number): string => money.format(dollars)

/** The time of day; with the date where that is not today's. */
export const formatTime = (time: Date): string =>
  (time.toDateString() === new Date().toDateString() ? clock : calendar).format(time)

/** `1024x576` with the sign of multiplication. */
export const formatPixels = (size: string): string => size.replace("x", " × ")

/** What tells a model from the others: the last part of its id. */
export const modelName = (id: string): string => id.slice(id.lastIndexOf("/") + 1)

import * as Arr from "effect/Array"
import * as Cause from "effect/Cause"
import * as Formatter from "effect/Formatter"
import type * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as References from "effect/References"

/**
 * A line of JSON for each entry: `timestamp`, `level` and `message`, then the annotations as fields of their own, by which
 * Workers Logs finds them, then `details` (what was logged beside the message) and `cause`.
 */
export const jsonLine: Logger.Logger<unknown, string> = Logger.make(({ cause, date, fiber, logLevel, message }) => {
  const [text, ...details] = Arr.ensure(message)
  // Annotations are plain values: only what is logged beside a text, or in its place, may be anything.
  const format = details.length > 0 || typeof text !== "string" ? Formatter.formatJson : JSON.stringify
  return format({
    timestamp: date.toISOString(),
    level: logLevel.toUpperCase(),
    message: text,
    ...fiber.getRef(References.CurrentLogAnnotations),
    ...(details.length > 0 && { details }),
    ...(cause.reasons.length > 0 && { cause: Cause.pretty(cause) })
  })
})

/** Writes the lines where Cloudflare collects them. */
export const layerJsonLog: Layer.Layer<never> = Logger.layer([Logger.withConsoleLog(jsonLine)])

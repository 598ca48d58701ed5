import { describe, expect, it } from "vitest"
import {
  ConfigurationError,
  ContentPolicyViolation,
  type DrawError,
  GenerationCancelled,
  GenerationInterrupted,
  InvalidRequest,
  QuotaExceeded,
  RateLimited,
  UpstreamError,
  UpstreamTimeout
} from "../../../src/domain/Errors.ts"
import { locales } from "../../../src/domain/Locale.ts"
import { errorSentence } from "../../../src/http/locales/errorSentence.ts"
import { messagesFor } from "../../../src/http/locales/messagesFor.ts"

const errors: ReadonlyArray<DrawError> = [
  new ContentPolicyViolation({ subject: "prompt" }),
  new ContentPolicyViolation({ subject: "input" }),
  new ContentPolicyViolation({ subject: "output" }),
  new RateLimited({ message: "Wait a little.", retryAfterSeconds: 10 }),
  new QuotaExceeded({ renewsAt: Date.UTC(2026, 10, 23) }),
  new ConfigurationError({ variable: "CF_API_TOKEN", message: "Cloudflare refuses CF_API_TOKEN." }),
  new UpstreamError({ message: "Workers AI failed." }),
  new UpstreamTimeout({ seconds: 120 }),
  new GenerationInterrupted({ cause: "gone" }),
  new GenerationCancelled()
]

const translated = locales.filter((locale) => locale !== "en")

describe("errorSentence", () => {
  it("is the error's own message in English", () => {
    expect(errors.map((error) => errorSentence(error, messagesFor("en")))).toEqual(errors.map(({ message }) => message))
  })

  it.each(translated)("is another sentence for each failure in %s", (locale) => {
    const sentences = errors.map((error) => errorSentence(error, messagesFor(locale)))
    expect(new Set(sentences).size).toBe(errors.length)
    for (const [index, sentence] of sentences.entries()) {
      expect(sentence).not.toBe(errors[index]?.message)
      expect(sentence).toMatch(/[.。]$/)
    }
  })

  it.each(translated)("names the setting and the time of renewal in %s", (locale) => {
    const messages = messagesFor(locale)
    expect(errorSentence(new ConfigurationError({ variable: "FLUX_MODEL", message: "" }), messages)).toContain(
      "FLUX_MODEL"
    )
    expect(errorSentence(new QuotaExceeded({ renewsAt: Date.UTC(2026, 10, 23) }), messages)).toContain(
      "2026-11-23 00:00 UTC"
    )
  })

  it.each(translated)("tells what is wrong with a request in its own words in %s", (locale) => {
    const error = new InvalidRequest({ message: "The prompt is too long.", param: "prompt" })
    expect(errorSentence(error, messagesFor(locale))).toBe("The prompt is too long.")
  })
})

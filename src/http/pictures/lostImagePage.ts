import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type { ImageNotFound } from "../../domain/Errors.ts"
import type { Locale } from "../../domain/Locale.ts"
import { errorAnswer, type ServiceError } from "../errors.ts"
import { negotiateLocale } from "../locales/negotiateLocale.ts"
import type { SiteMessages } from "../locales/SiteMessages.ts"
import { siteMessagesFor } from "../locales/siteMessagesFor.ts"
import { note, noteStyleHash } from "../page/page.generated.ts"
import { escapeHtml, languageTag, pageHeaders } from "../system/html.ts"

/** Whether somebody has opened an address in a browser, and no program or page has asked for a picture. */
export const isOpenedByPerson = ({ headers }: HttpServerRequest.HttpServerRequest): boolean =>
  (headers.accept ?? "").includes("text/html")

const isLost = (error: ServiceError): error is ImageNotFound => error._tag === "ImageNotFound"

const sentences = (error: ServiceError, { imageGone }: SiteMessages): readonly [title: string, text: string] => {
  if (!isLost(error)) return [imageGone.failedTitle, imageGone.failed]
  return error.expired ? [imageGone.expiredTitle, imageGone.expired] : [imageGone.unknownTitle, imageGone.unknown]
}

/** For a person who has opened a link to a picture that can't be shown: what became of it, in their language. */
export const lostImagePage = (
  error: ServiceError,
  { headers }: HttpServerRequest.HttpServerRequest,
  fixed: Locale | undefined
): HttpServerResponse.HttpServerResponse => {
  const locale = fixed ?? negotiateLocale(headers["accept-language"])
  const messages = siteMessagesFor(locale)
  const [title, text] = sentences(error, messages)
  const html = note
    .replace("{{lang}}", () => languageTag(locale))
    .replaceAll("{{title}}", () => escapeHtml(title))
    .replace("{{text}}", () => escapeHtml(text))
    .replace("{{home}}", () => escapeHtml(messages.imageGone.home))
  return HttpServerResponse.html(html).pipe(
    HttpServerResponse.setStatus(errorAnswer(error).status),
    HttpServerResponse.setHeaders({
      ...pageHeaders,
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; style-src '${noteStyleHash}'; base-uri 'none'; frame-ancestors 'none'`,
      vary: "accept, accept-language"
    })
  )
}

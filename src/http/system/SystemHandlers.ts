import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { AppConfig } from "../../services/Config.ts"
import { ImageTransformer } from "../../services/ImageTransformer.ts"
import { Api } from "../Api.ts"
import { negotiateLocale } from "../locales/negotiateLocale.ts"
import { drawingPage, pageSecurityPolicy } from "./drawingPage.ts"
import { pageHeaders } from "./html.ts"
import { serviceInfo } from "./serviceInfo.ts"

/** What always answers, whatever is set. */
export const SystemHandlers = HttpApiBuilder.group(
  Api,
  "system",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const { canDraw, problems, title } = config
    const service = serviceInfo(config, (yield* ImageTransformer).available)
    const caching = {
      // Whoever mends a setting wants to see it.
      "cache-control": canDraw ? "public, max-age=300" : "no-store",
      ...(config.locale === undefined && { vary: "accept-language" })
    }
    return handlers.handleAll({
      welcome: ({ request }) => {
        const locale = config.locale ?? negotiateLocale(request.headers["accept-language"])
        return Effect.succeed(
          HttpServerResponse.html(drawingPage(locale, service, title)).pipe(
            HttpServerResponse.setHeaders({
              ...caching,
              "content-security-policy": pageSecurityPolicy,
              ...pageHeaders
            })
          )
        )
      },
      health: () =>
        Effect.succeed({
          status: "ok" as const,
          ready: canDraw,
          missing: problems.map(({ variable }) => variable)
        })
    })
  })
)

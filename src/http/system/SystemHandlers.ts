import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as Result from "effect/Result"
import { maximumImages, maximumSeed } from "../../domain/PromptText.ts"
import { AppConfig } from "../../services/Config.ts"
import { Api } from "../Api.ts"
import { negotiateLocale } from "../locales/negotiateLocale.ts"
import type { ServiceInfo } from "../page/ServiceInfo.ts"
import { drawingPage, pageSecurityPolicy } from "./drawingPage.ts"

/** What always answers, whatever is set. */
export const SystemHandlers = HttpApiBuilder.group(
  Api,
  "system",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const { canDraw, problems } = config
    const optimization = Result.getOrUndefined(config.optimization)
    const improver = optimization && Result.getOrUndefined(optimization.improver)
    const preview = Result.isSuccess(config.backend) && config.backend.success._tag === "Preview"
    const service: ServiceInfo = {
      problems: (canDraw ? [] : problems).map(({ message, variable }) => ({ message, variable })),
      preview,
      optimization: optimization?.wanted === true,
      canOptimize: improver !== undefined && !(preview && improver._tag === "WorkersAi"),
      defaultModel: Result.isSuccess(config.models) ? config.models.success.defaultModel.id : "",
      maximumImages,
      maximumSeed
    }
    const caching = {
      // Whoever mends a setting wants to see it.
      "cache-control": canDraw ? "public, max-age=300" : "no-store",
      ...(config.locale === undefined && { vary: "accept-language" })
    }
    return handlers.handleAll({
      welcome: ({ request }) => {
        const locale = config.locale ?? negotiateLocale(request.headers["accept-language"])
        return Effect.succeed(
          HttpServerResponse.html(drawingPage(locale, service)).pipe(
            HttpServerResponse.setHeaders({
              ...caching,
              "content-security-policy": pageSecurityPolicy,
              "x-content-type-options": "nosniff",
              "referrer-policy": "no-referrer"
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

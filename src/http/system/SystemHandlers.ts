import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import { AppConfig } from "../../services/Config.ts"
import { Api } from "../Api.ts"
import { welcomePage } from "./welcomePage.ts"

/** What always answers, whatever is set. */
export const SystemHandlers = HttpApiBuilder.group(
  Api,
  "system",
  Effect.fnUntraced(function* (handlers) {
    const { problems } = yield* AppConfig
    return handlers.handleAll({
      welcome: ({ request }) =>
        Effect.succeed(
          HttpServerResponse.html(welcomePage(new URL(request.originalUrl).origin, problems)).pipe(
            HttpServerResponse.setHeaders({
              "cache-control": "no-store",
              "content-security-policy":
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
              "x-content-type-options": "nosniff",
              "referrer-policy": "no-referrer"
            })
          )
        ),
      health: () =>
        Effect.succeed({
          status: "ok" as const,
          ready: problems.length === 0,
          missing: problems.map(({ variable }) => variable)
        })
    })
  })
)

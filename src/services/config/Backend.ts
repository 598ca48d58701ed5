import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { ConfigurationError } from "../../domain/Errors.ts"
import type { WorkerBindings } from "../Bindings.ts"
import { combine, isHttp, optional, type Setting, setting, word } from "./Setting.ts"
import { sentKey } from "./secret.ts"

/** Cloudflare's REST API, with the account that pays. */
export interface RestBackend {
  readonly _tag: "Rest"
  readonly accountId: string
  readonly apiToken: Redacted.Redacted<string>
  /** Without a slash at its end. */
  readonly baseUrl: string
}

/** What draws the pictures. */
export type Backend = RestBackend | { readonly _tag: "Binding"; readonly ai: Ai } | { readonly _tag: "Preview" }

/** `FLUX_BACKEND` and what it needs. `auto` never chooses the preview: no false picture is given for a true one. */
export const backendSetting = Effect.fnUntraced(function* (bindings: WorkerBindings) {
  const kind = yield* word("FLUX_BACKEND", ["auto", "rest", "binding", "preview"])
  const accountId = yield* optional("CF_ACCOUNT_ID", Config.String("CF_ACCOUNT_ID"), "the id of a Cloudflare account")
  const apiToken = yield* sentKey("CF_API_TOKEN")
  const baseUrl = yield* setting(
    "CF_API_BASE",
    Config.URL("CF_API_BASE").pipe(Config.withDefault(new URL("https://api.cloudflare.com/client/v4"))),
    "an http(s) address",
    isHttp
  )
  const backend: Setting<Backend> = Result.gen(function* () {
    const wanted = yield* kind
    const account = yield* accountId
    if (wanted === "preview") return { _tag: "Preview" } as const
    // A token that nothing uses may be wrong.
    const token = wanted === "binding" || account === undefined ? undefined : yield* apiToken
    if (wanted !== "binding" && account !== undefined && token !== undefined) {
      return {
        _tag: "Rest",
        accountId: account,
        apiToken: token,
        baseUrl: (yield* baseUrl).href.replace(/\/+$/, "")
      } as const
    }
    if (wanted !== "rest" && bindings.AI) return { _tag: "Binding", ai: bindings.AI } as const
    return yield* Result.fail(missing(wanted, account === undefined ? "CF_ACCOUNT_ID" : "CF_API_TOKEN"))
  })
  return combine([kind, accountId, apiToken, baseUrl], backend)
})

const missing = (
  wanted: "auto" | "rest" | "binding",
  variable: "CF_ACCOUNT_ID" | "CF_API_TOKEN"
): ConfigurationError => {
  switch (wanted) {
    case "binding":
      return new ConfigurationError({
        variable: "AI",
        message: "FLUX_BACKEND is `binding`, but Workers AI is not bound as AI."
      })
    case "rest":
      return new ConfigurationError({ variable, message: `FLUX_BACKEND is \`rest\`, but ${variable} is not set.` })
    case "auto":
      return new ConfigurationError({
        variable,
        message: `Nothing can draw: bind Workers AI as AI, or set CF_ACCOUNT_ID and CF_API_TOKEN (${variable} is not set).`
      })
  }
}

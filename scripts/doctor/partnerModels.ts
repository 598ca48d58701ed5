import { type Finding, failed, ok, told } from "./checks.ts"
import { type Answer, at, type Deployment } from "./Deployment.ts"

const DRAW_MS = 150_000

/** Cheap ones first, in the order of their prices in autumn 2026: one of them tells how all are reached and paid. */
const byPrice = [
  "xai/grok-imagine-image",
  "black-forest-labs/flux-2-pro-preview",
  "google/nano-banana-2-lite",
  "bytedance/seedream-5-lite",
  "google/nano-banana"
]
/** It draws nothing new. */
const remover = "bria/remove-background"

const advise = ({ json, status }: Answer): string => {
  switch (at(json, "error", "code")) {
    case "insufficient_quota":
      return "top up AI Gateway credits in the dashboard; with CF_API_TOKEN, try the binding AI: FLUX_BACKEND=binding"
    case "configuration_error":
      return "see docs/partner-models.md: gateway, credits, and the token's permission AI Gateway"
    default:
      return status >= 500 ? "`npx wrangler tail` tells what the model said" : "see the message"
  }
}

/** Draws with the cheapest of the partners' models that are switched on; nothing where none is. It is billed in dollars. */
export const checkPartnerModels = async ({ ask }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const check = "a partner's model"
  const models = at((await ask("/v1/models")).json, "data")
  const ids = (Array.isArray(models) ? models : []).map((model) => String(at(model, "id")))
  const partners = ids.filter((id) => !id.startsWith("@") && id.includes("/"))
  if (partners.length === 0) return []
  const drawing = partners.filter((id) => id !== remover)
  const model = byPrice.find((id) => drawing.includes(id)) ?? drawing[0]
  if (model === undefined) return [{ check, outcome: "skipped", seen: `${remover} needs a picture` }]
  const answer = await ask("/v1/images/generations", {
    body: { model, prompt: "A small boat on a calm lake", response_format: "url", quality: "low" },
    timeoutMs: DRAW_MS
  })
  const seen = `${model}, ${at(answer.json, "size")}, ${answer.seconds.toFixed(1)} s`
  return [answer.status === 200 ? ok(check, seen) : failed(check, `${model}: ${told(answer)}`, advise(answer))]
}

import { type Answer, at, type Deployment } from "./Deployment.ts"

/** `note`: it works, and there is something to know. */
export type Outcome = "ok" | "note" | "failed" | "skipped"

export interface Finding {
  readonly check: string
  readonly outcome: Outcome
  /** What was seen. */
  readonly seen: string
  /** What to do. */
  readonly advice?: string
  /** There is nothing more to check. */
  readonly last?: true
}

export const ok = (check: string, seen: string): Finding => ({ check, outcome: "ok", seen })
export const failed = (check: string, seen: string, advice: string): Finding => ({
  check,
  outcome: "failed",
  seen,
  advice
})

/** The status of an answer, and the error that it tells. */
export const told = ({ json, status }: Answer): string => {
  const message = at(json, "error", "message")
  return typeof message === "string" ? `${status}: ${message}` : String(status)
}

/** A name that no service has as a model: a request for it gets as far as can be without drawing. */
export const NO_MODEL = "model-of-the-doctor"

const bindings: ReadonlyArray<string> = ["AI", "FLUX_CF_KV", "IMAGES", "LEDGER", "RUNNER", "RATE_LIMITER"]

const mend = (variable: string): string => {
  if (bindings.includes(variable)) return "bind it: npm run deploy, or in the dashboard under Settings, Bindings"
  const set = `npx wrangler secret put ${variable}`
  return variable.startsWith("CF_A") && !variable.endsWith("BASE") ? `bind Workers AI: npm run deploy; or ${set}` : set
}

/** Whether there is a service at all, and what it says is missing. Without it there is nothing more to check. */
export const checkHealth = async ({ ask }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const check = "GET /health"
  const answer = await ask("/health", { withKey: false })
  const missing = at(answer.json, "missing")
  if (answer.status !== 200 || !Array.isArray(missing)) {
    const advice = "this is no Flux API Worker: compare the address with the one of the deploy"
    return [{ ...failed(check, told(answer), advice), last: true }]
  }
  if (missing.length === 0) return [ok(check, "ready")]
  return missing.map((variable) => failed(check, `${variable} is missing or wrong`, mend(String(variable))))
}

export const checkKey = async ({ ask, hasKey }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const refused = async (check: string, headers: Readonly<Record<string, string>>): Promise<Finding> => {
    const answer = await ask("/v1/models", { withKey: false, headers })
    if (answer.status === 401) return ok(check, "refused: 401")
    if (answer.status === 200) return failed(check, "let in", "a proxy in front of the Worker adds a key: take it away")
    return failed(check, told(answer), "set a key: npx wrangler secret put API_KEY")
  }
  const without = await refused("no key", {})
  const wrong = await refused("a wrong key", { authorization: "Bearer sk-wrong-key-of-the-doctor" })
  if (!hasKey) {
    const advice = "give the key in FLUX_API_KEY or with --key to check the rest"
    return [without, wrong, { check: "your key", outcome: "skipped", seen: "not given", advice }]
  }
  const answer = await ask("/v1/models")
  const known = answer.status !== 401
  return [
    without,
    wrong,
    known
      ? ok("your key", "let in")
      : failed("your key", "refused: 401", "compare it with API_KEY, or set that anew: npx wrangler secret put API_KEY")
  ]
}

export const checkModels = async ({ ask }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const answer = await ask("/v1/models")
  const models = at(answer.json, "data")
  const complete =
    Array.isArray(models) &&
    models.length > 0 &&
    models.every((model) => typeof at(model, "id") === "string" && typeof at(model, "created") === "number")
  const unknown = await ask("/v1/chat/completions", {
    body: { model: NO_MODEL, messages: [{ role: "user", content: "A cat" }] }
  })
  return [
    complete
      ? ok("GET /v1/models", `${models.length}, first ${at(models, 0, "id")}`)
      : failed("GET /v1/models", told(answer), "open /health: a setting of the models is wrong"),
    at(unknown.json, "error", "code") === "model_not_found"
      ? ok("an unknown model", "404 model_not_found")
      : failed("an unknown model", told(unknown), "see what /health and `npx wrangler tail` say")
  ]
}

/** The request for a title that Open WebUI makes by itself. For the model's sake nothing is drawn, whatever is set. */
export const checkHelper = async ({ ask }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const check = "a title for Open WebUI"
  const history = "<chat_history>\nUSER: A red fox\nASSISTANT: done\n</chat_history>"
  const task =
    "Generate a concise, 3-5 word title with an emoji summarizing the chat history.\n### Guidelines:\n- JSON only"
  const answer = await ask("/v1/chat/completions", {
    body: {
      model: NO_MODEL,
      stream: false,
      messages: [{ role: "user", content: `### Task:\n${task}\n\n### Chat History:\n${history}` }]
    }
  })
  const content = at(answer.json, "choices", 0, "message", "content")
  if (answer.status === 200) return [ok(check, `answered without drawing: ${content}`)]
  if (at(answer.json, "error", "code") === "model_not_found") {
    const seen = "would be drawn and billed like any other"
    return [{ check, outcome: "note", seen, advice: "take HELPER_REQUESTS=draw away, if you do not need it" }]
  }
  return [failed(check, told(answer), "see what /health and `npx wrangler tail` say")]
}

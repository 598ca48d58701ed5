import { type Finding, failed, NO_MODEL, ok, told } from "./checks.ts"
import { at, type Deployment } from "./Deployment.ts"

/** The headers that the OpenAI SDK sends from a page. */
const sdkHeaders = [
  "authorization",
  "content-type",
  "x-stainless-arch",
  "x-stainless-lang",
  "x-stainless-os",
  "x-stainless-package-version",
  "x-stainless-retry-count",
  "x-stainless-runtime",
  "x-stainless-runtime-version",
  "x-stainless-timeout"
]

const listed = (header: string | null): ReadonlyArray<string> =>
  (header ?? "").split(",").map((name) => name.trim().toLowerCase())

/** Whether pages of `origin` may use the service. A page of any other is what is asked with where none is given. */
export const checkBrowsers = async (
  { ask }: Deployment,
  origin: string | undefined
): Promise<ReadonlyArray<Finding>> => {
  const from = origin ?? "https://chat.example"
  const preflight = await ask("/v1/chat/completions", {
    method: "OPTIONS",
    withKey: false,
    headers: {
      origin: from,
      "access-control-request-method": "POST",
      "access-control-request-headers": sdkHeaders.join(",")
    }
  })
  const error = await ask("/v1/models", { withKey: false, headers: { origin: from } })
  const allowed = preflight.headers.get("access-control-allow-origin")
  if (preflight.status < 300 && allowed !== "*" && allowed !== from) {
    const seen = `${from} may not`
    const advice = "ALLOWED_ORIGINS names who may: add the origin of your chat page"
    return [{ check: "pages of others (CORS)", outcome: origin ? "failed" : "note", seen, advice }]
  }
  const names = listed(preflight.headers.get("access-control-allow-headers"))
  const refused = sdkHeaders.filter((name) => !names.includes(name))
  const advice = "something in front of the Worker answers or changes this: let it pass"
  const readable =
    error.headers.get("access-control-allow-origin") === allowed &&
    listed(error.headers.get("access-control-expose-headers")).includes("x-request-id")
  return [
    preflight.status >= 300 || refused.length > 0
      ? failed("preflight of a page (CORS)", refused.length > 0 ? `refused: ${refused}` : told(preflight), advice)
      : ok("preflight of a page (CORS)", allowed === "*" ? "any page" : from),
    readable
      ? ok("errors for a page (CORS)", "readable")
      : failed("errors for a page (CORS)", "not readable for a script", advice)
  ]
}

/** What to enter as the address, and where the client then sends its requests. */
interface ClientAddress {
  readonly client: string
  readonly enter: string
  readonly chat: string
  /** Absent where the client never lists models. */
  readonly models?: string
}

const under = (client: string, enter: string, path: string): ClientAddress => ({
  client,
  enter,
  chat: `${path}/chat/completions`,
  models: `${path}/models`
})

const clientAddresses: ReadonlyArray<ClientAddress> = [
  { client: "NextChat", enter: "", chat: "/v1/chat/completions" },
  under("Chatbox", "", "/v1"),
  under("Cherry Studio", "", "/v1"),
  under("Open WebUI", "/v1", "/v1"),
  under("LobeChat", "/v1", "/v1"),
  under("LibreChat", "/v1", "/v1"),
  under("OpenAI SDKs", "/v1", "/v1")
]

const pastedAddresses: ReadonlyArray<ClientAddress> = [
  under("without /v1", "", ""),
  under("/v1 twice", "/v1", "/v1/v1"),
  under("a slash too many", "/v1/", "/v1/"),
  under("the whole address", "/v1/chat/completions", "/v1/chat/completions")
]

/** Every address that clients make of what is entered in them: models are listed, and chat is reached. Nothing is drawn. */
export const checkClients = async ({ ask, base }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const reach = async ({ chat, models }: ClientAddress): Promise<string | undefined> => {
    const list = models && (await ask(models))
    if (list && !Array.isArray(at(list.json, "data"))) return `GET ${models}: ${told(list)}`
    const answer = await ask(chat, { body: { model: NO_MODEL, messages: [{ role: "user", content: "A cat" }] } })
    return at(answer.json, "error", "code") === "model_not_found" ? undefined : `POST ${chat}: ${told(answer)}`
  }
  const findings: Array<Finding> = []
  for (const address of clientAddresses) {
    const problem = await reach(address)
    const seen = `enter ${base}${address.enter}`
    findings.push(problem ? failed(address.client, problem, "see the rows above") : ok(address.client, seen))
  }
  for (const address of pastedAddresses) {
    const problem = await reach(address)
    const check = `address: ${address.client}`
    findings.push(
      problem ? failed(check, problem, `enter ${base}, or ${base}/v1`) : ok(check, "understood all the same")
    )
  }
  return findings
}

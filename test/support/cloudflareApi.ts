import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

/** Cloudflare's API as far as `wrangler deploy` uses it, for an account that may or may not have the Worker. */
export interface FakeCloudflareApi {
  readonly origin: string
  /** What was asked, such as `POST /accounts/…/storage/kv/namespaces`, with the body as text. */
  readonly calls: ReadonlyArray<{ readonly call: string; readonly body: string }>
  readonly close: () => Promise<void>
}

export interface CloudflareAccount {
  readonly accounts?: ReadonlyArray<string>
  /** Names of the secrets of the Worker; absent where it was never deployed. */
  readonly secrets?: ReadonlyArray<string>
  /** Titles of the KV namespaces. */
  readonly namespaces?: ReadonlyArray<string>
}

/** The id of a namespace of a {@link CloudflareAccount}. */
export const namespaceId = (index: number): string => `${index}`.repeat(32)

const NO_WORKER = { code: 10007, message: "This Worker does not exist on your account." }
const NO_SERVICE = { code: 10090, message: "This service does not exist on your account." }

export const startCloudflareApi = async ({
  accounts = ["Alice"],
  namespaces = [],
  secrets
}: CloudflareAccount): Promise<FakeCloudflareApi> => {
  const owned = accounts.map((name, index) => ({ id: String(index).repeat(32), name }))
  const answers: ReadonlyArray<readonly [RegExp, object]> = [
    [/^GET \/user\/tokens\/verify/, { id: "token", status: "active" }],
    [/^GET \/user$/, { id: "user", email: "alice@example.com" }],
    [/^GET \/accounts\?/, owned],
    [/^GET \/memberships/, owned.map((account) => ({ id: account.id, account }))],
    [/^GET \S+\/secrets/, secrets?.map((name) => ({ name, type: "secret_text" })) ?? NO_WORKER],
    [/^GET \S+\/workers\/services\//, NO_SERVICE],
    [/^GET \S+\/kv\/namespaces\S*[?&]page=(?!1\b)/, []],
    [/^GET \S+\/kv\/namespaces/, namespaces.map((title, index) => ({ id: namespaceId(index), title }))],
    [/^POST \S+\/kv\/namespaces/, { id: "d".repeat(32), title: "pictures" }],
    [/^(GET|POST) \S+\/subdomain/, { subdomain: "alice", enabled: true, previews_enabled: false }],
    [/^GET \S+\/workers\/workers\//, { id: "worker", subdomain: { enabled: true, previews_enabled: false } }],
    [/^PUT \S+\/workers\/scripts\//, { id: "worker", tag: "tag", deployment_id: "id", startup_time_ms: 10 }],
    [/^(POST|PUT|PATCH) /, {}]
  ]
  const calls: Array<{ call: string; body: string }> = []
  const server = createServer((request, response) => {
    const call = `${request.method} ${request.url}`
    let body = ""
    request.setEncoding("latin1").on("data", (text: string) => {
      body += text
    })
    request.on("end", () => {
      calls.push({ call, body })
      const result = answers.find(([pattern]) => pattern.test(call))?.[1] ?? NO_WORKER
      const refused = result === NO_WORKER || result === NO_SERVICE
      response.writeHead(refused ? 404 : 200, { "content-type": "application/json" })
      const told = refused ? { result: null, errors: [result] } : { result, errors: [] }
      response.end(
        JSON.stringify({ success: !refused, messages: [], result_info: { page: 1, total_pages: 1 }, ...told })
      )
    })
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo // an IP socket has this shape, only a pipe has not
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, "close")
    }
  }
}

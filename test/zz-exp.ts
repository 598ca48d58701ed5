import { unstable_startWorker } from "wrangler"
import { startFakeWorkersAi } from "./support/workers-ai/server.ts"
const t0 = performance.now()
const log = (...a: unknown[]) => console.log(Math.round(performance.now() - t0), ...a)
const ai = await startFakeWorkersAi()
const logs: unknown[] = []
const w = await unstable_startWorker({
  config: "wrangler.toml",
  envFiles: [],
  bindings: {
    API_KEY: { type: "secret_text", value: "sk-test" },
    CF_ACCOUNT_ID: { type: "secret_text", value: ai.fake.accountId },
    CF_API_TOKEN: { type: "secret_text", value: ai.fake.apiToken },
    CF_API_BASE: { type: "plain_text", value: ai.baseUrl },
    FLUX_BACKEND: { type: "plain_text", value: "rest" }
  },
  dev: { remote: false, server: { hostname: "127.0.0.1", port: 0 }, logLevel: "none", watch: false, persist: false, inspector: false, structuredLogsHandler: (l: unknown) => void logs.push(l) }
})
await w.ready
const url = (await w.url).origin
log("ready", url)
const chat = (body: object, init: object = {}) => fetch(`${url}/v1/chat/completions`, { method: "POST", headers: { authorization: "Bearer sk-test", "content-type": "application/json" }, body: JSON.stringify({ messages: [{ role: "user", content: "A cute cat 3:2" }], ...body }), ...init })
log(await (await fetch(url + "/health")).json())
const r = await chat({})
log(r.status, JSON.stringify(await r.json()).slice(0, 600))
log(ai.fake.calls)
const kv = await w.raw.runtimes[0]?.mf?.getKVNamespace("FLUX_CF_KV")
log(await kv?.list())
for (const f of ["resetBeforeHeaders", "resetAfterHeaders", "truncatedJson", "html", "badGateway", "authentication", "quota"] as const) {
  ai.fake.reset(); ai.fake.failAlways(f)
  const r = await chat({})
  log(f, r.status, await r.text(), ai.fake.calls.length)
}
// abort
for (const stream of [true, false]) {
ai.fake.reset()
const gate = ai.fake.gate()
const c = new AbortController()
const p = chat({ stream }, { signal: c.signal })
const call = await gate.arrived
log("arrived")
if (stream) { const reader = (await p).body!.getReader(); log(new TextDecoder().decode((await reader.read()).value)) }
c.abort()
await p.catch((e) => log("aborted", e.name))
for (let i = 0; i < 20 && !call.aborted; i++) await new Promise((r) => setTimeout(r, 100))
log("call aborted", stream, call.aborted)
gate.release()
}
log(logs.length, JSON.stringify(logs).slice(0, 3000))
await w.dispose()
await ai.close()
log("closed")

// The version before the ledger, as far as it leaves anything behind: a picture in Workers KV under the whole name in its
// link, an object for each prompt that has drawn, and one for what a key has used.
import { DurableObject } from "cloudflare:workers"

export class GenerationJobs extends DurableObject {
  async fetch() {
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS jobs (id TEXT, images BLOB)")
    this.ctx.storage.sql.exec("INSERT INTO jobs VALUES ('job', x'ffd8')")
    return new Response("drawn")
  }
}

export class KeyBudget extends DurableObject {
  async fetch() {
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS days (day TEXT, neurons REAL)")
    this.ctx.storage.sql.exec("INSERT INTO days VALUES ('2026-11-25', 300)")
    return new Response("counted")
  }
}

export default {
  async fetch(request, env) {
    const name = new URL(request.url).pathname.slice(1)
    await env.FLUX_CF_KV.put(name, await request.arrayBuffer(), { expirationTtl: 1800 })
    for (const namespace of [env.GENERATIONS, env.BUDGETS]) {
      await namespace.get(namespace.idFromName("default")).fetch("https://object/")
    }
    return new Response(name)
  }
}

/**
 * What bench/scale.ts runs in workerd: the ledger alone, asked by a Worker as the service asks it, without anything around it.
 * `POST /?pairs=2000&width=64&awaited=true&key=alice` claims and settles so many generations, so many at a time.
 */
import type { Claim, End, LedgerMessage } from "../src/services/ledger/LedgerMessage.ts"
import { LedgerObject } from "../src/services/ledger/LedgerObject.ts"

interface Bindings {
  readonly LEDGER: DurableObjectNamespace
}

export class KeyLedger extends LedgerObject {
  constructor(context: DurableObjectState) {
    super(context, () => Date.now())
  }
}

/** bench/workerd.ts binds it. */
export class JobRunner {
  fetch(): Response {
    return new Response(null, { status: 404 })
  }
}

const used = { pictures: 1, neurons: 104.2, microdollars: 1146.2 }

const claimOf = (id: string, awaited: boolean): Claim => ({
  _tag: "Claim",
  id,
  identity: `request:${id}`,
  digest: id,
  keyed: false,
  repeat: false,
  // About as much as the plan of a picture is.
  opening: { plan: "x".repeat(500), keys: [`${id}-1800000000`], n: 1 },
  needed: used,
  limits: awaited ? { neurons: 1e12 } : {},
  leaseMillis: 180_000,
  windowMillis: 120_000,
  ...(!awaited && { awaited: false }),
  at: Date.now()
})

const endOf = (claim: Claim): End => ({
  _tag: "End",
  claim,
  status: "completed",
  events: [{ _tag: "ImageReady", image: { key: `${claim.id}-1800000000.jpg`, size: "1024x1024", neurons: 104.2 } }],
  spent: used,
  replayable: true,
  kept: true,
  windowMillis: 120_000
})

export default {
  fetch: async (request, { LEDGER }) => {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === "/health") return new Response()
    const pairs = Number(searchParams.get("pairs"))
    const awaited = searchParams.get("awaited") === "true"
    const name = searchParams.get("key") ?? ""
    const ask = async (message: LedgerMessage) => {
      const stub = LEDGER.get(LEDGER.idFromName(name))
      const response = await stub.fetch("https://ledger/", { method: "POST", body: JSON.stringify(message) })
      if (!response.ok) throw new Error(`The ledger answered ${response.status}`)
      await response.json()
    }
    let begun = 0
    const draw = async () => {
      while (begun < pairs) {
        begun += 1
        const claim = claimOf(crypto.randomUUID(), awaited)
        await ask(claim)
        await ask(endOf(claim))
      }
    }
    await Promise.all(Array.from({ length: Number(searchParams.get("width")) }, draw))
    return new Response()
  }
} satisfies ExportedHandler<Bindings>

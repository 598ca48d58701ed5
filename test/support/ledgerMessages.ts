import type { Usage } from "../../src/domain/Usage.ts"
import type { Claim, End } from "../../src/services/ledger/LedgerMessage.ts"

export const neurons = (amount: number, pictures = 1): Usage => ({
  pictures,
  neurons: amount,
  microdollars: amount * 11
})

export const claim = (id: string, changes: Partial<Claim> = {}): Claim => ({
  _tag: "Claim",
  id,
  identity: "cat",
  digest: "cat",
  keyed: false,
  repeat: false,
  opening: { prompt: "A cute cat" },
  needed: neurons(50),
  limits: {},
  leaseMillis: 60_000,
  windowMillis: 120_000,
  ...changes
})

export const repeat = (id: string, changes: Partial<Claim> = {}): Claim => claim(id, { repeat: true, ...changes })

export const end = (from: string | Claim, changes: Partial<End> = {}): End => ({
  _tag: "End",
  claim: typeof from === "string" ? claim(from) : from,
  status: "completed",
  events: [{ picture: 0 }],
  spent: neurons(50),
  replayable: true,
  kept: true,
  windowMillis: 120_000,
  ...changes
})

import { expect } from "vitest"
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
  events: [{ image: 0 }],
  spent: neurons(50),
  replayable: true,
  kept: true,
  windowMillis: 120_000,
  ...changes
})

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export const read = (id: string, after = -1) => ({ _tag: "Read", id, after }) as const
export const follow = (id: string, after = -1) => ({ _tag: "Follow", id, after }) as const
export const cancel = (id: string) => ({ _tag: "Cancel", id }) as const
export const progress = (id: string, image: number) => ({ _tag: "Progress", id, event: { image } }) as const
export const usage = { _tag: "Usage" } as const

/** What is answered. */
export const draw = { _tag: "Draw" }
export const notFound = { _tag: "NotFound" }
export const told = (job: object) => ({ _tag: "Job", job: expect.objectContaining(job) })
export const joins = (job: object) => ({ _tag: "Join", job: expect.objectContaining(job) })
export const image = (sequence: number) => ({ sequence, event: { image: sequence } })

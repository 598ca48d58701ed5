import { ServiceFailure } from "./ServiceFailure.ts"
import { send, withKey } from "./send.ts"

/** What this key has used today. */
export interface Usage {
  readonly neurons: number
  /** What it may use each day, and what of it is left; each absent where that is not limited. */
  readonly inNeurons?: Budget
  readonly inDollars?: Budget
  readonly renewsAt: Date
}

interface Budget {
  readonly budget: number
  readonly left: number
}

const budgetOf = (budget: number | null, left: number | null): Budget | undefined =>
  budget === null || left === null ? undefined : { budget, left }

/** What a key has used, today and on the days before, as GET /v1/usage tells it (UsageApi.ts). */
export interface KeyUsage {
  readonly key: string
  /** `null` where it is not known. */
  readonly neurons: number | null
  readonly cost_usd: number | null
  /** What it may use each day, and what of it is left; `null` where that is not limited. */
  readonly budget: number | null
  readonly left: number | null
  readonly budget_usd: number | null
  readonly left_usd: number | null
  /** The newest first, without those of no use. */
  readonly days: ReadonlyArray<DayUsage>
}

export interface DayUsage {
  readonly date: string
  readonly pictures: number
  readonly neurons: number
  readonly cost_usd: number
}

/** The use of every key for the owner, and of the own key for others. */
export const readKeyUsage = async (key: string): Promise<ReadonlyArray<KeyUsage>> => {
  const path = "/v1/usage"
  const response = await send(withKey(`${path}?key=all`, key)).catch((failure) => {
    // Not the owner's.
    if (failure instanceof ServiceFailure && failure.param === "key") return send(withKey(path, key))
    throw failure
  })
  // The cast: this is the answer of GET /v1/usage (UsageApi.ts).
  const told = (await response.json()) as KeyUsage | { readonly data: ReadonlyArray<KeyUsage> }
  return "data" in told ? told.data : [told]
}

/** The ids of the models; fails with `invalid_api_key` where the key is wrong. */
export const listModels = async (key: string): Promise<ReadonlyArray<string>> => {
  const response = await send(withKey("/v1/models", key))
  // The cast: this is the answer of GET /v1/models (ModelsApi.ts).
  const { data } = (await response.json()) as { readonly data: ReadonlyArray<{ readonly id: string }> }
  return data.map(({ id }) => id)
}

/** `undefined` where the service does not count. */
export const readUsage = async (key: string): Promise<Usage | undefined> => {
  try {
    const response = await send(withKey("/v1/usage", key))
    // The cast: this is the answer of GET /v1/usage (UsageApi.ts).
    const told = (await response.json()) as Record<
      "neurons" | "budget" | "left" | "budget_usd" | "left_usd",
      number | null
    > & {
      readonly renews_at: number
    }
    if (told.neurons === null) return undefined
    const inNeurons = budgetOf(told.budget, told.left)
    const inDollars = budgetOf(told.budget_usd, told.left_usd)
    return {
      neurons: told.neurons,
      renewsAt: new Date(told.renews_at * 1000),
      ...(inNeurons && { inNeurons }),
      ...(inDollars && { inDollars })
    }
  } catch {
    // What is left is told where it is known, and drawing does not hang on it.
    return undefined
  }
}

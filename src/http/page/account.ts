import { send, withKey } from "./send.ts"

/** What this key has used today. */
export interface Usage {
  readonly neurons: number
  /** What it may use each day; absent where that is not limited. */
  readonly budget?: number
  readonly renewsAt: Date
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
    const { budget, neurons, renews_at } = (await response.json()) as {
      readonly neurons: number | null
      readonly budget: number | null
      readonly renews_at: number
    }
    if (neurons === null) return undefined
    return { neurons, renewsAt: new Date(renews_at * 1000), ...(budget !== null && { budget }) }
  } catch {
    // What is left is told where it is known, and drawing does not hang on it.
    return undefined
  }
}

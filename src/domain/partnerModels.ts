import type { Model } from "./Model.ts"
import { fluxPartners } from "./partners/flux.ts"
import { googlePartners } from "./partners/google.ts"
import { openAiPartners, otherPartners } from "./partners/others.ts"

/**
 * Models of others that Cloudflare passes calls on to, paid with AI Gateway credits. Fields and prices: Cloudflare's catalogue
 * and the price lists of the providers, autumn 2026; docs/partner-models.md says which price rests on what.
 */
export const partnerModels: ReadonlyArray<Model> = [
  ...fluxPartners,
  ...openAiPartners,
  ...googlePartners,
  ...otherPartners
]

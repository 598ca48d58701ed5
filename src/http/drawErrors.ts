import { declareErrors } from "./errors.ts"

/** What an endpoint that draws can fail with. */
export const drawErrors = declareErrors(
  "InvalidRequest",
  "ContentPolicyViolation",
  "InvalidApiKey",
  "ModelNotFound",
  "ImageNotFound",
  "GenerationCancelled",
  "PayloadTooLarge",
  "RateLimited",
  "QuotaExceeded",
  "CreditsExhausted",
  "BudgetExceeded",
  "ConfigurationError",
  "UpstreamError",
  "StorageError",
  "GenerationInterrupted",
  "ImageNotReady",
  "LedgerUnavailable",
  "UpstreamTimeout"
)

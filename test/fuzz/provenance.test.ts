import { describe } from "vitest"
import { fuzz } from "./fuzz.ts"

describe("POST /v1/provenance", () => {
  fuzz("/v1/provenance")
})

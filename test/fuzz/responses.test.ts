import { describe } from "vitest"
import { fuzz } from "./fuzz.ts"

describe("POST /v1/responses", () => {
  fuzz("/v1/responses")
})

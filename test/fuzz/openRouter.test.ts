import { describe } from "vitest"
import { fuzz } from "./fuzz.ts"

describe("POST /v1/images", () => {
  fuzz("/v1/images")
})

import { describe } from "vitest"
import { fuzz } from "./fuzz.ts"

describe("POST /v1/chat/completions", () => {
  fuzz("/v1/chat/completions")
})

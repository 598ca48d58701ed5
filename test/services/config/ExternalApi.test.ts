import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { chatCompletionsUrl } from "../../../src/services/config/ExternalApi.ts"

describe("chatCompletionsUrl", () => {
  it.each([
    ["https://api.example.com", "https://api.example.com/v1/chat/completions"],
    ["https://api.example.com/", "https://api.example.com/v1/chat/completions"],
    ["https://api.example.com//", "https://api.example.com/v1/chat/completions"],
    ["  https://api.example.com \n", "https://api.example.com/v1/chat/completions"],
    ["https://api.example.com/v1", "https://api.example.com/v1/chat/completions"],
    ["https://api.example.com/v1/", "https://api.example.com/v1/chat/completions"],
    ["https://api.example.com/v1/chat/completions", "https://api.example.com/v1/chat/completions"],
    ["https://api.example.com/v1/chat/completions/", "https://api.example.com/v1/chat/completions"],
    ["https://api.example.com/chat/completions", "https://api.example.com/chat/completions"],
    ["https://api.example.com/inference/chat/completions", "https://api.example.com/inference/chat/completions"],
    [
      "https://x.example.com/openai/deployments/a/chat/completions?api-version=2024-10-21&x=%20",
      "https://x.example.com/openai/deployments/a/chat/completions?api-version=2024-10-21&x=%20"
    ],
    ["https://gateway.example.com/chat/completions?key=a/b", "https://gateway.example.com/chat/completions?key=a/b"],
    ["https://example.com/v1#", "https://example.com/v1/chat/completions"],
    ["https://api.example.com/api", "https://api.example.com/api/v1/chat/completions"],
    ["https://open.example.cn/api/paas/v4", "https://open.example.cn/api/paas/v4/chat/completions"],
    ["https://example.com/v1beta/openai/", "https://example.com/v1beta/openai/chat/completions"],
    ["https://example.com/v2/models", "https://example.com/v2/models/chat/completions"],
    ["https://example.com/vision", "https://example.com/vision/v1/chat/completions"],
    ["https://example.com/v", "https://example.com/v/v1/chat/completions"],
    ["https://example.com/openai/v1?api-version=1", "https://example.com/openai/v1/chat/completions?api-version=1"],
    ["http://localhost:11434", "http://localhost:11434/v1/chat/completions"]
  ])("%j is asked at %s", (base, url) => {
    expect(chatCompletionsUrl(base)).toBe(url)
  })

  it.each([
    "",
    "api.example.com",
    "localhost:8080",
    "/v1",
    "ftp://example.com",
    "https://",
    "javascript:alert(1)",
    "https://name:word@example.com"
  ])("%j is no address", (base) => {
    expect(chatCompletionsUrl(base)).toBeUndefined()
  })

  it("makes the same of its own answer, with or without a slash at the end", () => {
    const path = fc.array(fc.constantFrom("v1", "v4", "api", "openai", "v1beta", "x"), { maxLength: 4 })
    fc.assert(
      fc.property(fc.webAuthority(), path, (host, path) => {
        const base = `https://${[host, ...path].join("/")}`
        const url = chatCompletionsUrl(base)
        fc.pre(url !== undefined)
        expect(chatCompletionsUrl(url ?? "")).toBe(url)
        expect(chatCompletionsUrl(`${base}/`)).toBe(url)
        expect(url).toMatch(/^https:\/\/.*\/v\d.*\/chat\/completions$/)
      })
    )
  })
})

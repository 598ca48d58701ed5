import { describe, expect, it } from "vitest"
import { errorFrom } from "../../support/openai/answers.ts"
import { testApp } from "../../support/testApp.ts"

const missing = async (env: Readonly<Record<string, string>>) => {
  const health: { readonly missing: ReadonlyArray<string> } = await (await testApp({ env }).fetch("/health")).json()
  return health.missing
}

describe("the names in API_KEYS", () => {
  it.each([
    "alice:k1,alice:k2",
    "alice:k1, bob:k2 , alice : k3",
    "default:k1",
    "alice:k1,default:k2:5000",
    '"alice:k1","alice:k2"'
  ])("are each another one, and none is that of API_KEY: %s is named by /health", async (API_KEYS) => {
    expect(await missing({ API_KEYS })).toEqual(["API_KEYS"])
    const response = await testApp({ env: { API_KEYS } }).fetch("/v1/models", {
      headers: { authorization: "Bearer k1" }
    })
    const failure = await errorFrom(response)
    expect(failure).toMatchObject({ status: 500, code: "configuration_error", param: "API_KEYS" })
    expect(failure.message).not.toMatch(/alice|k1|k2/)
  })

  it.each(["alice:k1,bob:k1", "alice:k1,Alice:k2", "alice:k1,bob:k2"])("may be these: %s", async (API_KEYS) => {
    expect(await missing({ API_KEYS })).toEqual([])
  })
})

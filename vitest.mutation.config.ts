import { defineConfig } from "vitest/config"

/** For `npm run mutate`: the tests of what is mutated, which need no other process. */
export default defineConfig({
  test: {
    globalSetup: "test/support/generate.ts",
    testTimeout: 30_000,
    include: ["test/{domain,http}/**/*.test.{ts,tsx}"]
  }
})

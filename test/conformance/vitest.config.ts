import { defineConfig } from "vitest/config"

const { TEST_REPORT } = process.env

/** For `npm run conformance`: unmodified clients against the service, in workerd with its fake Workers AI. */
export default defineConfig({
  test: {
    globalSetup: "test/support/generate.ts",
    include: ["test/conformance/runs/**/*.test.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", ...(TEST_REPORT ? ["json"] : [])],
    outputFile: { json: TEST_REPORT ?? "" }
  }
})

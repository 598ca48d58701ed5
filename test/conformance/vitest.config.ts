import { defineConfig } from "vitest/config"

const { TEST_REPORT } = process.env

const runs = (name: string, include: string) => ({
  test: {
    name,
    globalSetup: "test/support/generate.ts",
    include: [include],
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
})

/** For `npm run conformance`: unmodified clients against the service, in workerd with its fake Workers AI. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ["default", ...(TEST_REPORT ? ["json"] : [])],
    outputFile: { json: TEST_REPORT ?? "" },
    projects: [
      runs("clients", "test/conformance/runs/*.test.ts"),
      runs("programs", "test/conformance/runs/programs/*.test.ts")
    ]
  }
})

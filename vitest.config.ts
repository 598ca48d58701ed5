import { cloudflareTest } from "@cloudflare/vitest-plugin"
import { defineConfig } from "vitest/config"

// TEST_REPORT names a file for the results as JSON, beside the usual output.
const { TEST_REPORT, GITHUB_ACTIONS } = process.env

export default defineConfig({
  test: {
    // The tests of the whole service mostly wait for other processes.
    maxWorkers: 2,
    reporters: ["default", ...(GITHUB_ACTIONS ? ["github-actions"] : []), ...(TEST_REPORT ? ["json"] : [])],
    outputFile: { json: TEST_REPORT ?? "" },
    projects: [
      {
        test: {
          name: "node",
          globalSetup: "test/support/generate.ts",
          // No test leaves anything behind in a module, and loading the program anew for each file is half of the time.
          isolate: false,
          // For a machine that is busy; nothing here is measured by time.
          testTimeout: 30_000,
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", "test/worker/**", "test/conformance/runs/**"]
        }
      },
      {
        plugins: [cloudflareTest({ remoteBindings: false, wrangler: { configPath: "./wrangler.toml" } })],
        test: {
          name: "workerd",
          globalSetup: "test/support/generate.ts",
          include: ["test/worker/**/*.test.ts"]
        }
      }
    ]
  }
})

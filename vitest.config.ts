import { cloudflareTest } from "@cloudflare/vitest-plugin"
import { defineConfig } from "vitest/config"

// TEST_REPORT names a file for the results as JSON, beside the usual output.
const { TEST_REPORT, GITHUB_ACTIONS } = process.env

export default defineConfig({
  test: {
    passWithNoTests: true,
    reporters: ["default", ...(GITHUB_ACTIONS ? ["github-actions"] : []), ...(TEST_REPORT ? ["json"] : [])],
    outputFile: { json: TEST_REPORT ?? "" },
    projects: [
      {
        test: {
          name: "node",
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["test/worker/**"]
        }
      },
      {
        plugins: [cloudflareTest({ remoteBindings: false, wrangler: { configPath: "./wrangler.toml" } })],
        test: {
          name: "workerd",
          include: ["test/worker/**/*.test.ts"]
        }
      }
    ]
  }
})

import { createRequire } from "node:module"
import { dirname, join } from "node:path"

/** The folder of the project, where `wrangler.toml` and `.dev.vars` lie. */
export const PROJECT = dirname(import.meta.dirname)

/** The script behind the command `wrangler`, to be run by this Node. */
export const WRANGLER = join(
  dirname(createRequire(import.meta.url).resolve("wrangler/package.json")),
  "bin",
  "wrangler.js"
)

/** Environment in which wrangler asks nothing, reports nothing and looks for no update. */
export const QUIET_ENV: NodeJS.ProcessEnv = {
  ...process.env,
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true"
}

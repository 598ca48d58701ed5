/** `npm run deploy`: checks that wrangler may act for an account, deploys, and names the next step. */
import { spawnSync } from "node:child_process"
import { PROJECT, QUIET_ENV, WRANGLER } from "./wrangler.ts"

const wrangler = (args: ReadonlyArray<string>, stdio: "inherit" | "pipe") =>
  spawnSync(process.execPath, [WRANGLER, ...args], { cwd: PROJECT, env: QUIET_ENV, encoding: "utf8", stdio })

if (!process.env.CLOUDFLARE_API_TOKEN && wrangler(["whoami", "--json"], "pipe").stdout.match(/"loggedIn":\s*false/)) {
  console.error(`wrangler is not logged in to Cloudflare. Either

  npx wrangler login                          in the browser, once on this machine
  export CLOUDFLARE_API_TOKEN=<token>         where there is no browser (template "Edit Cloudflare Workers")

and run this again.`)
  process.exit(1)
}

const { status } = wrangler(["deploy", ...process.argv.slice(2)], "inherit")
if (status === 0) {
  console.log(`
Next, if this is the first deploy: set the key that callers send. Without one nobody gets in.

  npx wrangler secret put API_KEY
`)
}
process.exitCode = status ?? 1

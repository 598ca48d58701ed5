import { build } from "esbuild"
import type { Browser } from "playwright-core"
import { launchBrowser } from "./browser.ts"
import { listen } from "./workers-ai/server.ts"

/** A page on an origin of its own, in a real browser. */
export interface OtherOrigin<Script> {
  /** `http://127.0.0.1:{port}`; the same page is at `localhost`, which is another origin. */
  readonly origin: string
  /** Opens the page and calls an export of its script there; what comes back is JSON. */
  readonly run: <Name extends keyof Script & string>(
    name: Name,
    args: ReadonlyArray<unknown>,
    from?: string
  ) => Promise<Result<Script[Name]>>
  readonly close: () => Promise<void>
}

type Result<F> = F extends (...args: never) => Promise<infer A> ? A : never

const html = '<!doctype html><html lang="en"><title>Another origin</title><script src="/script.js"></script></html>'

/** Serves a page with the exports of `script`, a module for browsers. Its browser starts with the first `run`. */
export const startOtherOrigin = async <Script>(script: string): Promise<OtherOrigin<Script>> => {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    format: "iife",
    globalName: "script",
    platform: "browser",
    target: "es2024",
    write: false
  })
  const code = outputFiles[0]?.text ?? ""
  const server = await listen(async ({ url }) =>
    url.endsWith(".js")
      ? new Response(code, { headers: { "content-type": "text/javascript; charset=utf-8" } })
      : new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } })
  )
  let browser: Promise<Browser> | undefined
  return {
    origin: server.origin,
    run: async (name, args, from = server.origin) => {
      browser ??= launchBrowser()
      const page = await (await browser).newPage()
      try {
        await page.goto(from)
        return await page.evaluate(`script[${JSON.stringify(name)}](...${JSON.stringify(args)})`)
      } finally {
        await page.close()
      }
    },
    close: async () => {
      await (await browser)?.close()
      await server.close()
    }
  }
}

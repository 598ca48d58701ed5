import type { ConfigurationError } from "../../domain/Errors.ts"

/** The page at `/`: that the service runs, and what is still to be set. */
export const welcomePage = (origin: string, problems: ReadonlyArray<ConfigurationError>): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Flux API Worker</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; max-width: 44rem; margin: 12vh auto 4rem; padding: 0 1.5rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin-bottom: .25rem }
code, pre { font: .9em ui-monospace, monospace }
pre { padding: 1rem; overflow-x: auto; border-radius: .5rem; background: color-mix(in srgb, currentColor 8%, transparent) }
li { margin: .25rem 0 }
</style>
<h1>🎨 Flux API Worker</h1>
<p>${problems.length === 0 ? "The service is running and ready to draw." : "The service is running. Before it can draw, set:"}</p>
${problems.length === 0 ? "" : `<ul>\n${problems.map(problemItem).join("\n")}\n</ul>\n`}<p>Base address for OpenAI-compatible programs:</p>
<pre>${escapeHtml(origin)}/v1</pre>
<p>Endpoints: <code>POST /v1/chat/completions</code>, <code>POST /v1/images/generations</code>, <code>POST /v1/images/edits</code>,
<code>GET /v1/models</code>, <code>GET /health</code>, <a href="/openapi.json"><code>GET /openapi.json</code></a>.</p>
</html>
`

const problemItem = ({ message, variable }: ConfigurationError): string =>
  `<li><code>${escapeHtml(variable)}</code>: ${escapeHtml(message)}</li>`

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

import { type Finding, failed, ok, told } from "./checks.ts"
import { type Answer, at, type Deployment } from "./Deployment.ts"
import { advise, DRAW_MS, PROMPT, seconds } from "./drawing.ts"
import { mcpCall, toldByMcp } from "./mcp.ts"

const hasLink = (text: unknown): boolean => typeof text === "string" && /!\[[^\]]*\]\(https?:/.test(text)
const wrong = (answer: Answer) => `${answer.status}: an answer without a picture`
const strange = "see what `npx wrangler tail` says"

/** A picture by each way in but the Images API, which {@link checkDrawing} looks at closely: all are billed. */
export const checkDialects = async ({ ask }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const draw = async (
    check: string,
    path: string,
    body: object,
    hasPicture: (answer: Answer) => boolean
  ): Promise<Finding> => {
    const answer = await ask(path, { body, timeoutMs: DRAW_MS })
    if (answer.status !== 200) return failed(check, told(answer), advise(answer))
    return hasPicture(answer) ? ok(check, seconds(answer)) : failed(check, wrong(answer), strange)
  }
  const call = { name: "generate_image", arguments: { prompt: PROMPT, inline: false } }
  const tool = await ask("/mcp", mcpCall("tools/call", call, DRAW_MS))
  return [
    await draw("draw by Responses", "/v1/responses", { input: PROMPT }, ({ json }) =>
      hasLink(at(json, "output", 0, "content", 0, "text"))
    ),
    typeof at(tool.json, "result", "structuredContent", "images", 0, "url") === "string"
      ? ok("draw by MCP", seconds(tool))
      : failed("draw by MCP", toldByMcp(tool), advise(tool)),
    await draw("draw by OpenRouter", "/v1/images", { prompt: PROMPT }, ({ json }) => {
      const bytes = at(json, "data", 0, "b64_json")
      return typeof bytes === "string" && bytes !== ""
    })
  ]
}

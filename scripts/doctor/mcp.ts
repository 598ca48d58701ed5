import { type Finding, failed, ok, told } from "./checks.ts"
import { type Answer, type Ask, at, type Deployment } from "./Deployment.ts"

const advice = "compare the address with the one that the agent has: it ends in /mcp"

/** A request of the Model Context Protocol. */
export const mcpCall = (method: string, params: object, timeoutMs?: number): Ask => ({
  headers: { accept: "application/json, text/event-stream" },
  body: { jsonrpc: "2.0", id: 1, method, params },
  ...(timeoutMs !== undefined && { timeoutMs })
})

/** What failed, as the protocol says it; else the status. */
export const toldByMcp = (answer: Answer): string => {
  const message = at(answer.json, "error", "message") ?? at(answer.json, "result", "content", 0, "text")
  return typeof message === "string" ? `${answer.status}: ${message}` : told(answer)
}

/** Whether an agent gets in and finds its tools. Nothing is drawn. */
export const checkMcp = async ({ ask }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const clientInfo = { name: "doctor", version: "1" }
  const hello = await ask(
    "/mcp",
    mcpCall("initialize", { protocolVersion: "2025-11-25", capabilities: {}, clientInfo })
  )
  const version = at(hello.json, "result", "serverInfo", "version")
  const list = await ask("/mcp", mcpCall("tools/list", {}))
  const tools = at(list.json, "result", "tools")
  const names = Array.isArray(tools) ? tools.map((tool) => String(at(tool, "name"))) : []
  return [
    typeof version === "string"
      ? ok("MCP: initialize", `version ${version}`)
      : failed("MCP: initialize", toldByMcp(hello), advice),
    names.includes("generate_image")
      ? ok("MCP: tools", names.join(", "))
      : failed("MCP: tools", toldByMcp(list), advice)
  ]
}

import { Agent, getAllMcpTools, MCPServerStreamableHttp, RunContext } from "@openai/agents"
import { expect } from "vitest"
import { toolResultFrom } from "../../support/mcp.ts"
import { mcpAgents } from "../clients/mcp.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { useService } from "../service.ts"

const { apiKey, drawn, service } = useService()

const withServer = async (use: (server: MCPServerStreamableHttp) => Promise<void>) => {
  const server = new MCPServerStreamableHttp({
    url: `${service().url}/mcp`,
    requestInit: { headers: { authorization: `Bearer ${apiKey}` } }
  })
  await server.connect()
  await use(server).finally(() => server.close())
}

prove(mcpAgents, packageOf("@openai/agents").version, {
  "the tools of an agent": () =>
    withServer(async (server) => {
      const agent = new Agent({ name: "Painter", mcpServers: [server] })
      for (const convertSchemasToStrict of [false, true]) {
        const tools = await getAllMcpTools({
          mcpServers: [server],
          convertSchemasToStrict,
          runContext: new RunContext(),
          agent
        })
        const strict = tools.map((tool) => tool.type === "function" && tool.strict)
        expect(strict).toEqual(tools.map(() => convertSchemasToStrict))
        expect(tools.map(({ name }) => name)).toEqual(["generate_image", "edit_image", "list_models"])
      }
    }),

  generate_image: () =>
    withServer(async (server) => {
      const result = await server.callToolResult("generate_image", { prompt: "A red fox", size: "16:9" })
      const { links, structuredContent } = toolResultFrom(result)
      expect(structuredContent?.images[0]).toMatchObject({ url: links[0]?.uri, size: "1024x576" })
      expect(drawn()).toBe(1)
    }),

  "failures as results": () =>
    withServer(async (server) => {
      const result = await server.callToolResult("generate_image", { prompt: "A red fox", model: "gpt-4o-mini" })
      expect(toolResultFrom(result)).toMatchObject({ isError: true, text: expect.stringContaining("gpt-4o-mini") })
    })
})

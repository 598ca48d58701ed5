import { MultiServerMCPClient } from "@langchain/mcp-adapters"
import { expect } from "vitest"
import { mcpLangchain } from "../clients/mcp.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { failureOf, useService } from "../service.ts"

const { apiKey, drawn, service } = useService()

type Tools = Awaited<ReturnType<MultiServerMCPClient["getTools"]>>

const withTools = async (use: (tools: Tools) => Promise<void>) => {
  const client = new MultiServerMCPClient({
    mcpServers: {
      flux: { transport: "http", url: `${service().url}/mcp`, headers: { authorization: `Bearer ${apiKey}` } }
    }
  })
  await use(await client.getTools()).finally(() => client.close())
}

prove(mcpLangchain, packageOf("@langchain/mcp-adapters").version, {
  "the tools": () =>
    withTools(async (tools) => {
      expect(tools.map(({ name }) => name)).toEqual(["generate_image", "edit_image", "list_models"])
    }),

  generate_image: () =>
    withTools(async ([generate]) => {
      const given: unknown = await generate?.invoke({ prompt: "A red fox", size: "16:9" })
      const told = JSON.stringify(given)
      expect(told).toMatch(/!\[Generated image\]\(http/)
      expect(told).toContain("data:image/")
      expect(drawn()).toBe(1)
    }),

  "failures as errors": () =>
    withTools(async ([generate]) => {
      const failure = failureOf(generate?.invoke({ prompt: "A red fox", model: "gpt-4o-mini" }) ?? Promise.resolve())
      expect(await failure).toMatchObject({ name: "ToolException", message: expect.stringContaining("gpt-4o-mini") })
    })
})

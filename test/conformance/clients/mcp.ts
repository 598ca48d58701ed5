import { at, type Client, type TestOfProject } from "../Client.ts"

const mcp = at("POST /mcp")
const setup = "the address with `/mcp`, Streamable HTTP, `Authorization: Bearer …`"

/** They are among the packages of the project, and its own tests run them. */
const shown = (test: string): { readonly proof: TestOfProject } => ({
  proof: { file: "test/clients/mcp.test.ts", test }
})

const official = {
  "agreeing on a revision, listing the tools": mcp.given(shown("agrees on a revision and lists the tools")),
  "generate_image, with progress": mcp.given({
    note: "text with the link, `resource_link`, `structuredContent`, a small picture",
    ...shown("draws, and tells how far it is")
  }),
  "edit_image by link": mcp.given(shown("changes a picture by its link")),
  "failures as results": mcp.given({ note: "`isError` with a sentence", ...shown("reads what went wrong") }),
  "a wrong key": mcp.refused({
    note: "401, and nothing that leads to OAuth",
    ...shown("is turned away without the right key, and not led to OAuth")
  })
}

export const mcpSdk = {
  id: "mcpSdk",
  name: "MCP SDK 1",
  packages: ["@modelcontextprotocol/sdk"],
  setup: `${setup}; 2025-11-25 and earlier`,
  features: official
} as const satisfies Client

export const mcpClient = {
  id: "mcpClient",
  name: "MCP SDK 2",
  packages: ["@modelcontextprotocol/client"],
  setup: `${setup}; 2026-07-28 by \`server/discover\`, or as before`,
  features: official
} as const satisfies Client

export const mcpAiSdk = {
  id: "mcpAiSdk",
  name: "AI SDK, with `@ai-sdk/mcp`",
  packages: ["@ai-sdk/mcp"],
  setup,
  features: {
    "the tools, and a call": mcp.given(shown("gives the tools to the AI SDK, which calls them"))
  }
} as const satisfies Client

export const mcpAgents = {
  id: "mcpAgents",
  name: "OpenAI Agents SDK, with `MCPServerStreamableHttp`",
  packages: ["@openai/agents"],
  setup,
  features: {
    "the tools of an agent": mcp.given("strict schemas too"),
    generate_image: mcp.given(),
    "failures as results": mcp.given()
  }
} as const satisfies Client

export const mcpLangchain = {
  id: "mcpLangchain",
  name: "LangChain, with `MultiServerMCPClient`",
  packages: ["@langchain/mcp-adapters"],
  setup,
  features: {
    "the tools": mcp.given(),
    generate_image: mcp.given("the small picture and the link are parts of the message"),
    "failures as errors": mcp.given("thrown as `ToolException` with the sentence")
  }
} as const satisfies Client

export const mcpInspector = {
  id: "mcpInspector",
  name: "MCP Inspector, its command line",
  packages: ["@modelcontextprotocol/inspector"],
  setup: `\`--cli\`, ${setup}`,
  features: {
    "tools/list": mcp.given(),
    "tools/list --strict": mcp.given("finds nothing wrong with the schemas"),
    "tools/call": mcp.given(),
    "failures as results": mcp.given(),
    "resources/list, prompts/list": mcp.refused("there are tools, and nothing else; it shows empty lists")
  }
} as const satisfies Client

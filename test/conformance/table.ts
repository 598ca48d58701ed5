import type { Client } from "./Client.ts"
import { agents } from "./clients/agents.ts"
import { aiSdk } from "./clients/aiSdk.ts"
import { aiSdkCompatible } from "./clients/aiSdkCompatible.ts"
import { langchain } from "./clients/langchain.ts"
import { llamaIndex } from "./clients/llamaIndex.ts"
import { mcpAgents, mcpAiSdk, mcpClient, mcpInspector, mcpLangchain, mcpSdk } from "./clients/mcp.ts"
import { openai } from "./clients/openai.ts"
import { openRouterProvider, openRouterSdk } from "./clients/openRouter.ts"
import { opencode, promptfoo } from "./clients/programs.ts"

/** Every client of the table, in its order. */
export const clients: ReadonlyArray<Client> = [
  openai,
  aiSdk,
  aiSdkCompatible,
  agents,
  langchain,
  llamaIndex,
  openRouterProvider,
  openRouterSdk,
  mcpSdk,
  mcpClient,
  mcpAiSdk,
  mcpAgents,
  mcpLangchain,
  mcpInspector,
  opencode,
  promptfoo
]

/** A program that draws with this service, and what to enter in it. */
export interface ChatClient {
  readonly name: string
  /** What follows the service's address. */
  readonly path: "" | "/v1" | "/mcp"
  /** What the program calls the address, where that is not plain. */
  readonly addressField?: string
  readonly keyField: string
  /** What to enter for the models, where that is not their names. */
  readonly models?: (names: ReadonlyArray<string>) => string
  /** A piece of its configuration, instead of fields. */
  readonly configuration?: (address: string, key: string) => object
}

const mcp = (name: string, configuration: (address: string, key: string) => object): ChatClient => ({
  name: `${name} (MCP)`,
  path: "/mcp",
  keyField: "Authorization",
  configuration
})

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` })

/** Those of docs/clients.md. */
export const chatClients: ReadonlyArray<ChatClient> = [
  {
    name: "NextChat",
    path: "",
    keyField: "OpenAI API Key",
    models: (names) => ["-all", ...names.map((name) => `+${name}@OpenAI`)].join()
  },
  { name: "Chatbox", path: "", keyField: "API Key" },
  { name: "Open WebUI", path: "/v1", keyField: "API Key" },
  { name: "LobeChat", path: "/v1", keyField: "API Key" },
  { name: "Cherry Studio", path: "", keyField: "API Key" },
  { name: "LibreChat", path: "/v1", addressField: "baseURL", keyField: "apiKey" },
  { name: "openai SDK", path: "/v1", addressField: "baseURL", keyField: "apiKey" },
  mcp("Claude Desktop", (address, key) => ({
    mcpServers: {
      flux: {
        command: "npx",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the program puts its variable in.
        args: ["-y", "mcp-remote", address, "--header", "Authorization:${FLUX_AUTHORIZATION}"],
        env: { FLUX_AUTHORIZATION: `Bearer ${key}` }
      }
    }
  })),
  mcp("Cursor", (url, key) => ({ mcpServers: { flux: { url, headers: bearer(key) } } })),
  mcp("VS Code", (url, key) => ({ servers: { flux: { type: "http", url, headers: bearer(key) } } })),
  { name: "MCP", path: "/mcp", keyField: "Authorization" }
]

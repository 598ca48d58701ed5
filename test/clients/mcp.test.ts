import { createMCPClient } from "@ai-sdk/mcp"
import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from "@modelcontextprotocol/client"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { toolResultFrom } from "../support/mcp.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

let service: RunningService
beforeAll(async () => {
  service = await startService({ ai: "rest" })
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service?.close())

const size = "320x256"
const names = ["generate_image", "edit_image", "list_models"]
const identity = { name: "test", version: "1.0.0" }
const headers = (key = API_KEY) => ({ Authorization: `Bearer ${key}` })
const address = () => new URL("/mcp", service.url)

/** What a test asks of a client, whichever it is. */
interface Mcp {
  readonly version: () => unknown
  readonly tools: () => Promise<ReadonlyArray<{ readonly name: string }>>
  readonly call: (
    name: string,
    given: Record<string, unknown>,
    onprogress?: (progress: { progress: number; total?: number | undefined; message?: string | undefined }) => void
  ) => Promise<unknown>
  readonly close: () => Promise<void>
}

const sdk = async (key?: string): Promise<Mcp> => {
  const client = new Client(identity)
  const transport = new StreamableHTTPClientTransport(address(), { requestInit: { headers: headers(key) } })
  // Its own types are not written for exact optional properties.
  await client.connect(transport as Parameters<Client["connect"]>[0])
  return {
    version: () => transport.protocolVersion,
    tools: async () => (await client.listTools()).tools,
    call: (name, given, onprogress) =>
      client.callTool({ name, arguments: given }, undefined, onprogress && { onprogress }),
    close: () => client.close()
  }
}

const sdkV2 =
  (mode: "legacy" | "auto" | { pin: string }) =>
  async (key?: string): Promise<Mcp> => {
    const client = new ClientV2(identity, { versionNegotiation: { mode } })
    await client.connect(new TransportV2(address(), { requestInit: { headers: headers(key) } }))
    return {
      version: () => client.getNegotiatedProtocolVersion(),
      tools: async () => (await client.listTools()).tools,
      call: (name, given, onprogress) => client.callTool({ name, arguments: given }, onprogress && { onprogress }),
      close: () => client.close()
    }
  }

const clients: ReadonlyArray<readonly [string, string, (key?: string) => Promise<Mcp>]> = [
  ["@modelcontextprotocol/sdk 1.32", "2025-11-25", sdk],
  ["@modelcontextprotocol/client 2.4, as it is", "2025-11-25", sdkV2("legacy")],
  ["@modelcontextprotocol/client 2.4, asking", "2026-07-28", sdkV2("auto")],
  ["@modelcontextprotocol/client 2.4, the newest alone", "2026-07-28", sdkV2({ pin: "2026-07-28" })]
]

describe.each(clients)("%s", { timeout: 20_000 }, (_name, revision, connect) => {
  it("agrees on a revision and lists the tools", async () => {
    const client = await connect()
    expect(client.version()).toBe(revision)
    expect((await client.tools()).map(({ name }) => name)).toEqual(names)
    await client.close()
  })

  it("draws, and tells how far it is", async () => {
    const client = await connect()
    await client.tools()
    const told: Array<{ readonly progress: number; readonly total?: number | undefined }> = []
    const result = await client.call("generate_image", { prompt: "A red fox", size, n: 2 }, (one) => told.push(one))
    const { images, isError, links, structuredContent, text } = toolResultFrom(result)
    expect(isError).toBe(false)
    expect(links).toHaveLength(2)
    expect(structuredContent?.images.map((image) => image.url)).toEqual(links.map(({ uri }) => uri))
    for (const { uri } of links) {
      expect(text).toContain(`![Generated image](${uri})`)
      expect((await fetch(uri)).headers.get("content-type")).toBe("image/jpeg")
    }
    for (const { data } of images) expect(ImageFile.fromBase64(data)).toBeDefined()
    expect(images).toHaveLength(2)
    expect(told.at(-1)).toMatchObject({ progress: 2, total: 2 })
    expect(told.map(({ progress }) => progress)).toEqual(told.map(({ progress }) => progress).toSorted((a, b) => a - b))
    await client.close()
  })

  it("changes a picture by its link", async () => {
    const client = await connect()
    const [first] = toolResultFrom(await client.call("generate_image", { prompt: "A red fox", size })).links
    const edited = toolResultFrom(
      await client.call("edit_image", { prompt: "Make it winter", images: [first?.uri], inline: false })
    )
    expect(edited).toMatchObject({ isError: false, images: [] })
    expect(edited.links[0]?.uri).not.toBe(first?.uri)
    await client.close()
  })

  it("reads what went wrong", async () => {
    const client = await connect()
    for (const [name, given] of [
      ["generate_image", { prompt: "A cat", model: "gpt-4o-mini" }],
      ["edit_image", { prompt: "Make it blue", images: ["http://localhost/x.png"] }]
    ] as const) {
      const result = toolResultFrom(await client.call(name, given))
      expect(result.isError).toBe(true)
      expect(result.text).toMatch(/^[A-Z`].*\.$/)
    }
    await client.close()
  })

  it("is turned away without the right key, and not led to OAuth", async () => {
    await expect(connect("wrong")).rejects.toThrow(/HTTP 401|Incorrect API key/)
    const refused = await service.fetch("/mcp", { method: "POST", body: "{}" })
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, null])
    await refused.body?.cancel()
  })
})

describe("@ai-sdk/mcp", { timeout: 20_000 }, () => {
  const connect = () => createMCPClient({ transport: { type: "http", url: address().href, headers: headers() } })

  it("gives the tools to the AI SDK, which calls them", async () => {
    const client = await connect()
    const tools = await client.tools()
    expect(Object.keys(tools)).toEqual(names)
    const result = await tools.generate_image?.execute?.(
      { prompt: "A red fox", size },
      { toolCallId: "1", messages: [], context: undefined }
    )
    const { links, structuredContent } = toolResultFrom(result)
    expect(links).toHaveLength(1)
    expect(structuredContent?.images[0]).toMatchObject({ url: links[0]?.uri, size })
    await client.close()
  })
})

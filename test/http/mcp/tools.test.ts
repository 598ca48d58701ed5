import { describe, expect, it } from "vitest"
import { ratioSizes } from "../../../src/domain/ImageSize.ts"
import { models } from "../../../src/domain/ModelCatalogue.ts"
import { request } from "../../support/mcp.ts"
import { testApp } from "../../support/testApp.ts"

interface Tool {
  readonly name: string
  readonly description: string
  readonly inputSchema: JsonSchema
  readonly outputSchema: JsonSchema
  readonly annotations: Readonly<Record<string, unknown>>
}

interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly required?: ReadonlyArray<string>
  readonly properties?: Readonly<Record<string, JsonSchema>>
}

const toolsFrom = async (): Promise<Readonly<Record<string, Tool>>> => {
  const { result } = await request(testApp(), "tools/list")
  // What is used of them is asserted below.
  const { tools } = result as unknown as { readonly tools: ReadonlyArray<Tool> }
  return Object.fromEntries(tools.map((tool) => [tool.name, tool]))
}

describe("the tools", () => {
  it("are those that draw, and the list of models", async () => {
    expect(Object.keys(await toolsFrom())).toEqual(["generate_image", "edit_image", "list_models"])
  })

  it("are described in short, for a model that has to choose", async () => {
    const tools = await toolsFrom()
    for (const { description } of Object.values(tools)) expect(description.length).toBeLessThan(400)
    expect(tools.generate_image?.description).toContain("edit_image")
    for (const ratio of tools.generate_image?.description.match(/\d+:\d+/g) ?? [])
      expect([...ratioSizes.keys()]).toContain(ratio)
    expect(tools.edit_image?.description).toMatch(/make it winter/)
  })

  it("have schemas without what hosts can't read", async () => {
    for (const { inputSchema, outputSchema } of Object.values(await toolsFrom())) {
      for (const schema of [inputSchema, outputSchema]) {
        expect(schema.type).toBe("object")
        expect(schema.properties).toBeDefined()
      }
      expect(JSON.stringify(inputSchema)).not.toMatch(/\$ref|anyOf|oneOf|allOf|"null"/)
      // An open object is what hosts with strict schemas turn down.
      expect(JSON.stringify(inputSchema)).not.toContain('"additionalProperties":true')
    }
  })

  it("describe every argument, with the ratios", async () => {
    const { edit_image, generate_image } = await toolsFrom()
    for (const tool of [generate_image, edit_image]) {
      for (const [name, { description }] of Object.entries(tool?.inputSchema.properties ?? {})) {
        expect(description, name).toMatch(/\w/)
      }
      for (const ratio of ratioSizes.keys()) expect(tool?.inputSchema.properties?.size?.description).toContain(ratio)
    }
    expect(generate_image?.inputSchema.required).toEqual(["prompt"])
    expect(edit_image?.inputSchema.required).toEqual(["prompt", "images"])
    expect(generate_image?.inputSchema.properties).not.toHaveProperty("images")
    expect(generate_image?.inputSchema.properties?.n).toMatchObject({ type: "integer", minimum: 1, maximum: 10 })
  })

  it("say what they do to the world", async () => {
    const { edit_image, generate_image, list_models } = await toolsFrom()
    for (const tool of [generate_image, edit_image]) {
      expect(tool?.annotations).toMatchObject({
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: false,
        openWorldHint: true
      })
    }
    expect(list_models?.annotations).toMatchObject({ readOnlyHint: true })
  })

  it("list every model, that of FLUX_MODEL first", async () => {
    const app = testApp({ env: { FLUX_MODEL: "klein" } })
    const { result } = await request(app, "tools/call", { name: "list_models" })
    expect(result?.structuredContent).toMatchObject({
      models: expect.objectContaining({ length: models.length })
    })
    expect(result?.structuredContent).toHaveProperty("models.0", {
      id: "@cf/black-forest-labs/flux-2-klein-4b",
      names: ["flux-2-klein-4b", "flux-2-klein", "klein", "klein-4b"],
      default: true,
      sizes: "256 to 1920 pixels each side",
      edits: true,
      seed: true,
      seconds: 3
    })
    expect(JSON.stringify(result?.content)).toContain("flux-1-schnell")
  })

  it("say which setting is wrong where models can't be listed", async () => {
    const app = testApp({ env: { FLUX_MODEL: "nothing" } })
    const { result } = await request(app, "tools/call", { name: "list_models" })
    expect(result).toMatchObject({
      isError: true,
      content: [{ type: "text", text: expect.stringMatching(/FLUX_MODEL/) }]
    })
  })
})

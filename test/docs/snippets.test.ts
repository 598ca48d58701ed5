import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import { describe, expect, it } from "vitest"
import { FluxModel } from "../../src/services/FluxModel.ts"
import { makeDraw } from "../../src/services/fluxModel/draw.ts"
import { QuotaMemory } from "../../src/services/fluxModel/QuotaMemory.ts"
import { imagesFrom } from "../support/openai/answers.ts"
import { generate } from "../support/openai/requests.ts"
import { imageOf } from "../support/pictures.ts"
import { testApp } from "../support/testApp.ts"
import { aurora } from "./aurora.ts"
import { documents, PROJECT, read } from "./documents.ts"
import { gatewayTransport } from "./gatewayTransport.ts"
import { layerR2 } from "./r2Store.ts"

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")

const typeChecked = ["src", "test", "scripts", "bench"].flatMap((folder) =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".generated.ts"))
    .map((name) => lines(read(join(folder, name))).join("\n"))
)

const pages = ["docs/architecture.md", ...documents.filter((name) => name.startsWith("docs/design/"))]
const blocks = (language: string) =>
  pages.flatMap((page) =>
    Array.from(read(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm")), ([, text = ""]) => ({
      page,
      text
    }))
  )

/** The lines of a diff, with the file that it names before them. */
const changes = (text: string) => {
  let file = ""
  return text.split("\n").flatMap((line) => {
    file = /^ \/\/ (\S+)$/.exec(line)?.[1] ?? file
    return line.startsWith(" //") || line.trim() === "" ? [] : [{ file, sign: line[0], line: line.slice(1).trim() }]
  })
}

describe("what docs/architecture.md and docs/design show", () => {
  it.each(blocks("ts"))("is in a file that is type-checked: $page $text", ({ text }) => {
    const shown = lines(text).join("\n")
    expect(typeChecked.some((file) => file.includes(shown))).toBe(true)
  })

  it.each(blocks("diff"))("changes lines that there are: $page $text", ({ text }) => {
    for (const { file, line, sign } of changes(text)) {
      expect(existsSync(join(PROJECT, file)), file).toBe(true)
      if (sign !== "+") expect(lines(read(file))).toContain(line)
    }
  })

  it("is something", () => {
    expect(blocks("ts").length).toBeGreaterThan(2)
    expect(blocks("diff").length).toBeGreaterThan(2)
  })
})

describe("the examples of docs/architecture.md", () => {
  it("price a model", () => {
    expect(aurora.neurons({ size: { width: 1024, height: 1024 }, steps: 20, inputs: [] })).toBe(370)
  })

  it("bring a call to a gateway", async () => {
    const asked: Array<string> = []
    const image = (await imageOf({ width: 1024, height: 1024 }, { mediaType: "image/jpeg" })).bytes.toBase64()
    const fetch: typeof globalThis.fetch = async (input) => {
      asked.push(String(input))
      return Response.json({ result: { image } })
    }
    const flux = Layer.effect(
      FluxModel,
      Effect.gen(function* () {
        const transport = yield* gatewayTransport("https://gateway.test/ai")
        return FluxModel.of({ available: Effect.void, preview: false, draw: yield* makeDraw(transport) })
      })
    ).pipe(Layer.provide([QuotaMemory.layer, Layer.succeed(FetchHttpClient.Fetch, fetch)]))
    expect((await generate(testApp({ flux }))).status).toBe(200)
    expect(asked).toEqual(["https://gateway.test/ai/@cf/black-forest-labs/flux-1-schnell"])
  })

  it("keep pictures in a bucket", async () => {
    const objects = new Map<string, Blob>()
    const bucket = {
      put: async (key: string, bytes: Uint8Array<ArrayBuffer>, { httpMetadata }: { httpMetadata: R2HTTPMetadata }) => {
        objects.set(key, new Blob([bytes], { type: httpMetadata.contentType ?? "" }))
      },
      get: async (key: string) => {
        const found = objects.get(key)
        return found ? { body: found.stream(), httpMetadata: { contentType: found.type } } : null
      }
    }
    // Of a bucket these two methods are used, and of an object these two properties.
    const app = testApp({ store: layerR2(bucket as unknown as R2Bucket) })
    const { data } = await imagesFrom(await generate(app, { response_format: "url" }))
    const url = data[0]?.url ?? ""
    const picture = await app.fetch(url)
    expect([picture.status, picture.headers.get("content-type")]).toEqual([200, "image/jpeg"])
    expect((await picture.arrayBuffer()).byteLength).toBe([...objects.values()][0]?.size)
    expect((await app.fetch(url.replace(".jpg", ".png"))).status).toBe(404)
  })
})

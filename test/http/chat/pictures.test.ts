import { describe, expect, it } from "vitest"
import { readImageHeader } from "../../../src/domain/ImageHeader.ts"
import { chat, completionFrom, says, streamFrom } from "../../support/openai/chat.ts"
import { testApp } from "../../support/testApp.ts"

const sizeOf = (dataUrl: string | undefined) => {
  const [, base64 = ""] = /^data:image\/jpeg;base64,(.+)$/.exec(dataUrl ?? "") ?? []
  const header = readImageHeader(Uint8Array.fromBase64(base64))
  return header && `${header.width}x${header.height}`
}

describe("pictures beside the text", () => {
  it.each([
    ["modalities with image", { modalities: ["text", "image"] }],
    ["modalities of image alone", { modalities: ["image"] }],
    ["a model whose name ends with :image", { model: "flux-1-schnell:image" }],
    ["both", { model: "klein:image", modalities: ["image", "text"] }]
  ])("are given for %s", async (_, fields) => {
    const app = testApp()
    const { content, images } = await completionFrom(await chat(app, says("A cat 16:9 --n 2", fields)))
    expect(images?.map(({ image_url, index, type }) => [type, index, sizeOf(image_url.url)])).toEqual([
      ["image_url", 0, "1024x576"],
      ["image_url", 1, "1024x576"]
    ])
    expect(content.match(/!\[Generated image\]\(http:/g)).toHaveLength(2)
  })

  it("come in chunks of their own, each after the text that shows it", async () => {
    const body = says("A cat --n 2", { stream: true, modalities: ["image", "text"] })
    const { chunks } = await streamFrom(await chat(testApp(), body))
    const deltas = chunks.map(({ choices }) => choices[0]?.delta)
    const at = deltas.flatMap((delta, index) => (delta?.images ? [index] : []))
    expect(at.map((index) => Object.keys(deltas[index] ?? {}))).toEqual([["images"], ["images"]])
    expect(at.map((index) => deltas[index]?.images?.map((image) => image.index))).toEqual([[0], [1]])
    expect(at.map((index) => sizeOf(deltas[index]?.images?.[0]?.image_url.url))).toEqual(["1024x1024", "1024x1024"])
    for (const index of at) expect(deltas[index - 1]?.content).toMatch(/^!\[/)
  })

  it.each([
    ["nothing", {}],
    ["an ordinary model", { model: "flux" }],
    ["modalities that are null", { modalities: null }]
  ])("are not given for %s", async (_, fields) => {
    const app = testApp()
    const { choices } = await completionFrom(await chat(app, says("A cat", fields)))
    expect(choices[0].message).not.toHaveProperty("images")
    const { chunks } = await streamFrom(await chat(app, says("A cat", { stream: true, ...fields })))
    expect(chunks.filter((chunk) => chunk.choices[0]?.delta.images)).toEqual([])
  })
})

import { describe, expect, it } from "vitest"
import { ImageFile } from "../../../src/domain/ImageFile.ts"
import { FakeFluxModel, FakeImageStore, FakePromptOptimizer, testTime } from "../../support/layers/testLayers.ts"
import { imagesFrom } from "../../support/openai/answers.ts"
import { generate } from "../../support/openai/requests.ts"
import { testApp } from "../../support/testApp.ts"

const schnell = "@cf/black-forest-labs/flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"

const keyOf = (url: string | undefined) => url?.slice(url.lastIndexOf("/") + 1) ?? ""

describe("POST /v1/images/generations", () => {
  it("answers with link and bytes of one picture of 1024x1024 by FLUX_MODEL", async () => {
    const flux = FakeFluxModel.make()
    const store = FakeImageStore.make()
    const response = await generate(testApp({ flux: flux.layer, store: store.layer, testClock: true }))
    const images = await imagesFrom(response)
    const stored = [...store.images]
    const drawn = stored[0]?.[1]
    expect(images).toEqual({
      created: testTime / 1000,
      data: [{ url: `http://flux.test/image/${stored[0]?.[0]}`, b64_json: drawn?.base64 }],
      model: schnell,
      size: "1024x1024",
      quality: "medium",
      background: "opaque",
      output_format: "jpeg",
      usage: {
        input_tokens: 3,
        output_tokens: 1024,
        total_tokens: 1027,
        input_tokens_details: { text_tokens: 3, image_tokens: 0 },
        neurons: 172.8,
        cost_usd: 0.001901
      }
    })
    expect(response.headers.get("x-flux-neurons")).toBe("172.8")
    expect(stored).toHaveLength(1)
    expect(flux.requests).toMatchObject([
      { model: { id: schnell }, prompt: "A cute cat", size: { width: 1024, height: 1024 }, steps: 4, inputs: [] }
    ])
  })

  it.each([
    ["url", ["url"], 1],
    ["b64_json", ["b64_json"], 0],
    [undefined, ["b64_json", "url"], 1],
    [null, ["b64_json", "url"], 1]
  ] as const)(
    "gives what response_format %s asks for and stores nothing in vain",
    async (response_format, given, kept) => {
      const store = FakeImageStore.make()
      const { data } = await imagesFrom(await generate(testApp({ store: store.layer }), { response_format }))
      expect(data.map((image) => Object.keys(image).sort())).toEqual([given])
      expect(store.images.size).toBe(kept)
    }
  )

  it("needs no KV namespace for bytes alone", async () => {
    const app = testApp({ bindings: {}, store: FakeImageStore.make({ failing: ["put", "get"] }).layer })
    const { data } = await imagesFrom(await generate(app, { response_format: "b64_json" }))
    expect(ImageFile.fromBase64(data[0]?.b64_json ?? "")?.size).toEqual({ width: 1024, height: 1024 })
  })

  it("hands the bytes over where KV refuses, although a link was asked for, and says so", async () => {
    const app = testApp({ store: FakeImageStore.failing("put") })
    const { data, errors, warnings } = await imagesFrom(await generate(app, { response_format: "url", n: 2 }))
    expect(data.map((image) => Object.keys(image))).toEqual([["b64_json"], ["b64_json"]])
    for (const image of data) expect(ImageFile.fromBase64(image.b64_json ?? "")).toBeDefined()
    expect(warnings).toEqual([expect.stringContaining("could not be stored")])
    expect(errors).toBeUndefined()
  })

  it("links to the picture that it drew", async () => {
    const app = testApp()
    const { data } = await imagesFrom(await generate(app, { prompt: "A dog" }))
    const picture = await app.fetch(data[0]?.url ?? "")
    expect(picture.headers.get("content-type")).toBe("image/jpeg")
    expect(new Uint8Array(await picture.arrayBuffer()).toBase64()).toBe(data[0]?.b64_json)
  })

  it("begins links with PUBLIC_BASE_URL where it is set", async () => {
    const app = testApp({ env: { PUBLIC_BASE_URL: "https://pictures.example.org/" } })
    const { data } = await imagesFrom(await generate(app))
    expect(data[0]?.url).toMatch(/^https:\/\/pictures\.example\.org\/image\/[^/]+\.jpg$/)
  })

  it("accepts the fields of OpenAI that mean nothing here, unknown ones, and null for each optional one", async () => {
    const flux = FakeFluxModel.make()
    const { data } = await imagesFrom(
      await generate(testApp({ flux: flux.layer }), {
        ...{ user: "u", background: "transparent", moderation: "low", style: "vivid", output_compression: 80 },
        ...{ safety_identifier: "s", unknown_field: { deep: [1] } },
        ...{ model: null, n: null, size: null, quality: null, output_format: null, stream: null },
        ...{ partial_images: null, seed: null, steps: null }
      })
    )
    expect(data).toHaveLength(1)
    expect(flux.requests).toMatchObject([{ model: { id: schnell }, prompt: "A cute cat" }])
  })

  it.each([
    ["application/x-www-form-urlencoded", (body: string) => body],
    ["text/plain", (body: string) => `\uFEFF${body}`]
  ])("reads JSON under the content type %s", async (type, spell) => {
    const body = spell(JSON.stringify({ prompt: "A cute cat" }))
    const headers = { authorization: "Bearer sk-test", "content-type": type }
    const response = await testApp().fetch("/v1/images/generations", { method: "POST", headers, body })
    expect((await imagesFrom(response)).data).toHaveLength(1)
  })

  it("reads a form", async () => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ prompt: "A dog", n: "2", size: "512x512", model: "" })) {
      body.append(name, value)
    }
    const headers = { authorization: "Bearer sk-test" }
    const { data, size } = await imagesFrom(
      await testApp().fetch("/v1/images/generations", { method: "POST", headers, body })
    )
    expect([data.length, size]).toEqual([2, "512x512"])
  })

  it("tells the prompt that was drawn where it was improved, and not else", async () => {
    const optimized = testApp({ optimizer: FakePromptOptimizer.layer })
    const [improved, original] = await Promise.all([
      generate(optimized).then(imagesFrom),
      generate(optimized, { prompt: "A cute cat --raw" }).then(imagesFrom)
    ])
    expect(improved.data[0]?.revised_prompt).toBe("Optimized: A cute cat")
    expect(original.data[0]).not.toHaveProperty("revised_prompt")
  })

  it("draws the original prompt where it could not be improved, and says so", async () => {
    const flux = FakeFluxModel.make()
    const app = testApp({ flux: flux.layer, optimizer: FakePromptOptimizer.failing("timeout") })
    const { data, warnings } = await imagesFrom(await generate(app))
    expect(data[0]).not.toHaveProperty("revised_prompt")
    expect(warnings).toEqual([expect.stringContaining("took too long")])
    expect(flux.requests[0]?.prompt).toBe("A cute cat")
  })

  it("lets flags in the prompt beat the fields of the body", async () => {
    const flux = FakeFluxModel.make()
    const prompt = "A cute cat --model flux-dev --size 640x384 --seed 9 --steps 12 --n 2"
    const { data, model, size } = await imagesFrom(
      await generate(testApp({ flux: flux.layer }), {
        prompt,
        model: "klein",
        size: "256x256",
        seed: 1,
        steps: 3,
        n: 1
      })
    )
    expect([model, size]).toEqual(["@cf/black-forest-labs/flux-2-dev", "640x384"])
    expect(data.map(({ seed }) => seed)).toEqual([9, 10])
    expect(flux.requests.map(({ prompt, steps }) => [prompt, steps])).toEqual([
      ["A cute cat", 12],
      ["A cute cat", 12]
    ])
  })

  it.each([
    ["a seed goes to FLUX_SIZED_MODEL and is told", { seed: 42 }, klein, 42],
    ["a model that takes one chooses a seed and tells it", { model: "klein" }, klein, 1],
    ["a seed of -1 is any seed", { model: "klein", seed: -1 }, klein, 1],
    ["a seed of -1 sends nothing elsewhere", { seed: -1 }, schnell, undefined],
    ["a model that takes none is told none", {}, schnell, undefined]
  ])("%s", async (_name, body, model, seed) => {
    const flux = FakeFluxModel.make()
    const images = await imagesFrom(await generate(testApp({ flux: flux.layer }), body))
    expect(images.model).toBe(model)
    expect(images.data[0]?.seed).toBe(seed)
    expect(flux.requests[0]?.seed).toBe(seed)
  })

  it("says which steps it left out", async () => {
    const flux = FakeFluxModel.make()
    const { warnings } = await imagesFrom(await generate(testApp({ flux: flux.layer }), { model: "schnell", steps: 9 }))
    expect(warnings).toEqual([expect.stringMatching(/9 steps.*at most 8/)])
    expect(flux.requests[0]?.steps).toBe(4)
  })

  it.each([
    ["low", "schnell", 2, "low"],
    ["medium", "schnell", 4, "medium"],
    ["standard", "schnell", 4, "medium"],
    ["auto", "schnell", 4, "medium"],
    ["high", "schnell", 8, "high"],
    ["hd", "schnell", 8, "high"],
    ["max", "schnell", 8, "max"],
    ["low", "flux-2-dev", 13, "low"],
    ["high", "flux-2-dev", 50, "high"],
    ["xhigh", "lucid-origin", 40, "xhigh"],
    ["high", "klein", undefined, "high"]
  ])("turns the quality %s of %s into %s steps", async (quality, model, steps, told) => {
    const flux = FakeFluxModel.make()
    const images = await imagesFrom(await generate(testApp({ flux: flux.layer }), { quality, model }))
    expect(flux.requests[0]?.steps).toBe(steps)
    expect(images.quality).toBe(told)
  })

  it("marks a preview, which costs nothing", async () => {
    const { output_format, usage, warnings } = await imagesFrom(
      await generate(testApp({ flux: FakeFluxModel.make({ preview: true }).layer }))
    )
    expect([output_format, usage.neurons]).toEqual(["png", 0])
    expect(warnings).toEqual([expect.stringContaining("preview")])
  })

  it("keeps a picture under a name with its media type", async () => {
    const { data, output_format } = await imagesFrom(await generate(testApp(), { model: "sdxl", size: "256x256" }))
    expect([output_format, keyOf(data[0]?.url).split(".").at(-1)]).toEqual(["png", "png"])
  })
})

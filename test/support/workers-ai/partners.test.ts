import { describe, expect, it } from "vitest"
import { makeFakeWorkersAi } from "./FakeWorkersAi.ts"

const max = "black-forest-labs/flux-2-max"
const options = { returnRawResponse: true, gateway: { id: "default" } }

const run = async (model: string, inputs: Readonly<Record<string, unknown>>) => {
  // A Response is what the option asks for.
  const response = (await makeFakeWorkersAi().run(model, inputs, options)) as Response
  return response.status
}

describe("the partners' models of the stand-in", () => {
  it.each([
    [max, { prompt: "a fox", width: 512, height: 512, seed: 1 }, 200],
    [max, { prompt: "a fox", steps: 4 }, 400],
    [max, { prompt: "a fox", width: 63 }, 400],
    [max, { width: 512 }, 400],
    [max, { prompt: "a fox", input_images: ["https://example.com/a.png"] }, 400],
    ["openai/gpt-image-2", { prompt: "a fox", n: 2 }, 200],
    ["openai/gpt-image-2", { prompt: "a fox", size: "512x512" }, 400],
    ["openai/gpt-image-2", { prompt: "a fox", background: "transparent" }, 400],
    ["google/nano-banana", { prompt: "a fox", output_format: "jpeg" }, 400],
    ["google/nano-banana-2", { prompt: "a fox", image_size: "1K" }, 400],
    ["alibaba/qwen-image-3.0-pro", { prompt: "a fox" }, 400],
    ["alibaba/qwen-image-3.0-pro", { prompt: "a fox", size: "1024x1024", seed: 2_147_483_648 }, 400],
    ["bria/remove-background", { prompt: "a fox" }, 400],
    ["black-forest-labs/flux-9", { prompt: "a fox" }, 404]
  ])("%s answers %j with %s", async (model, inputs, status) => {
    expect(await run(model, inputs)).toBe(status)
  })

  it("are reached through a gateway, and by REST with their name in the body", async () => {
    const fake = makeFakeWorkersAi()
    await expect(fake.run(max, { prompt: "a fox" }, { returnRawResponse: true })).rejects.toThrow("gateway")
    const post = (path: string, body: object, token = fake.apiToken) =>
      fake.fetch(`https://api.test/client/v4/accounts/test-account/ai/run${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body)
      })
    expect((await post(`/${max}`, { prompt: "a fox" })).status).toBe(404)
    expect((await post("", { model: max, input: { prompt: "a fox" } }, "another")).status).toBe(401)
    const answer = await (await post("", { model: max, input: { prompt: "a fox" } })).json()
    expect(answer).toMatchObject({
      success: true,
      result: { state: "Completed", result: { image: "https://results.example.com/0" } }
    })
  })
})

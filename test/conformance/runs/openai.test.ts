import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import OpenAI4 from "openai-4"
import OpenAI5 from "openai-5"
import OpenAI6 from "openai-6"
import OpenAI7, { toFile } from "openai-7"
import { expect } from "vitest"
import { linksIn } from "../../support/links.ts"
import { leftHalf } from "../../support/pixels.ts"
import { openai } from "../clients/openai.ts"
import { packageOf } from "../packages.ts"
import { prove } from "../prove.ts"
import { expectPicture, failureOf, inputPicture, useService } from "../service.ts"

const { apiKey, baseURL, drawn, expectPictureIn, inputs, service } = useService()

const model = "flux-1-schnell"
const klein = "@cf/black-forest-labs/flux-2-klein-4b"
const size = "320x256"
const tools = [{ type: "image_generation" as const }]
const says = (content: string) => [{ role: "user" as const, content }]

/** Earlier versions are run with the types of the last one: what they lack shows when it is called. */
const versions: Readonly<Record<string, unknown>> = {
  "openai-4": OpenAI4,
  "openai-5": OpenAI5,
  "openai-6": OpenAI6,
  "openai-7": OpenAI7
}

/** The names in the type `ImageModel` of a version. */
const imageModels = (name: string): ReadonlyArray<string> => {
  const types = fileURLToPath(import.meta.resolve(`${name}/resources/images`)).replace(/\.m?js$/, ".d.ts")
  const [, union = ""] = /export type ImageModel =([^;]+);/.exec(readFileSync(types, "utf8")) ?? []
  return Array.from(union.matchAll(/'([^']+)'/g), ([, id = ""]) => id)
}

/** The text of an answer; not every version puts it into `output_text` in every call. */
const textOf = ({ output }: OpenAI7.Responses.Response): string =>
  output
    .flatMap((item) => (item.type === "message" ? item.content : []))
    .map((part) => (part.type === "output_text" ? part.text : ""))
    .join("")

const file = async (text: string) => toFile((await inputPicture(text)).bytes, `${text}.png`, { type: "image/png" })

for (const name of openai.packages) {
  const Version = versions[name] as typeof OpenAI7
  const client = (key = apiKey) => new Version({ baseURL: baseURL(), apiKey: key })

  prove(openai, packageOf(name).version, {
    "list of models": async () => {
      const { data } = await client().models.list()
      expect(data[0]).toMatchObject({ id: `@cf/black-forest-labs/${model}`, object: "model" })
    },

    "one model": async () => {
      expect(await client().models.retrieve("klein")).toMatchObject({ id: klein })
    },

    chat: async () => {
      const { choices, usage } = await client().chat.completions.create({ model, messages: says("A red fox 16:9") })
      expect(choices[0]?.finish_reason).toBe("stop")
      await expectPictureIn(choices[0]?.message.content ?? "")
      expect(usage?.total_tokens).toBeGreaterThan(0)
    },

    "chat stream": async () => {
      const stream = await client().chat.completions.create({
        model,
        messages: says("A red fox"),
        stream: true,
        stream_options: { include_usage: true }
      })
      let text = ""
      let usage = 0
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? ""
        usage = chunk.usage?.total_tokens ?? usage
      }
      await expectPictureIn(text)
      expect(usage).toBeGreaterThan(0)
    },

    "chat stream with the SDK's helper": async () => {
      const stream = client().chat.completions.stream({ model, messages: says("A red fox") })
      await expectPictureIn((await stream.finalMessage()).content ?? "")
    },

    "chat: a change by words": async () => {
      const first = await client().chat.completions.create({ model, messages: says("A red fox") })
      const messages = [
        ...says("A red fox"),
        { role: "assistant" as const, content: first.choices[0]?.message.content ?? "" },
        ...says("make it winter")
      ]
      const second = await client().chat.completions.create({ model, messages })
      await expectPictureIn(second.choices[0]?.message.content ?? "", 2)
      expect(inputs()).toBe(1)
    },

    "chat: an attached picture": async () => {
      const { dataUrl } = await inputPicture()
      const content = [
        { type: "text" as const, text: "Snow on it" },
        { type: "image_url" as const, image_url: { url: dataUrl } }
      ]
      const { choices } = await client().chat.completions.create({ model, messages: [{ role: "user", content }] })
      await expectPictureIn(choices[0]?.message.content ?? "")
      expect(inputs()).toBe(1)
    },

    "chat: JSON answers": async () => {
      const { choices } = await client().chat.completions.create({
        model,
        messages: says("A title for this conversation"),
        response_format: { type: "json_object" }
      })
      expect(JSON.parse(choices[0]?.message.content ?? "")).toBeTypeOf("object")
      expect(drawn()).toBe(0)
    },

    "chat: tools": async () => {
      const { choices } = await client().chat.completions.create({
        model,
        messages: says("A red fox"),
        tools: [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: {} } } }]
      })
      expect(choices[0]?.message.tool_calls).toBeUndefined()
      await expectPictureIn(choices[0]?.message.content ?? "")
    },

    images: async () => {
      const { data, usage } = await client().images.generate({ model: "klein", prompt: "A red fox", size, n: 2 })
      expect(data).toHaveLength(2)
      for (const picture of data ?? []) {
        expectPicture(picture.b64_json)
        expect((await fetch(picture.url ?? "")).status).toBe(200)
      }
      expect(usage?.total_tokens).toBeGreaterThan(0)
      for (const response_format of ["url", "b64_json"] as const) {
        const one = await client().images.generate({ prompt: "A red fox", response_format })
        expect(Object.keys(one.data?.[0] ?? {})).toEqual([response_format])
      }
    },

    "image stream": async () => {
      const stream = await client().images.generate({ prompt: "A red fox", n: 2, stream: true, partial_images: 1 })
      const types: Array<string> = []
      for await (const event of stream) {
        expectPicture(event.b64_json)
        types.push(event.type)
      }
      expect(types).toEqual(["image_generation.completed", "image_generation.completed"])
    },

    "every model name of the SDK's own list": async () => {
      const names = imageModels(name)
      expect(names).toEqual(expect.arrayContaining(["dall-e-3", "gpt-image-1"]))
      for (const id of names) {
        const { data } = await client().images.generate({ model: id, prompt: `A fox for ${id}` })
        expectPicture(data?.[0]?.b64_json)
      }
      expect(drawn()).toBe(names.length)
    },

    "edit of one file": async () => {
      const { data } = await client().images.edit({ image: await file("one"), prompt: "Make it winter", size })
      expectPicture(data?.[0]?.b64_json)
      expect(inputs()).toBe(1)
    },

    "edit of several files": async () => {
      const image = await Promise.all(["one", "two", "three"].map(file))
      const { data } = await client().images.edit({ image, prompt: "Put them together", size })
      expectPicture(data?.[0]?.b64_json)
      expect(inputs()).toBe(3)
    },

    "edit stream": async () => {
      const stream = await client().images.edit({ image: await file("one"), prompt: "Make it winter", stream: true })
      const types: Array<string> = []
      for await (const { type } of stream) types.push(type)
      expect(types).toEqual(["image_edit.completed"])
    },

    "edit with a mask": async () => {
      const mask = await toFile((await leftHalf({ width: 64, height: 64 })).bytes, "mask.png", { type: "image/png" })
      const { data } = await client().images.edit({ image: await file("one"), mask, prompt: "Make it winter" })
      expectPicture(data?.[0]?.b64_json)
      expect(service().workersAi.calls.map((call) => call.model)).toEqual([
        "@cf/runwayml/stable-diffusion-v1-5-inpainting"
      ])
    },

    variations: async () => {
      const asked = client().images.createVariation({ image: await file("one") })
      expect(await failureOf(asked)).toMatchObject({ status: 404, code: "unknown_url" })
    },

    "responses: text": async () => {
      const response = await client().responses.create({ model, input: "A red fox" })
      expect(response).toMatchObject({ object: "response", status: "completed", error: null })
      await expectPictureIn(response.output_text)
    },

    "responses: the tool image_generation": async () => {
      const { output, output_text } = await client().responses.create({ model, input: "A red fox", tools })
      expectPicture(output.find((item) => item.type === "image_generation_call")?.result)
      await expectPictureIn(output_text)
    },

    "responses stream": async () => {
      const stream = await client().responses.create({ model, input: "A red fox", tools, stream: true })
      let text = ""
      let picture: string | null = null
      for await (const event of stream) {
        if (event.type === "response.output_text.delta") text += event.delta
        if (event.type === "response.output_item.done" && event.item.type === "image_generation_call") {
          picture = event.item.result
        }
      }
      expectPicture(picture)
      await expectPictureIn(text)
    },

    "responses stream with the SDK's helper": async () => {
      const final = await client().responses.stream({ model, input: "A red fox", tools }).finalResponse()
      expectPicture(final.output.find((item) => item.type === "image_generation_call")?.result)
      await expectPictureIn(textOf(final))
    },

    "responses: previous_response_id": async () => {
      const first = await client().responses.create({ model, input: "A red fox", tools })
      const asked = { model, input: "make it winter", previous_response_id: first.id }
      await expectPictureIn((await client().responses.create(asked)).output_text, 2)
      expect(inputs()).toBe(1)
    },

    "responses: its own output as input": async () => {
      const first = await client().responses.create({ model, input: "A red fox", tools })
      const input = [
        { role: "user" as const, content: "A red fox" },
        ...first.output.filter((item) => item.type === "message" || item.type === "image_generation_call"),
        { role: "user" as const, content: "make it winter" }
      ]
      await expectPictureIn((await client().responses.create({ model, input, tools })).output_text, 2)
      expect(inputs()).toBe(1)
    },

    "responses: background": async () => {
      const { id, status } = await client().responses.create({ model, input: "A red fox", background: true })
      expect(["queued", "in_progress", "completed"]).toContain(status)
      await expect.poll(async () => (await client().responses.retrieve(id)).status).toBe("completed")
      expect(linksIn(textOf(await client().responses.retrieve(id)))).toHaveLength(1)
    },

    "responses: what was said before": async () => {
      const asked = failureOf(client().responses.inputItems.list("resp_x"))
      expect(await asked).toMatchObject({ status: 404, code: "unknown_url" })
    },

    "typed errors": async () => {
      const refused = await failureOf(client("sk-wrong").models.list())
      expect(refused).toBeInstanceOf(Version.AuthenticationError)
      expect(refused).toMatchObject({ code: "invalid_api_key" })
      const unknown = await failureOf(
        client().chat.completions.create({ model: "gpt-4o-mini", messages: says("A fox") })
      )
      expect(unknown).toBeInstanceOf(Version.NotFoundError)
      expect(unknown).toMatchObject({ code: "model_not_found", param: "model" })
      const wrong = await failureOf(client().images.generate({ prompt: "A fox", n: 11 }))
      expect(wrong).toBeInstanceOf(Version.BadRequestError)
      expect(wrong).toMatchObject({ param: "n" })
      expect(drawn()).toBe(0)
    },

    "errors within a stream": async () => {
      service().workersAi.failNext("flaggedOutput")
      const stream = await client().chat.completions.create({ model, messages: says("A red fox"), stream: true })
      let text = ""
      const reading = async () => {
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ""
      }
      const thrown = await failureOf(reading())
      expect(thrown).toBeInstanceOf(Version.APIError)
      expect(text).toMatch(/⚠️ .*content filter/)
      expect(drawn()).toBe(1)
    },

    abort: async () => {
      const gate = service().workersAi.gate()
      const controller = new AbortController()
      const { signal } = controller
      const failure = failureOf(client().images.generate({ prompt: "To be given up", n: 1 }, { signal }))
      await gate.arrived
      controller.abort()
      expect(await failure).toBeInstanceOf(Version.APIUserAbortError)
      gate.release()
    },

    "everything else": async () => {
      const asked = client()
      const others = [
        () => asked.embeddings.create({ model, input: "A fox" }),
        () => asked.moderations.create({ input: "A fox" }),
        () => asked.audio.speech.create({ model: "tts-1", voice: "alloy", input: "A fox" }),
        () => asked.files.list(),
        () => asked.batches.list(),
        () => asked.fineTuning.jobs.list(),
        () => asked.completions.create({ model, prompt: "A fox" })
      ]
      for (const other of others) {
        expect(await failureOf(other())).toMatchObject({ status: 404, code: "unknown_url" })
      }
      expect(drawn()).toBe(0)
    }
  })
}

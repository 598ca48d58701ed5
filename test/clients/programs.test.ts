import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { linksIn, storedUnder } from "../support/links.ts"
import { errorFrom, imagesFrom } from "../support/openai/answers.ts"
import { chat, completionFrom, contentFrom, says, streamFrom } from "../support/openai/chat.ts"
import { imageOf } from "../support/pictures.ts"
import { type RunningService, startService } from "../support/service.ts"
import { ATTACHED, type Expected, LINK, type Program, type RecordedForm, type RecordedRequest } from "./Client.ts"
import { programs } from "./clients.ts"

let service: RunningService
let attached: ImageFile
beforeAll(async () => {
  service = await startService({ ai: "rest" })
  attached = await imageOf({ width: 64, height: 48 }, { mediaType: "image/png" })
}, 60_000)
afterEach(() => service.reset())
afterAll(() => service?.close())

const origin = "https://chat.example"

/** A browser asks before it sends what a page may not send by itself; it asks without the key. */
const preflight = async (url: string, { headers, method: recorded }: RecordedRequest) => {
  const method = recorded ?? "POST"
  const names = Object.keys(headers).join(",")
  const response = await fetch(url, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": method, "access-control-request-headers": names }
  })
  expect(response.status).toBe(204)
  expect(response.headers.get("access-control-allow-headers")).toBe(names)
  expect(response.headers.get("access-control-allow-methods")).toContain(method)
  expect(response.headers.get("access-control-max-age")).toBe("86400")
}

const formOf = ({ fields, files }: RecordedForm): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const filename of files.filenames) {
    form.append(files.name, new Blob([attached.bytes], { type: "image/png" }), filename)
  }
  return form
}

const bodyOf = async ({ form, json }: RecordedRequest): Promise<FormData | string | undefined> => {
  if (form) return formOf(form)
  const text = json && JSON.stringify(json)
  if (!text?.includes(LINK)) return text?.replace(ATTACHED, attached.dataUrl)
  const [link = ""] = linksIn(await contentFrom(await chat(service, says("A red fox"))))
  return text.replace(LINK, link)
}

const send = async (program: Program, request: RecordedRequest): Promise<Response> => {
  const url = `${program.baseOf(program.baseAddress.replace("http://localhost:8787", service.url))}${request.path}`
  const body = await bodyOf(request)
  if (program.browser) await preflight(url, request)
  const drawnBefore = service.workersAi.calls.length
  const response = await fetch(url, {
    method: request.method ?? "POST",
    headers: { ...request.headers, ...(program.browser && { origin }) },
    ...(body !== undefined && { body })
  })
  if (program.browser) {
    expect(response.headers.get("access-control-allow-origin")).toBe("*")
    expect(response.headers.get("access-control-expose-headers")?.split(/, */)).toEqual(
      expect.arrayContaining(["x-request-id", "retry-after", "retry-after-ms", "x-should-retry"])
    )
  }
  await check(request, response)
  expect(service.workersAi.calls.length - drawnBefore).toBe(draws(request.expected) ? 1 : 0)
  return response
}

const draws = ({ _tag }: Expected): boolean => _tag === "Picture" || _tag === "Images"

interface ChatBody {
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
}

/** The text of a chat answer in the mode that was asked for, and the pictures beside it. */
const readChat = async ({ json }: RecordedRequest, response: Response) => {
  // The recorded bodies for chat have these fields, or leave them out.
  const { stream, stream_options } = json as ChatBody
  if (!stream) return completionFrom(response)
  const { chunks, content, error } = await streamFrom(response)
  expect(error).toBeUndefined()
  const withoutChoices = chunks.filter(({ choices }) => choices.length === 0)
  expect(withoutChoices).toEqual(stream_options?.include_usage ? [chunks.at(-1)] : [])
  const last = chunks.findLast(({ choices }) => choices.length > 0)
  expect(last?.choices[0]?.finish_reason).toBe("stop")
  return { content, images: undefined }
}

const checkStored = async (link: string) => {
  const image = await fetch(link)
  expect(image.status).toBe(200)
  expect(image.headers.get("content-type")).toMatch(/^image\//)
  expect(await (await service.kv()).get(storedUnder(link), "arrayBuffer")).not.toBeNull()
}

const check = async (request: RecordedRequest, response: Response): Promise<void> => {
  const { expected } = request
  switch (expected._tag) {
    case "Picture": {
      const { content, images } = await readChat(request, response)
      const links = linksIn(content)
      expect(links).toHaveLength(1)
      await checkStored(links[0] ?? "")
      expect(images?.map(({ image_url }) => image_url.url.slice(0, 11)) ?? []).toEqual(
        expected.beside ? ["data:image/"] : []
      )
      expect("input_image_0" in (service.workersAi.calls.at(-1)?.fields ?? {})).toBe(expected.edit ?? false)
      return
    }
    case "Images": {
      const { data } = await imagesFrom(response)
      const [image] = data
      expect(data).toHaveLength(1)
      expect(Object.keys(image ?? {}).filter((name) => name === "url" || name === "b64_json")).toEqual(
        expect.arrayContaining([...expected.fields])
      )
      expect("url" in (image ?? {})).toBe(expected.fields.includes("url"))
      expect(ImageFile.fromBase64(image?.b64_json ?? "")).toBeDefined()
      if (image?.url) await checkStored(image.url)
      const files = request.form?.files.filenames.map((_, index) => `input_image_${index}`) ?? []
      const fields = Object.keys(service.workersAi.calls.at(-1)?.fields ?? {})
      expect(fields.filter((name) => name.startsWith("input_image"))).toEqual(files)
      return
    }
    case "Text": {
      const { content } = await readChat(request, response)
      if (expected.content instanceof RegExp) expect(content).toMatch(expected.content)
      else expect(JSON.parse(content)).toEqual(expected.content)
      return
    }
    case "Models": {
      // What Cherry Studio's schema wants of each: the strictest of them.
      const model = {
        id: expect.any(String),
        object: "model",
        created: expect.any(Number),
        owned_by: expect.any(String)
      }
      const body = await response.json()
      expect(body).toMatchObject({ object: "list", data: expect.arrayContaining([expect.objectContaining(model)]) })
      return
    }
    case "NotFound":
      expect(await errorFrom(response)).toMatchObject({ status: 404, code: "unknown_url" })
  }
}

describe.each(programs)("$name", { timeout: 20_000 }, (program) => {
  it.each(program.requests)("$name", async (request) => {
    await send(program, request)
  })

  // A background request: the address is what is asked about, and nothing has to be drawn for it.
  const background = {
    messages: [
      { role: "user", content: "A fox" },
      { role: "system", content: "Sum it up." }
    ]
  }

  it.each(["", "/", "/v1", "/v1/", "/v1/chat/completions"])(
    "works where its base address has %j at the end",
    async (end) => {
      const base = program.baseOf(`${service.url}${end}`)
      const headers = { authorization: "Bearer sk-test", "content-type": "application/json" }
      const answer = await fetch(`${base}${program.chatPath}`, {
        method: "POST",
        headers,
        body: JSON.stringify(background)
      })
      await completionFrom(answer)
      if (program.modelsPath) {
        expect(await (await fetch(`${base}${program.modelsPath}`, { headers })).json()).toHaveProperty("data")
      }
    }
  )
})

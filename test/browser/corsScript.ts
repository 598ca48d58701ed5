/** Runs in a page of another origin, with the browser build of the package `openai`. */
import OpenAI, { APIError } from "openai"

// Of the page, for which the types of this project have nothing.
declare const Image: new () => {
  src: string
  crossOrigin: string | null
  readonly naturalWidth: number
  readonly decode: () => Promise<void>
}

const clientOf = (origin: string, apiKey = "sk-test") =>
  new OpenAI({ baseURL: `${origin}/v1`, apiKey, dangerouslyAllowBrowser: true })

const messages = [{ role: "user" as const, content: "A red fox" }]

export const models = async (origin: string) => (await clientOf(origin).models.list()).data.map(({ id }) => id)

export const chat = async (origin: string) => {
  const completion = await clientOf(origin).chat.completions.create({ model: "flux", messages })
  return completion.choices[0]?.message.content ?? ""
}

export const stream = async (origin: string) => {
  const chunks = await clientOf(origin).chat.completions.create({ model: "flux", messages, stream: true })
  const pieces: Array<string> = []
  for await (const { choices } of chunks) pieces.push(choices[0]?.delta.content ?? "")
  return pieces
}

export const images = async (origin: string) => {
  const { data } = await clientOf(origin).images.generate({ model: "flux", prompt: "A red fox" })
  return data ?? []
}

export const edit = async (origin: string) => {
  const [picture] = await images(origin)
  const image = new File([await (await fetch(picture?.url ?? "")).blob()], "fox.jpg", { type: "image/jpeg" })
  const { data } = await clientOf(origin).images.edit({ model: "klein", image, prompt: "Make it winter" })
  return data ?? []
}

/** How a chat request fails, and what of the answer's headers the script may read. */
export const failure = async (origin: string, apiKey?: string) => {
  try {
    await clientOf(origin, apiKey).chat.completions.create({ model: "flux", messages })
    return undefined
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    const { code, headers, name, requestID, status } = error
    return { name, status, code, requestID, shouldRetry: headers?.get("x-should-retry") ?? null }
  }
}

/** The status that a request gets, with a body of so many bytes if told; rejects where the page may not see the answer. */
export const status = async (url: string, init: RequestInit, bytes = 0) => {
  const response = await fetch(url, { ...init, ...(bytes > 0 && { body: " ".repeat(bytes) }) })
  await response.text()
  return response.status
}

/** Shows a picture by its address, and how wide it is. */
export const show = async (url: string) => {
  const image = new Image()
  image.src = url
  await image.decode()
  return image.naturalWidth
}

export const fetchImage = async (url: string) => {
  const response = await fetch(url)
  return { type: response.headers.get("content-type"), bytes: (await response.arrayBuffer()).byteLength }
}

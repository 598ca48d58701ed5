import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { drawImage } from "../test/support/workers-ai/images.ts"

/**
 * Workers AI and Workers KV for a benchmark, in a process of its own: it answers from memory, so that what is measured is
 * the Worker. `POST /bytes/{n}` sets the size of the pictures, `POST /delay/{millis}` how long a drawing takes.
 */
const stored = new Map<string, Buffer>()
let answer = Buffer.alloc(0)
let delayMillis = 0
let drawings = 0

const setBytes = async (bytes: number) => {
  const picture = await drawImage({
    width: 1024,
    height: 1024,
    format: "jpeg",
    prompt: "a",
    seed: "1",
    minimumBytes: bytes
  })
  answer = Buffer.from(
    JSON.stringify({
      result: { image: Buffer.from(picture).toString("base64") },
      success: true,
      errors: [],
      messages: []
    })
  )
}

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const server = createServer(async (request, response) => {
  const [path = ""] = (request.url ?? "/").split("?", 1)
  const body = await read(request)
  if (path.includes("/ai/run/")) {
    drawings += 1
    if (delayMillis > 0) await new Promise((resolve) => setTimeout(resolve, delayMillis))
    response.writeHead(200, { "content-type": "application/json", "content-length": answer.length }).end(answer)
  } else if (path.startsWith("/bytes/")) {
    await setBytes(Number(path.slice(7)))
    response.end()
  } else if (path.startsWith("/delay/")) {
    delayMillis = Number(path.slice(7))
    response.end()
  } else if (path === "/drawings") {
    response.end(String(drawings))
  } else if (path === "/forget") {
    stored.clear()
    response.end()
  } else if (request.method === "PUT") {
    stored.set(path, body)
    response.end()
  } else {
    const found = stored.get(path)
    response.writeHead(found ? 200 : 404, found ? { "content-length": found.length } : {}).end(found)
  }
})

await setBytes(300_000)
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})

import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { type MarkedImage, numberedImage, numberIn, promptFor, readMarked, writeMarked } from "./pictures.ts"
import { pick } from "./random.ts"

/** What has happened to the drawings with one number. */
export interface Drawn {
  /** The calls that came in. */
  calls: number
  /** The pictures that were handed over whole. */
  whole: number
  /** What went wrong with the others, in order. */
  readonly faults: Array<Fault>
}

/** Everything that the Worker calls: Workers AI, a prompt model, and Workers KV; with faults in a share of their answers. */
export interface Upstream {
  readonly port: number
  readonly drawn: (number: number) => Drawn
  /** How many faults there were, by name. */
  readonly faults: ReadonlyMap<string, number>
  /** Whether faults are injected from now on. */
  faulty: boolean
  readonly close: () => Promise<void>
}

/** The faults of Workers AI, and how likely each is; `nsfw` and `capacity` are those after which it may be asked again. */
const faults = [
  [3, "nsfw"],
  [1, "capacity"],
  [1, "flagged"],
  [2, "error"],
  [1, "html"],
  [1, "unsuccessful"],
  [1, "truncatedJson"],
  [1, "truncatedPicture"],
  [1, "empty"],
  [1, "resetBeforeHeaders"],
  [1, "resetAfterHeaders"]
] as const
export type Fault = (typeof faults)[number][1]

const failure = (response: ServerResponse, status: number, code: number, message: string): void => {
  response
    .writeHead(status, { "content-type": "application/json" })
    .end(JSON.stringify({ success: false, errors: [{ code, message }], result: {}, messages: [] }))
}

const success = (picture: Buffer): Buffer =>
  Buffer.from(
    JSON.stringify({ result: { image: picture.toString("base64") }, success: true, errors: [], messages: [] })
  )

const answerWith = (fault: Fault, picture: Buffer, response: ServerResponse): void => {
  const whole = success(picture)
  const answer = (body: Buffer | string, contentType = "application/json") =>
    response.writeHead(200, { "content-type": contentType }).end(body)
  switch (fault) {
    case "nsfw":
      failure(response, 400, 3030, "AiError: Input prompt contains NSFW content.")
      break
    case "capacity":
      failure(response, 429, 3040, "Capacity temporarily exceeded, please try again.")
      break
    case "flagged":
      failure(response, 400, 3030, "Your output has been flagged. Please choose another prompt")
      break
    case "error":
      failure(response, 500, 3043, "Internal server error")
      break
    case "unsuccessful":
      failure(response, 200, 3043, "Internal server error")
      break
    case "html":
      answer("<!DOCTYPE html><html></html>", "text/html")
      break
    case "truncatedJson":
      answer(whole.subarray(0, whole.length / 2))
      break
    case "truncatedPicture":
      answer(success(picture.subarray(0, picture.length / 2)))
      break
    case "empty":
      answer(success(Buffer.alloc(0)))
      break
    case "resetBeforeHeaders":
      response.socket?.resetAndDestroy()
      break
    case "resetAfterHeaders":
      response.writeHead(200, { "content-type": "application/json", "content-length": whole.length })
      response.write(whole.subarray(0, whole.length / 2), () => response.socket?.destroy())
  }
}

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** `share` is the share of calls that fail, each way to fail being chosen by `random`. */
export const startUpstream = async (share: number, random: () => number): Promise<Upstream> => {
  const drawings = new Map<number, Drawn>()
  const counts = new Map<string, number>()
  /** Pictures by their number, other values as they are. */
  const stored = new Map<string, MarkedImage | Buffer>()

  const drawn = (number: number): Drawn => {
    const known = drawings.get(number)
    if (known) return known
    const fresh = { calls: 0, whole: 0, faults: [] }
    drawings.set(number, fresh)
    return fresh
  }
  const failing = (name: string, likelihood = share): boolean => {
    const fails = upstream.faulty && random() < likelihood
    if (fails) counts.set(name, (counts.get(name) ?? 0) + 1)
    return fails
  }

  const draw = (body: Buffer, response: ServerResponse): void => {
    const number = numberIn(body.toString("latin1"))
    const job = drawn(number)
    job.calls += 1
    const picture = numberedImage(number)
    if (failing("Workers AI")) {
      const fault = pick(random, faults)
      job.faults.push(fault)
      answerWith(fault, picture, response)
      return
    }
    job.whole += 1
    response.writeHead(200, { "content-type": "application/json" }).end(success(picture))
  }

  const improve = (body: Buffer, response: ServerResponse): void => {
    if (failing("the prompt model")) {
      const spoil = pick<() => unknown>(random, [
        [1, () => response.writeHead(503).end("busy")],
        [1, () => response.end('data: {"choices":[]}\n\n'.repeat(100))],
        [1, () => response.end("x".repeat(1_000_000))],
        [1, () => response.socket?.resetAndDestroy()]
      ])
      spoil()
      return
    }
    const content = `In the snow: ${promptFor(numberIn(body.toString("utf8")))}`
    response.end(JSON.stringify({ choices: [{ message: { content } }] }))
  }

  const keep = (path: string, method: string, body: Buffer, response: ServerResponse): void => {
    if (failing(`KV ${method}`, method === "PUT" ? share : share / 3)) {
      response.writeHead(500).end()
    } else if (method === "PUT") {
      stored.set(path, readMarked(body) ?? body)
      response.end()
    } else {
      const found = stored.get(path)
      if (found === undefined) response.writeHead(404).end()
      else response.end("mark" in found ? writeMarked(found) : found)
    }
  }

  const server = createServer((request, response) => {
    const [path = ""] = (request.url ?? "/").split("?", 1)
    read(request)
      .then((body) => {
        if (path.includes("/ai/run/")) draw(body, response)
        else if (path.endsWith("/chat/completions")) improve(body, response)
        else keep(path, request.method ?? "GET", body, response)
      })
      // Who asked has gone away.
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo // a server that listens on a port has one

  const upstream: Upstream = {
    port,
    drawn,
    faults: counts,
    faulty: true,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
  return upstream
}

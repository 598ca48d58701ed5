import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { afterAll, beforeAll, expect, it, vi } from "vitest"
import { Webhooks } from "../../src/services/Webhooks.ts"
import { configFrom, httpClient } from "../support/layers/testLayers.ts"

const PROJECT = join(import.meta.dirname, "../..")
const secret = `whsec_${Buffer.from("a secret of thirty-two bytes ....").toString("base64")}`
const [, program = ""] = /^```js\n([\s\S]*?)^```$/m.exec(readFileSync(join(PROJECT, "docs/webhooks.md"), "utf8")) ?? []

let receiver: ChildProcess
let url = ""
let said = ""
beforeAll(async () => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo // an IP socket has this shape, only a pipe has not
  server.close()
  await once(server, "close")
  url = `http://127.0.0.1:${port}/`
  receiver = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: PROJECT,
    env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"]
  })
  receiver.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said += text
  })
  await vi.waitFor(async () => expect((await fetch(url)).status).toBe(400), 10_000)
})
afterAll(() => void receiver.kill())

/** Sends a message with a secret. Whether it was taken. */
const send = (by: string, data: object): Promise<boolean> => {
  const body = JSON.stringify({ type: "image.generation.completed", timestamp: "2026-11-25T20:00:00.000Z", data })
  return Effect.runPromise(
    Effect.flatMap(Webhooks, (webhooks) => webhooks.send({ id: "job_1", url, body })).pipe(
      Effect.provide(
        Webhooks.layer.pipe(
          Layer.provide([configFrom({ WEBHOOK_SECRET: by }), httpClient(globalThis.fetch)]),
          Layer.provideMerge(Logger.layer([]))
        )
      )
    )
  )
}

it("the receiver of the docs takes what is signed with its secret, and nothing else", async () => {
  expect(program.trim().split("\n").length).toBeLessThanOrEqual(17)
  const data = { id: "job_1", result: { data: [{ url: "https://flux.test/image/ñ 猫" }] } }
  expect(await send("whsec_b3RoZXI=", data)).toBe(false)
  expect(await send(secret, data)).toBe(true)
  await expect.poll(() => said).toContain("https://flux.test/image/ñ 猫")
  expect(said).toMatch(/^image\.generation\.completed job_1 /)
  expect(said.trim().split("\n")).toHaveLength(1)
})

import { describe, expect, it } from "vitest"
import { FakeFluxModel } from "../support/layers/testLayers.ts"
import { errorFrom } from "../support/openai/answers.ts"
import { chat, says } from "../support/openai/chat.ts"
import { edit } from "../support/openai/requests.ts"
import { testApp } from "../support/testApp.ts"

const inward = [
  "http://example.com/a.png",
  "ftp://example.com/a.png",
  "file:///etc/passwd",
  "gopher://example.com/",
  "blob:https://example.com/1",
  "javascript:alert(1)",
  "//example.com/a.png",
  "https://localhost/a.png",
  "https://LOCALHOST./a.png",
  "https://a.localhost/a.png",
  "https://127.0.0.1/a.png",
  "https://127.1/a.png",
  "https://0x7f000001/a.png",
  "https://2130706433/a.png",
  "https://0177.0.0.1/a.png",
  "https://０.０.０.０/a.png",
  "https://10.0.0.1/a.png",
  "https://172.16.0.1/a.png",
  "https://192.168.1.1/a.png",
  "https://100.64.0.1/a.png",
  "https://169.254.169.254/latest/meta-data/",
  "https://metadata.google.internal/computeMetadata/v1/",
  "https://[::1]/a.png",
  "https://[::]/a.png",
  "https://[::ffff:127.0.0.1]/a.png",
  "https://[fd00::1]/a.png",
  "https://[fe80::1]/a.png",
  "https://[2002:7f00:1::]/a.png",
  "https://user:password@example.com/a.png",
  "https://example.com:22/a.png",
  "https://router/a.png"
]

/** A service, and the addresses that it fetched with what it said of itself. */
const service = (answer: (request: Request) => Response) => {
  const fetched: Array<Request> = []
  const flux = FakeFluxModel.make()
  const app = testApp({
    flux: flux.layer,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      fetched.push(request)
      return answer(request)
    }
  })
  return { app, fetched, flux }
}

const ways = {
  "an edit": (app: ReturnType<typeof testApp>, url: string) => edit(app, { image: { image_url: url } }),
  chat: (app: ReturnType<typeof testApp>, url: string) =>
    chat(
      app,
      says([
        { type: "text", text: "Make it blue" },
        { type: "image_url", image_url: { url } }
      ])
    )
}

describe.each(Object.entries(ways))("the address of a picture in %s", (_name, send) => {
  it.each(inward)("leads nowhere inward: %s", async (url) => {
    const { app, fetched, flux } = service(() => new Response("secret"))
    expect(await errorFrom(await send(app, url))).toMatchObject({ status: 400 })
    expect(fetched).toEqual([])
    expect(flux.requests).toEqual([])
  })

  it.each(inward.filter((url) => !url.startsWith("//")))("leads nowhere inward by a redirect: %s", async (location) => {
    const { app, fetched } = service(() => new Response(null, { status: 302, headers: { location } }))
    expect(await errorFrom(await send(app, "https://example.com/a.png"))).toMatchObject({ status: 400 })
    expect(fetched.map(({ url }) => url)).toEqual(["https://example.com/a.png"])
  })

  it("is followed three times at most", async () => {
    const { app, fetched } = service(
      () => new Response(null, { status: 307, headers: { location: `https://example.com/${fetched.length}` } })
    )
    expect(await errorFrom(await send(app, "https://example.com/a.png"))).toMatchObject({ status: 400 })
    expect(fetched).toHaveLength(4)
  })

  it("is told nothing of the caller, and its answer is told to nobody", async () => {
    const { app, fetched } = service(() => new Response("secret of example.com", { status: 200 }))
    const response = await send(app, "https://example.com/a.png")
    expect(await response.text()).not.toContain("secret of")
    const [request] = fetched
    expect(request?.method).toBe("GET")
    expect(JSON.stringify([...(request?.headers ?? [])])).not.toMatch(/sk-test|authorization|cookie/i)
  })
})

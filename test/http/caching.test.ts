import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { describe, expect, it } from "vitest"
import { Api } from "../../src/http/Api.ts"
import { referencePaths } from "../../src/http/system/reference.ts"
import { webAppPaths } from "../../src/http/system/webApp.ts"
import { Auth } from "../../src/services/Auth.ts"
import { FakeFluxModel, FakeLedger, type TestApp, testTime } from "../support/layers/testLayers.ts"
import { imagesFrom } from "../support/openai/answers.ts"
import { generate } from "../support/openai/requests.ts"
import { testApp } from "../support/testApp.ts"

interface Endpoint {
  readonly method: string
  readonly path: string
}

/** Every route that there is. */
const routes: ReadonlyArray<Endpoint> = [
  ...Object.values(Api.groups).flatMap((group) =>
    Object.values<Endpoint>(group.endpoints).map(({ method, path }) => ({ method, path }))
  ),
  ...[...referencePaths, ...webAppPaths].map((path) => ({ method: "GET", path }))
]

/** What may be kept, by whom and for how long. All else may not be. */
const kept: Readonly<Record<string, string>> = {
  "/": "public, max-age=300",
  "/openapi.json": "public, max-age=300",
  "/docs": "public, max-age=300",
  "/manifest.webmanifest": "public, max-age=300",
  "/icon.svg": "public, max-age=300",
  "/icon.png": "public, max-age=300",
  "/image/:key": "public, max-age=1803, immutable, must-revalidate"
}

const bodies: Readonly<Record<string, object>> = {
  "/v1/chat/completions": { messages: [{ role: "user", content: "A cat" }] },
  "/v1/responses": { input: "A cat" },
  "/v1/images/generations": { prompt: "A cat" },
  "/v1/images/edits": { prompt: "A cat", image: "x" }
}

const authorization = "Bearer sk-test"

const service = (options: Parameters<typeof testApp>[0] = {}) =>
  testApp({ testClock: true, ledger: FakeLedger.make(() => testTime).layer, ...options })

/** The route with its parameters filled in: the picture is there, the model too. */
const addressOf = async (app: TestApp, path: string): Promise<string> => {
  const link = path.includes(":key") ? (await imagesFrom(await generate(app))).data[0]?.url : undefined
  return path
    .replace(":key", link?.slice(link.lastIndexOf("/") + 1) ?? "")
    .replace(":model", "klein")
    .replace(/:\w+/, "x")
}

const cacheControl = async (response: Response) => {
  await response.body?.cancel()
  const transformed = response.headers.get("content-type")?.startsWith("text/event-stream")
  const header = response.headers.get("cache-control")
  return transformed ? header?.replace(", no-transform", "") : header
}

const sent = ({ method, path }: Endpoint, fields: object = {}): RequestInit => ({
  method,
  headers: { authorization },
  ...(method === "POST" && { body: JSON.stringify({ ...bodies[path], ...fields }) })
})

describe.each(routes)("$method $path", (route) => {
  it("says for how long its answer may be kept", async () => {
    const app = service()
    const address = await addressOf(app, route.path)
    for (const init of [sent(route), ...(route.method === "GET" ? [{ ...sent(route), method: "HEAD" }] : [])]) {
      const response = await app.fetch(address, init)
      expect(await cacheControl(response)).toBe(kept[route.path] ?? "no-store")
    }
  })

  it("lets no failure be kept, and nothing that takes a key", async () => {
    const app = service()
    const address = await addressOf(app, route.path)
    const answers = [
      await app.fetch(address, { ...sent(route), headers: { "x-api-key": "sk-test" } }),
      await app.fetch(address, { ...sent(route), headers: {} }),
      await app.fetch(address, { method: "OPTIONS", headers: { origin: "https://a.example" } }),
      await app.fetch(address, { ...sent(route), method: route.method === "DELETE" ? "PUT" : "PATCH" }),
      ...(route.method === "POST"
        ? [
            await app.fetch(address, { ...sent(route), body: "{" }),
            await app.fetch(address, sent(route, { stream: true }))
          ]
        : [])
    ]
    for (const response of answers) {
      const open = response.status === 200 && !route.path.startsWith("/v1/")
      expect(await cacheControl(response)).toBe((open ? kept[route.path] : undefined) ?? "no-store")
    }
  })

  it("lets no bug be kept", async () => {
    const buggy = service({ auth: Layer.succeed(Auth, { authenticate: () => Effect.die("bug") }) })
    const response = await buggy.fetch(route.path.replace(/:\w+/, "x"), sent(route))
    if (route.path.startsWith("/v1/")) expect(response.status).toBe(500)
    if (response.status !== 200) expect(await cacheControl(response)).toBe("no-store")
  })
})

describe("what nothing answers", () => {
  it.each(["/nowhere", "/v1", "/v1/responses", "/image", "/image/x/y", "/favicon.ico"])(
    "is not kept (%s)",
    async (path) => {
      for (const method of ["GET", "HEAD", "POST", "OPTIONS"]) {
        expect(await cacheControl(await service().fetch(path, { method }))).toBe("no-store")
      }
    }
  )

  it("is not kept where a model fails", async () => {
    const flux = FakeFluxModel.make({ before: () => Effect.die("bug") }).layer
    for (const fields of [{}, { stream: true }]) {
      const response = await service({ flux }).fetch(
        "/v1/images/generations",
        sent({ method: "POST", path: "/v1/images/generations" }, fields)
      )
      expect(await cacheControl(response)).toBe("no-store")
    }
  })
})

describe("the page", () => {
  const page = (env: Readonly<Record<string, string>> = {}) => testApp({ env }).fetch("/")
  const vary = async (env?: Readonly<Record<string, string>>) =>
    (await page(env)).headers.get("vary")?.toLowerCase() ?? ""

  it("is not kept while a setting is to be mended", async () => {
    expect(await cacheControl(await page({ API_KEY: "" }))).toBe("no-store")
  })

  it("is kept for each language, where the language is not set", async () => {
    expect(await vary()).toContain("accept-language")
    expect(await vary({ LOCALE: "de" })).not.toContain("accept-language")
    const several = await vary({ ALLOWED_ORIGINS: "https://a.example,https://b.example" })
    expect(several).toContain("accept-language")
    expect(several).toContain("origin")
  })
})

describe("a stream of events", () => {
  it.each(["/v1/chat/completions", "/v1/images/generations"])(
    "is neither gathered nor changed on its way (%s)",
    async (path) => {
      const response = await service().fetch(path, sent({ method: "POST", path }, { stream: true }))
      expect(response.headers.get("cache-control")).toBe("no-store, no-transform")
      expect(response.headers.get("x-accel-buffering")).toBe("no")
      await response.body?.cancel()
    }
  )
})

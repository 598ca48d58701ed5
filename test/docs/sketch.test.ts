import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as Layer from "effect/Layer"
import { describe, expect, it, onTestFinished } from "vitest"
import { AuthorizationLive } from "../../src/http/Authorization.ts"
import {
  FakeAppConfig,
  FakeAuth,
  FakeGenerations,
  FakeImageGenerator,
  FakeRateLimiter,
  FakeSseEncoder
} from "../support/layers/testLayers.ts"
import { Api, SketchHandlers } from "./sketch.ts"

const serve = () => {
  const App = HttpApiBuilder.layer(Api).pipe(
    Layer.provide(SketchHandlers),
    Layer.provide(AuthorizationLive),
    Layer.provide([FakeGenerations.layer, FakeAuth.layer, FakeRateLimiter.layer, FakeSseEncoder.layer]),
    Layer.provide([FakeImageGenerator.layer, FakeAppConfig.layer]),
    Layer.provide(HttpServer.layerServices)
  )
  const { dispose, handler } = HttpRouter.toWebHandler(App, { disableLogger: true })
  onTestFinished(dispose)
  return (body: object) =>
    handler(
      new Request("http://flux.test/v1/sketch", {
        method: "POST",
        headers: { authorization: "Bearer sk-test", "content-type": "application/json" },
        body: JSON.stringify(body)
      })
    )
}

describe("the dialect of docs/architecture.md", () => {
  it("answers in its own words", async () => {
    const response = await serve()({ what: "a cat 16:9" })
    expect(response.status).toBe(200)
    expect(await response.text()).toContain("done")
  })

  it("fails with the statuses of the table", async () => {
    const response = await serve()({ what: "" })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { param: "what" } })
  })
})

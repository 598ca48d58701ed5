import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { describe, expect } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { Auth } from "../../src/services/Auth.ts"
import { Bindings } from "../../src/services/Bindings.ts"
import { AppConfig } from "../../src/services/Config.ts"
import { Identifiers } from "../../src/services/Identifiers.ts"
import { Provenance } from "../../src/services/Provenance.ts"
import { paintPreview } from "../../src/services/preview/paint.ts"
import { marksIn, readLayout } from "../../src/services/provenance/marks.ts"
import { imageOf } from "../support/pictures.ts"

const AuthLive = Auth.layer.pipe(
  Layer.provide(AppConfig.layerEnv({ API_KEYS: "alice:sk-a,bob:sk-bö" })),
  Layer.provide(Layer.succeed(Bindings, {}))
)

describe("what Node and workerd each bring themselves", () => {
  it.effect("compares keys of any length, and of any characters", () =>
    Effect.gen(function* () {
      const auth = yield* Auth
      const ask = (key: string) => auth.authenticate(Redacted.make(key))
      assert.strictEqual((yield* ask("sk-a")).name, "alice")
      assert.strictEqual((yield* ask("sk-bö")).name, "bob")
      for (const key of ["sk-", "sk-aa", "sk-b", "", "x".repeat(10_000)]) {
        assert.deepInclude(yield* Effect.flip(ask(key)), { _tag: "InvalidApiKey", given: true })
      }
    }).pipe(Effect.provide(AuthLive))
  )

  it.effect("makes names of 22 base64url characters, each another", () =>
    Effect.gen(function* () {
      const { next } = yield* Identifiers
      const names = Array.from({ length: 1000 }, next)
      assert.isTrue(names.every((name) => /^[\w-]{22}$/.test(name)))
      assert.strictEqual(new Set(names).size, 1000)
    })
  )

  it("reads base64, passes it on as it came, and refuses what is none", async () => {
    const { bytes } = await imageOf({ width: 64, height: 64 }, { mediaType: "image/png" })
    const base64 = bytes.toBase64()
    expect(ImageFile.fromBase64(base64)?.bytes).toEqual(bytes)
    expect(ImageFile.fromBase64(base64)?.base64).toBe(base64)
    expect(ImageFile.fromBytes(bytes)?.base64).toBe(base64)
    expect(ImageFile.fromBase64(`%${base64}`)).toBeUndefined()
    expect(ImageFile.fromBase64(base64.slice(0, 160))).toBeUndefined()
  })

  it("marks pictures, and opens a packet that is compressed", async () => {
    const origin = { source: "drawn", model: "@cf/x/y" } as const
    const { mark } = await Effect.runPromise(Effect.provide(Provenance, Provenance.layerXmp))
    for (const mediaType of ["image/jpeg", "image/png", "image/webp"] as const) {
      const file = ImageFile.fromBase64((await imageOf({ width: 64, height: 64 }, { mediaType })).base64)
      const marked = file && (await Effect.runPromise(mark(file, origin)))
      const again = marked && ImageFile.fromBase64(marked.base64)
      expect(again?.bytes).toEqual(marked?.bytes)
      expect(again && marksIn(await Effect.runPromise(readLayout(again)))).toMatchObject({ aiSystem: "@cf/x/y" })
    }
    const text = 'x:CreatorTool="Other"'
    const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate"))
    const data = [...new TextEncoder().encode("zTXtXML:com.adobe.xmp\0\0"), ...(await new Response(deflated).bytes())]
    const { bytes } = await imageOf({ width: 64, height: 64 }, { mediaType: "image/png" })
    // The checksum, of which this reader makes nothing, is left out.
    const chunk = [0, 0, 0, data.length - 4, ...data, 0, 0, 0, 0]
    const png = ImageFile.fromBytes(Uint8Array.from([...bytes.subarray(0, 33), ...chunk, ...bytes.subarray(33)]))
    expect(png && marksIn(await Effect.runPromise(readLayout(png)))).toEqual({ c2pa: false, creatorTool: "Other" })
  })

  it("compresses a preview into a whole PNG", async () => {
    const bytes = await paintPreview({ prompt: "A castle", seed: 1, width: 256, height: 320 })
    expect(ImageFile.fromBytes(new Uint8Array(bytes))).toMatchObject({
      mediaType: "image/png",
      size: { width: 256, height: 320 }
    })
  })
})

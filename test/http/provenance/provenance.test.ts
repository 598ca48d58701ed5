import * as Schema from "effect/Schema"
import { describe, expect, it } from "vitest"
import { FakeImageStore, type TestApp } from "../../support/layers/testLayers.ts"
import { encoded, packetWith } from "../../support/metadata.ts"
import { errorFrom, imagesFrom } from "../../support/openai/answers.ts"
import { generate } from "../../support/openai/requests.ts"
import { testApp } from "../../support/testApp.ts"

const Answer = Schema.Struct({
  object: Schema.Literal("provenance"),
  media_type: Schema.String,
  size: Schema.String,
  digital_source_type: Schema.NullOr(Schema.String),
  ai_system: Schema.NullOr(Schema.String),
  creator_tool: Schema.NullOr(Schema.String),
  credit: Schema.NullOr(Schema.String),
  c2pa: Schema.Boolean
})
const decode = Schema.decodeUnknownSync(Answer, { onExcessProperty: "error" })

const headers = { authorization: "Bearer sk-test" }

const ask = (app: TestApp, body: BodyInit, more: Readonly<Record<string, string>> = {}) =>
  app.fetch("/v1/provenance", { method: "POST", headers: { ...headers, ...more }, body })

const askJson = (app: TestApp, body: unknown) => ask(app, JSON.stringify(body), { "content-type": "application/json" })

const answerFrom = async (response: Response) => {
  const text = await response.text()
  expect(response.status, text).toBe(200)
  expect(response.headers.get("cache-control")).toBe("no-store")
  return decode(JSON.parse(text))
}

const uri = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
const silent = { digital_source_type: null, ai_system: null, creator_tool: null, credit: null, c2pa: false }

const jpeg = await encoded("jpeg")

const blobOf = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes])

const formWith = (name: string, ...values: ReadonlyArray<Blob | string>) => {
  const form = new FormData()
  for (const value of values) form.append(name, value)
  return form
}

describe("POST /v1/provenance", () => {
  it("tells the marks of a picture that was drawn here, by its link and by its bytes", async () => {
    const app = testApp()
    const drawn = await imagesFrom(await generate(app, { size: "256x320" }))
    const [{ b64_json = "", url = "" } = {}] = drawn.data
    const expected = {
      ...silent,
      object: "provenance",
      media_type: "image/jpeg",
      size: "256x320",
      digital_source_type: uri,
      ai_system: drawn.model,
      creator_tool: "Flux API Worker"
    }
    const data = `data:image/jpeg;base64,${b64_json}`
    for (const image of [url, data, { url }, { url: data }, { image_url: url }, { image_url: { url: data } }]) {
      expect(await answerFrom(await askJson(app, { image })), JSON.stringify(image).slice(0, 80)).toEqual(expected)
    }
    for (const image_url of [url, data, { url }]) {
      expect(await answerFrom(await askJson(app, { image_url }))).toEqual(expected)
    }
    const bytes = Uint8Array.fromBase64(b64_json)
    for (const type of ["image/jpeg", "application/octet-stream", "application/json", "", "text/plain"]) {
      expect(await answerFrom(await ask(app, bytes, { "content-type": type })), type).toEqual(expected)
    }
    expect(await answerFrom(await ask(app, formWith("image", blobOf(bytes))))).toEqual(expected)
    expect(await answerFrom(await ask(app, formWith("image[]", blobOf(bytes))))).toEqual(expected)
    expect(await answerFrom(await ask(app, formWith("image", url)))).toEqual(expected)
  })

  it.each<readonly [string, string, object]>([
    ["an attribute", packetWith(`Iptc4xmpExt:DigitalSourceType="${uri}"`), { digital_source_type: uri }],
    ["single quotes", packetWith(`Iptc4xmpExt:DigitalSourceType = '${uri}'`), { digital_source_type: uri }],
    [
      "an element",
      packetWith("", `<Iptc4xmpExt:DigitalSourceType>\n ${uri} </Iptc4xmpExt:DigitalSourceType>`),
      { digital_source_type: uri }
    ],
    [
      "a resource",
      packetWith("", `<Iptc4xmpExt:DigitalSourceType rdf:resource="${uri}"/>`),
      { digital_source_type: uri }
    ],
    [
      "credit and tool",
      packetWith('photoshop:Credit="Made with &lt;AI&gt; &amp; care" xmp:CreatorTool="Other 1.0"'),
      { credit: "Made with <AI> & care", creator_tool: "Other 1.0" }
    ],
    ["a manifest elsewhere", packetWith('dcterms:provenance="https://manifests.test/1"'), { c2pa: true }],
    ["nothing", packetWith('xmp:Label="DigitalSourceType"'), {}]
  ])("reads XMP of any tool: %s", async (_name, xmp, told) => {
    for (const format of ["jpeg", "png", "webp"] as const) {
      const answer = await answerFrom(await ask(testApp(), await encoded(format, { xmp })))
      expect(answer).toEqual({ object: "provenance", media_type: `image/${format}`, size: "37x23", ...silent, ...told })
    }
  })

  it("says nothing of a picture that says nothing", async () => {
    expect(await answerFrom(await ask(testApp(), await encoded("lossless", { alpha: true })))).toEqual({
      object: "provenance",
      media_type: "image/webp",
      size: "37x23",
      ...silent
    })
  })

  it("opens no packet that is far longer than any", async () => {
    const text = packetWith(`Iptc4xmpExt:DigitalSourceType="${uri}"`, " ".repeat(20_000_000))
    const bytes = await encoded("png", { xmp: text })
    expect(bytes.length).toBeLessThan(100_000)
    expect(await answerFrom(await ask(testApp(), bytes))).toMatchObject(silent)
  })

  it.each<readonly [string, BodyInit]>([
    ["nothing", ""],
    ["no picture in JSON", "{}"],
    ["a null", '{"image":null}'],
    ["a list", "[]"],
    ["broken JSON", '{"image":'],
    ["text", "a cat"],
    ["half a picture", jpeg.slice(0, 200)],
    ["another format", Buffer.from("R0lGODlhAQABAAAAACw=", "base64")],
    ["a number", '{"image":7}'],
    ["base64 alone", '{"image":"iVBORw0KGgo="}'],
    ["an address elsewhere", '{"image_url":"https://example.com/a.png"}'],
    ["an address within", '{"image_url":"http://127.0.0.1/a.png"}'],
    ["an empty form", formWith("nothing", "")],
    ["a form with text in it", formWith("image", "hello")],
    ["a form with no picture", formWith("image", new Blob(["hello"]))],
    ["two pictures", formWith("image[]", blobOf(jpeg), blobOf(jpeg))]
  ])("refuses %s", async (_name, body) => {
    const error = await errorFrom(await ask(testApp(), body))
    expect(error).toMatchObject({ status: 400, type: "invalid_request_error" })
  })

  it("knows a link that has ended", async () => {
    const app = testApp({ testClock: true })
    const [{ url = "" } = {}] = (await imagesFrom(await generate(app, { size: "256x256" }))).data
    await app.adjust("1803 seconds")
    expect(await errorFrom(await askJson(app, { image: url }))).toMatchObject({ status: 404, code: "image_not_found" })
  })

  it("says so where pictures can't be read", async () => {
    const app = testApp({ store: FakeImageStore.make({ failing: ["get"] }).layer })
    const [{ url = "" } = {}] = (await imagesFrom(await generate(app, { size: "256x256" }))).data
    expect(await errorFrom(await askJson(app, { image: url }))).toMatchObject({ status: 502, code: "upstream_error" })
  })

  it("answers where nothing can draw", async () => {
    const app = testApp({ env: { PROVENANCE: "perhaps", FLUX_MODEL: "none" } })
    expect(await answerFrom(await ask(app, await encoded("png")))).toMatchObject(silent)
  })
})

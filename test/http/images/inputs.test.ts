import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import type { ImageFile } from "../../../src/domain/ImageFile.ts"
import { FakeFluxModel } from "../../support/layers/testLayers.ts"
import { errorFrom, eventsFrom, imagesFrom } from "../../support/openai/answers.ts"
import { edit, editForm } from "../../support/openai/requests.ts"
import { imageOf } from "../../support/pictures.ts"
import { testApp } from "../../support/testApp.ts"

let picture: ImageFile
beforeAll(async () => {
  picture = await imageOf({ width: 300, height: 200 })
})

const remote = "https://pictures.example.org/cat.jpg"

/** A web in which only these addresses answer; `visited` are all that were asked for. */
const web = (pages: Readonly<Record<string, () => Response>>) => {
  const visited: Array<string> = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new Request(input, init).url
    visited.push(url)
    const page = pages[url]
    if (page === undefined) throw new TypeError("Network connection lost.")
    return page()
  }
  return { fetch, visited }
}

const redirect = (location: string) => () => new Response(null, { status: 302, headers: { location } })
const shown = () => new Response(picture.bytes, { headers: { "content-type": "text/plain" } })

const refusal = async (options: Parameters<typeof testApp>[0], body: FormData | object) => {
  const flux = FakeFluxModel.make()
  const error = await errorFrom(await edit(testApp({ flux: flux.layer, ...options }), body))
  expect(flux.requests).toEqual([])
  return error
}

describe("the pictures of an edit", () => {
  it("come from https addresses, by whatever type their servers call them", async () => {
    const flux = FakeFluxModel.make()
    const { fetch, visited } = web({ [remote]: shown })
    const images = await imagesFrom(
      await edit(testApp({ flux: flux.layer, fetch }), { images: [{ image_url: remote }] })
    )
    expect(visited).toEqual([remote])
    expect(flux.requests[0]?.inputs[0]?.bytes).toEqual(picture.bytes)
    expect(images.size).toBe("1248x832")
  })

  it("come in the order of the request: files, then images, then image", async () => {
    const flux = FakeFluxModel.make()
    const [first, second, third] = await Promise.all(
      ["1", "2", "3"].map((text) => imageOf({ width: 64, height: 64 }, { text }))
    )
    const app = testApp({ flux: flux.layer })
    await imagesFrom(await edit(app, { image: [third?.dataUrl], images: [first?.dataUrl, second?.dataUrl] }))
    const form = editForm(first ? [first] : [], { name: "image[]" })
    form.append("image", third?.dataUrl ?? "")
    await imagesFrom(await edit(app, form))
    const sent = flux.requests.map(({ inputs }) => inputs.map(({ base64 }) => base64))
    expect(sent).toEqual([
      [first?.base64, second?.base64, third?.base64],
      [first?.base64, third?.base64]
    ])
  })

  it("are found behind up to three redirects", async () => {
    const { fetch, visited } = web({
      "https://a.example.org/": redirect("https://b.example.org/x/"),
      "https://b.example.org/x/": redirect("../y"),
      "https://b.example.org/y": redirect("//c.example.org/z"),
      "https://c.example.org/z": shown
    })
    expect((await imagesFrom(await edit(testApp({ fetch }), { image: "https://a.example.org/" }))).data).toHaveLength(1)
    expect(visited).toHaveLength(4)
  })

  it.each([
    ["a fourth redirect", redirect("https://pictures.example.org/cat.jpg"), /redirects/],
    ["a redirect to a private address", redirect("https://192.168.1.1/cat.jpg"), /not public/],
    ["a redirect to the machine itself", redirect("https://localhost/cat.jpg"), /not public/],
    ["a redirect to http", redirect("http://pictures.example.org/cat.jpg"), /not public/],
    ["a redirect to a file", redirect("file:///etc/passwd"), /not public/],
    ["a missing page", () => new Response("no", { status: 404 }), /404/],
    ["a page that is no picture", () => new Response("<html></html>"), /not a whole/],
    ["half a picture", () => new Response(picture.bytes.slice(0, picture.bytes.length / 2)), /not a whole/],
    ["more than 10 MiB", () => new Response(new Uint8Array(10 * 1024 * 1024 + 1)), /10 MiB/]
  ])("are refused where there is %s", async (_name, page, reason) => {
    const { fetch, visited } = web({ [remote]: page })
    const error = await refusal({ fetch }, { image: remote })
    expect(error).toMatchObject({ status: 400, param: "image", message: expect.stringMatching(reason) })
    expect(visited.every((url) => url === remote)).toBe(true)
  })

  it("are refused where a server can't be reached", async () => {
    const error = await refusal({ fetch: web({}).fetch }, { image: remote })
    expect(error).toMatchObject({ status: 400, param: "image" })
  })

  it.each([
    ["http://pictures.example.org/cat.jpg"],
    ["ftp://pictures.example.org/cat.jpg"],
    ["file:///etc/passwd"],
    ["https://user:password@pictures.example.org/cat.jpg"],
    ["https://localhost/a.png"],
    ["https://a.localhost/a.png"],
    ["https://printer.local/a.png"],
    ["https://metadata.google.internal/a.png"],
    ["https://intranet/a.png"],
    ["https://127.1/a.png"],
    ["https://2130706433/a.png"],
    ["https://0x7f.0.0.1/a.png"],
    ["https://0.0.0.0/a.png"],
    ["https://169.254.169.254/latest/meta-data/"],
    ["https://100.100.1.1/a.png"],
    ["https://[::1]/a.png"],
    ["https://[::ffff:10.0.0.1]/a.png"],
    ["https://[fe80::1]/a.png"],
    ["https://[fd00::1]/a.png"],
    ["cat.jpg"],
    ["/image/cat.jpg"],
    [""]
  ])("are not fetched from %s", async (image) => {
    const { fetch, visited } = web({})
    expect(await refusal({ fetch }, { images: [{ image_url: image }] })).toMatchObject({ status: 400, param: "image" })
    expect(visited).toEqual([])
  })

  it("are not fetched from any private IPv4 address", async () => {
    const { fetch, visited } = web({})
    const app = testApp({ fetch })
    const octet = fc.integer({ min: 0, max: 255 })
    const hosts = fc.oneof(
      fc.tuple(fc.constantFrom(0, 10, 127), octet, octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet)
    )
    await fc.assert(
      fc.asyncProperty(hosts, async (host) => {
        const error = await errorFrom(await edit(app, { image: `https://${host.join(".")}/a.png` }))
        expect(error).toMatchObject({ status: 400, param: "image" })
      }),
      { numRuns: 50 }
    )
    expect(visited).toEqual([])
  })

  it.each([
    ["base64 of text", `data:image/png;base64,${btoa("not a picture")}`],
    ["no base64", "data:image/png;base64,%%%"],
    ["no base64 at all", "data:image/png,abc"],
    ["nothing", "data:image/png;base64,"]
  ])("are refused as data URLs of %s", async (_name, image) => {
    expect(await refusal({}, { image })).toMatchObject({ status: 400, param: "image" })
  })

  it.each([
    ["text", new Blob(["not a picture"], { type: "image/png" })],
    ["half a picture", () => new Blob([picture.bytes.slice(0, 200)])],
    ["nothing", new Blob([])]
  ])("are refused as files of %s", async (_name, file) => {
    const form = editForm([picture])
    form.append("image", typeof file === "function" ? file() : file)
    expect(await refusal({}, form)).toMatchObject({ status: 400, param: "image" })
  })

  it.each([5, 7, 16])("are at most four, not %i", async (count) => {
    const { fetch, visited } = web({})
    const files = Array.from({ length: count }, () => picture)
    for (const body of [editForm(files, { name: "image[]" }), { images: files.map(() => remote) }]) {
      const error = await refusal({ fetch }, body)
      expect(error).toMatchObject({ status: 400, param: "image" })
      expect(error.message).toContain("At most 4")
      expect(error.message).toContain(`${count} were sent`)
    }
    expect(visited).toEqual([])
  })

  it("are needed", async () => {
    for (const body of [{}, { images: [] }, { image: null }, editForm([])]) {
      expect(await refusal({}, body)).toMatchObject({ status: 400, param: "image" })
    }
  })

  it("need a model that takes them", async () => {
    const error = await refusal({ env: { FLUX_SIZED_MODEL: "off" } }, editForm([picture]))
    expect(error).toMatchObject({ status: 400, param: "image", message: expect.stringContaining("FLUX_SIZED_MODEL") })
  })
})

describe("a mask", () => {
  it("is refused as a file and as anything else", async () => {
    const form = editForm([picture])
    form.append("mask", new Blob([picture.bytes]), "mask.png")
    for (const body of [form, { image: picture.dataUrl, mask: { image_url: picture.dataUrl } }]) {
      expect(await refusal({}, body)).toMatchObject({ status: 400, param: "mask" })
    }
  })

  it("does no harm where it is null", async () => {
    expect((await imagesFrom(await edit(testApp(), { image: picture.dataUrl, mask: null }))).data).toHaveLength(1)
  })
})

describe("a form", () => {
  it("opens a stream of edits", async () => {
    const events = await eventsFrom(await edit(testApp(), editForm([picture], { stream: "true", n: "2" })))
    expect(events.map(({ event, data }) => [event, JSON.parse(data).type])).toEqual([
      ["image_edit.completed", "image_edit.completed"],
      ["image_edit.completed", "image_edit.completed"]
    ])
  })

  it.each([
    ["n", { n: "two" }],
    ["n", { n: "11" }],
    ["stream", { stream: "perhaps" }],
    ["seed", { seed: "-2" }],
    ["size", { size: "large" }],
    ["quality", { quality: "ultra" }],
    ["prompt", { prompt: "" }]
  ])("with a wrong %s is refused", async (param, fields) => {
    expect(await refusal({}, editForm([picture], fields))).toMatchObject({ status: 400, param })
  })

  it.each([
    ["without its boundary", "multipart/form-data"],
    ["with another boundary", "multipart/form-data; boundary=other"]
  ])("%s is refused", async (_name, type) => {
    const body = await new Response(editForm([picture])).arrayBuffer()
    const headers = { authorization: "Bearer sk-test", "content-type": type }
    const response = await testApp().fetch("/v1/images/edits", { method: "POST", headers, body })
    expect(await errorFrom(response)).toMatchObject({ status: 400, type: "invalid_request_error" })
  })
})

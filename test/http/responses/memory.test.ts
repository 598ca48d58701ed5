import { describe, expect, it } from "vitest"
import { FakeFluxModel, FakeImageStore } from "../../support/layers/testLayers.ts"
import { errorFrom } from "../../support/openai/answers.ts"
import { imageTool, respond, responseFrom, responseStreamFrom } from "../../support/openai/responses.ts"
import { testApp } from "../../support/testApp.ts"

const user = (content: unknown) => ({ role: "user", content })
const klein = "@cf/black-forest-labs/flux-2-klein-4b"

const studio = (options: Parameters<typeof testApp>[0] = {}) => {
  const flux = FakeFluxModel.make()
  const store = FakeImageStore.make()
  const app = testApp({ testClock: true, ...options, flux: flux.layer, store: store.layer })
  const drawn = async (input: string, fields: object = imageTool()) => {
    const response = await responseFrom(await respond(app, { input, ...fields }))
    return { ...response, image: response.images[0], picture: response.images[0]?.result }
  }
  const last = () => flux.requests.at(-1)?.inputs.map((file) => file.base64)
  return { app, drawn, last, requests: flux.requests }
}

type Drawn = Awaited<ReturnType<ReturnType<typeof studio>["drawn"]>>

/** How clients come back to an answer. */
const ways: Readonly<Record<string, (drawn: Drawn) => object>> = {
  previous_response_id: ({ id }) => ({ previous_response_id: id, input: "make it winter" }),
  "the message by reference": ({ message }) => ({
    input: [user("A fox"), { type: "item_reference", id: message?.id }, user("make it winter")]
  }),
  "message and picture by reference": ({ image, message }) => ({
    input: [
      user("A fox"),
      { type: "item_reference", id: message?.id },
      { type: "item_reference", id: image?.id },
      user("make it winter")
    ]
  }),
  "the call without its result": ({ image, message }) => ({
    input: [user("A fox"), { ...image, result: null }, message, user("make it winter")]
  }),
  "the call with its result": ({ image, message }) => ({
    input: [user("A fox"), image, message, user("make it winter")]
  }),
  "the call with its result alone": ({ picture }) => ({
    input: [
      user("A fox"),
      { type: "image_generation_call", id: "ig_of_somebody_else", result: picture },
      user([{ type: "input_text", text: "make it winter" }])
    ]
  }),
  "the text": ({ text }) => ({
    input: [user("A fox"), { role: "assistant", content: [{ type: "output_text", text }] }, user("make it winter")]
  })
}

describe("a second turn", () => {
  it.each(Object.entries(ways))("changes the picture before it: %s", async (_, way) => {
    const { app, drawn, last } = studio()
    await drawn("A dog")
    const first = await drawn("A fox")
    await drawn("A bird")
    const { images, model } = await responseFrom(await respond(app, { ...way(first), ...imageTool() }))
    expect(last()).toEqual([first.picture])
    expect(model).toBe(klein)
    expect(images[0]?.action).toBe("edit")
  })

  it("changes what a stream had told", async () => {
    const { app, last } = studio()
    const { completed } = await responseStreamFrom(await respond(app, { input: "A fox", stream: true, ...imageTool() }))
    await responseFrom(await respond(app, { previous_response_id: completed?.id, input: "make it winter" }))
    expect(last()).toEqual([completed?.images[0]?.result])
  })

  it("changes the picture also where nobody had asked for base64", async () => {
    const { app, drawn, last } = studio()
    const { id } = await drawn("A fox", {})
    await responseFrom(await respond(app, { previous_response_id: id, input: "make it winter" }))
    expect(last()).toHaveLength(1)
  })

  it("means the newest picture", async () => {
    const { app, drawn, last } = studio()
    const [first, second] = [await drawn("A fox"), await drawn("A dog")]
    const input = [{ type: "item_reference", id: second.message?.id }, user("make it winter")]
    await responseFrom(await respond(app, { previous_response_id: first.id, input }))
    expect(last()).toEqual([second.picture])
  })

  it("draws anew what is no change, and what the tool says to generate", async () => {
    const { app, drawn, last } = studio()
    const { id } = await drawn("A fox")
    await responseFrom(await respond(app, { previous_response_id: id, input: "A dog" }))
    expect(last()).toEqual([])
    const generate = imageTool({ action: "generate" })
    await responseFrom(await respond(app, { previous_response_id: id, input: "make it winter", ...generate }))
    expect(last()).toEqual([])
  })

  it("changes the picture where the tool says to edit, however it is said", async () => {
    const { app, drawn, last } = studio()
    const { id, picture } = await drawn("A fox")
    await responseFrom(
      await respond(app, { previous_response_id: id, input: "Snow, please", ...imageTool({ action: "edit" }) })
    )
    expect(last()).toEqual([picture])
  })

  it("is about an attached picture where there is one", async () => {
    const { app, drawn, last } = studio()
    const [first, second] = [await drawn("A fox"), await drawn("A dog")]
    const image_url = `data:image/jpeg;base64,${second.picture}`
    const input = [
      user([
        { type: "input_text", text: "make it winter" },
        { type: "input_image", image_url }
      ])
    ]
    await responseFrom(await respond(app, { previous_response_id: first.id, input }))
    expect(last()).toEqual([second.picture])
  })

  it("needs no picture of an answer that had none", async () => {
    const { app, requests } = studio()
    const helper = await responseFrom(await respond(app, { input: "A fox", text: { format: { type: "json_object" } } }))
    const { text } = await responseFrom(await respond(app, { previous_response_id: helper.id, input: "A dog" }))
    expect(text).not.toContain("no longer stored")
    expect(requests).toHaveLength(1)
  })
})

describe("a picture that is not there any more", () => {
  const unknown = ["resp_68af4030592c81938ec0a5fbab4a3e9f05438e46b5f69a3b", "resp_x", `resp_${"A".repeat(22)}`]

  it.each(unknown)("is said where it was to be changed, and nothing is drawn (%s)", async (id) => {
    const { app, requests } = studio()
    for (const stream of [false, true]) {
      const response = await respond(app, { previous_response_id: id, input: "make it winter", stream })
      const { text } = stream ? await responseStreamFrom(response) : await responseFrom(response)
      expect(text).toMatch(/no longer stored.*nothing was drawn/i)
    }
    expect(requests).toEqual([])
  })

  it.each(Object.keys(ways).filter((way) => !way.includes("with its result")))("has expired: %s", async (name) => {
    const { app, drawn, requests } = studio()
    const first = await drawn("A fox")
    await app.adjust("1803 seconds")
    const { images, text } = await responseFrom(await respond(app, { ...ways[name]?.(first), ...imageTool() }))
    expect(text).toMatch(/no longer stored.*nothing was drawn/i)
    expect(images).toEqual([])
    expect(requests).toHaveLength(1)
  })

  it("is no loss where the request brings it along", async () => {
    const { app, drawn, last } = studio()
    const first = await drawn("A fox")
    await app.adjust("1803 seconds")
    await responseFrom(await respond(app, ways["the call with its result"]?.(first) ?? {}))
    expect(last()).toEqual([first.picture])
  })

  it("was never there, though its key could be", async () => {
    const { app, drawn, requests } = studio()
    const { id } = await drawn("A fox")
    const made = id.replace(/^resp_.{22}/, `resp_${"B".repeat(22)}`)
    const { text } = await responseFrom(await respond(app, { previous_response_id: made, input: "make it winter" }))
    expect(text).toContain("nothing was drawn")
    expect(requests).toHaveLength(1)
  })

  it("is said, and not needed, where something new is drawn", async () => {
    const { app, last } = studio()
    const body = { previous_response_id: "resp_x", input: "A dog in the snow" }
    const { text } = await responseFrom(await respond(app, body, { "accept-language": "de" }))
    expect(text).toContain("nicht mehr gespeichert")
    expect(last()).toEqual([])
  })

  it("is an error where it is attached", async () => {
    const { app } = studio()
    const image_url = `http://flux.test/image/${"A".repeat(22)}-1000000000.jpg`
    const input = [
      user([
        { type: "input_text", text: "make it winter" },
        { type: "input_image", image_url }
      ])
    ]
    expect(await errorFrom(await respond(app, { input }))).toMatchObject({ status: 404, code: "image_not_found" })
  })

  it("that came along broken is named", async () => {
    const { app } = studio()
    const broken = { type: "image_generation_call", id: "ig_x", result: "AAAA" }
    expect(await errorFrom(await respond(app, { input: [broken, user("make it winter")] }))).toMatchObject({
      status: 400,
      param: "input.0.result"
    })
  })
})

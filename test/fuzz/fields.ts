import fc from "fast-check"
import { drawImage } from "../support/workers-ai/images.ts"

/** A piece of text over and over, up to and over what a prompt may be. */
const longText = fc
  .tuple(
    fc.constantFrom(
      " ",
      "\n",
      "a ",
      "http://a",
      "http://[/image/a.png ",
      "![](",
      "<think>",
      "--n 2 ",
      "user: ",
      "🐈",
      "**"
    ),
    fc.constantFrom(10, 10, 10, 1000, 1000, 32_000, 33_000),
    fc.constantFrom("", "!", "\n", " 3:2", "\nThe name is:")
  )
  .map(([piece, length, end]) => piece.repeat(Math.ceil(length / piece.length)) + end)

/** What breaks a program that expects something else. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "\ud800",
    "\udfff\ud800",
    "__proto__",
    "constructor",
    "toString",
    "../../../etc/passwd",
    "%00%0d%0aset-cookie: a=b",
    "\r\nx-evil: 1",
    "javascript:alert(1)",
    "data:image/png;base64,",
    "data:image/png;base64,iVBORw0KGgo=",
    "data:,",
    "http://169.254.169.254/latest/meta-data",
    "https://example.com/cat.png",
    "https://[::1]/a.png",
    "https://flux.test/image/0000000000000000000001-9999999999.jpg",
    "http://flux.test/image/../../v1/models",
    "<script>alert(1)</script>",
    "A cat --n 99999999999999999999",
    "A cat --seed 1e400 --size 0x0 --ar 0:0 --steps -1 --model ../../x",
    "A cat --edit",
    "\u202egnp.exe",
    "=cmd|' /C calc'!A0"
  ),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.nat({ max: 5000 }).map((length) => "é".repeat(length)),
  longText,
  fc.stringMatching(/^(A cat )?(-{1,3}(ar|n|seed|size|steps|model|raw|edit|q)[ =:]{0,2}[-\dx:.a-z]{0,8} ?){0,6}$/)
)

const hostileNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 1.5, 1e308, -1e308, 2 ** 53, 4294967295, 4294967296),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true })
)

const hostile = fc.oneof(hostileText, hostileNumber, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 3 }))

/** Real pictures, whole and otherwise. */
const drawn = await Promise.all(
  (["jpeg", "png"] as const).map((format) => drawImage({ width: 16, height: 16, format, prompt: "", seed: "" }))
)
export const picture = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...drawn) },
  fc.tuple(fc.constantFrom(...drawn), fc.nat()).map(([bytes, at]) => bytes.slice(0, at % bytes.length)),
  fc.tuple(fc.constantFrom(...drawn), fc.nat(), fc.nat({ max: 255 })).map(([bytes, at, value]) => {
    const changed = bytes.slice()
    changed[at % changed.length] = value
    return changed
  }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes))
)

const address = fc.oneof(
  picture.map((bytes) => `data:image/png;base64,${bytes.toBase64()}`),
  hostileText
)

/** The fields of each endpoint; one of `usual + 1` values is not what belongs there. */
export const fieldsOf = (usual: number) => {
  const field = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: usual, arbitrary }, hostile)
  const plain = fc.constantFrom("A cute cat", "A fox 3:2", "Eine Katze 16：9", "A cat --n 2 --seed 7")
  const text = fc.oneof({ weight: usual, arbitrary: plain }, hostileText)

  const drawingFields = {
    model: field(fc.constantFrom("klein", "schnell", "flux-2-dev", "@cf/leonardo/phoenix-1.0", null)),
    n: field(fc.integer({ min: 1, max: 3 })),
    size: field(fc.constantFrom("1024x1024", "256x256", "auto")),
    seed: field(fc.nat()),
    steps: field(fc.integer({ min: 1, max: 50 })),
    stream: field(fc.boolean())
  }

  const part = fc.oneof(
    { weight: usual, arbitrary: fc.record({ type: fc.constantFrom("text", "input_text"), text: field(text) }) },
    fc.record({
      type: fc.constantFrom("image_url", "input_image"),
      image_url: field(fc.oneof(address, fc.record({ url: field(address) })))
    }),
    hostile
  )
  const message = fc.record({
    role: field(fc.constantFrom("user", "user", "user", "assistant", "system", "tool")),
    content: field(fc.oneof(text, fc.array(part, { maxLength: 4 })))
  })
  const chat = fc.record(
    {
      ...drawingFields,
      messages: field(fc.array(message, { minLength: 1, maxLength: 5 })),
      stream_options: field(fc.record({ include_usage: field(fc.boolean()) })),
      modalities: field(fc.array(fc.constantFrom("text", "image"))),
      response_format: field(fc.record({ type: field(fc.constantFrom("json_schema", "json_object", "text")) })),
      tools: field(fc.array(fc.record({ function: field(fc.record({ name: field(fc.constant("create_title")) })) }))),
      tool_choice: field(fc.constantFrom("required", "auto"))
    },
    { requiredKeys: ["messages"] }
  )

  const link = "http://flux.test/image/0000000000000000000001-9999999999.jpg"
  const answer = fc.oneof(
    fc.constantFrom(`![Generated image](${link})`, `${link} http://[/image/a.png`, "🎨 Original prompt: A cat", ""),
    hostileText
  )
  const turn = fc.oneof(
    fc.record({ role: fc.constant("user"), content: field(fc.oneof(text, fc.array(part, { maxLength: 3 }))) }),
    fc.record({ role: fc.constantFrom("assistant", "assistant", "system", "tool"), content: field(answer) })
  )
  const instruction = fc.constantFrom("make it winter", "A cat --edit", "Summarize the conversation", "A cute cat")
  /** A conversation of some length, which ends with something to be done about it. */
  const history = fc.record(
    {
      ...drawingFields,
      messages: fc
        .tuple(fc.array(turn, { maxLength: 8 }), fc.constantFrom(1, 1, 1, 1, 1, 40), instruction)
        .map(([turns, times, content]) => [
          ...Array.from({ length: times }, () => turns).flat(),
          { role: "user", content }
        ])
    },
    { requiredKeys: ["messages"] }
  )

  const id = fc.oneof(
    fc.constantFrom("resp_x", `msg_${"A".repeat(22)}-9999999999`, `ig_${"A".repeat(22)}-1000000000`, "rs_1"),
    fc.constantFrom(`resp_text_${"A".repeat(22)}`, `resp_${"_".repeat(22)}`, `${"resp_".repeat(2000)}-i`),
    hostileText
  )
  const item = fc.oneof(
    { weight: usual, arbitrary: message },
    fc.record({ type: field(fc.constant("message")), role: field(fc.constant("user")), content: field(text) }),
    fc.record({ type: fc.constant("item_reference"), id: field(id) }),
    fc.record({
      type: fc.constant("image_generation_call"),
      id: field(id),
      result: field(picture.map((bytes) => bytes.toBase64()))
    }),
    fc.record({ type: fc.constant("function_call_output"), output: field(text) }),
    hostile
  )
  const tool = fc.record(
    {
      type: field(fc.constantFrom("image_generation", "image_generation", "web_search")),
      size: field(fc.constantFrom("auto", "256x256")),
      quality: field(fc.constantFrom("auto", "low")),
      output_format: field(fc.constantFrom("jpeg", "jpeg", "png")),
      action: field(fc.constantFrom("auto", "generate")),
      input_image_mask: field(fc.constant(null))
    },
    { requiredKeys: ["type"] }
  )
  const responses = fc.record(
    {
      ...drawingFields,
      input: field(fc.oneof(text, fc.array(item, { minLength: 1, maxLength: 5 }))),
      instructions: field(text),
      previous_response_id: field(fc.option(id)),
      tools: field(fc.array(tool, { maxLength: 2 })),
      tool_choice: field(fc.constantFrom("required", "auto")),
      text: field(fc.record({ format: field(fc.record({ type: field(fc.constantFrom("json_object", "text")) })) })),
      metadata: field(fc.dictionary(fc.string(), fc.string())),
      background: field(fc.boolean())
    },
    { requiredKeys: ["input"] }
  )

  const imageFields = {
    ...drawingFields,
    prompt: field(text),
    quality: field(fc.constantFrom("auto", "low", "hd", "max")),
    response_format: field(fc.constantFrom("url", "b64_json")),
    output_format: field(fc.constantFrom("jpeg", "jpeg", "png")),
    partial_images: field(fc.integer({ min: 0, max: 3 }))
  }
  const generation = fc.record(imageFields, { requiredKeys: ["prompt"] })

  const good = fc.constantFrom(...drawn).map((bytes) => `data:image/png;base64,${bytes.toBase64()}`)
  const reference = fc.oneof({ weight: usual, arbitrary: good }, address, fc.record({ image_url: field(address) }))
  const edit = fc.record(
    {
      ...imageFields,
      model: field(fc.constantFrom("klein", "flux-2-dev", null)),
      image: field(fc.oneof(reference, fc.array(reference, { minLength: 1, maxLength: 4 }))),
      mask: field(fc.constant(null))
    },
    { requiredKeys: ["prompt", "image"] }
  )

  const meta = fc.record(
    {
      progressToken: field(fc.oneof(fc.string(), fc.integer())),
      idempotencyKey: field(fc.string()),
      "io.modelcontextprotocol/protocolVersion": field(fc.constant("2026-07-28"))
    },
    { requiredKeys: [] }
  )
  const call = fc.record(
    {
      name: field(fc.constantFrom("generate_image", "generate_image", "edit_image", "list_models")),
      arguments: field(
        fc.oneof(generation, edit, fc.record({ prompt: field(text), images: field(fc.array(address)) }))
      ),
      _meta: field(meta)
    },
    { requiredKeys: ["name", "arguments"] }
  )
  const request = fc.record(
    {
      jsonrpc: field(fc.constant("2.0")),
      id: field(fc.oneof(fc.integer(), fc.string())),
      method: field(
        fc.constantFrom("tools/call", "tools/call", "tools/call", "tools/list", "initialize", "server/discover", "ping")
      ),
      params: field(fc.oneof({ weight: 6, arbitrary: call }, fc.record({ protocolVersion: field(text) })))
    },
    { requiredKeys: ["jsonrpc", "id", "method"] }
  )
  const notification = fc.record({
    jsonrpc: field(fc.constant("2.0")),
    method: field(fc.constantFrom("notifications/initialized", "notifications/cancelled", "tools/call"))
  })
  /** A message of the Model Context Protocol. */
  const mcp = fc.oneof({ weight: 9, arbitrary: request }, notification)
  const openRouter = fc.record(
    {
      ...imageFields,
      aspect_ratio: field(fc.constantFrom("16:9", "1:1", "9:19.5", "auto")),
      resolution: field(fc.constantFrom("1K", "512", "auto")),
      input_references: field(fc.array(fc.record({ type: fc.constant("image_url"), image_url: field(reference) })))
    },
    { requiredKeys: ["prompt"] }
  )
  return { chat, history, responses, generation, edit, mcp, openRouter }
}

import fc from "fast-check"
import { concatBytes, utf8 } from "../support/workers-ai/bytes.ts"
import { fieldsOf, hostileText, picture as image } from "./fields.ts"

/** A body as it goes over the wire, and what its sender says of it. */
export interface HostileBody {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentType: string | undefined
}

const headerText = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })

const contentType = fc.oneof(
  { weight: 20, arbitrary: fc.constant("application/json") },
  fc.constantFrom(
    undefined,
    "",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    'multipart/form-data; boundary="',
    "MULTIPART/FORM-DATA; boundary=x; boundary=y",
    "image/png"
  ),
  headerText
)

const mild = fieldsOf(40)
const wild = fieldsOf(2)

/** JSON, as it is or with something done to its text. */
const jsonBody = (fields: fc.Arbitrary<unknown>): fc.Arbitrary<HostileBody> =>
  fc
    .record({
      json: fields.map((value) => JSON.stringify(value)),
      harm: fc.oneof(
        { weight: 20, arbitrary: fc.constant((json: string) => json) },
        fc.tuple(fc.nat(), fc.string({ unit: "binary", maxLength: 4 })).map(([at, insert]) => (json: string) => {
          const index = at % (json.length + 1)
          return json.slice(0, index) + insert + json.slice(index + insert.length)
        }),
        fc.nat().map((at) => (json: string) => json.slice(0, at % (json.length + 1))),
        fc.constantFrom(
          (json: string) => `\ufeff${json}`,
          (json: string) => `${json}${json}`,
          (json: string) => `[${json}]`,
          (json: string) => json.replace("{", '{"__proto__":{"prompt":"A cat","stream":true},'),
          (json: string) => json.replace("{", '{"prompt":"A cat","prompt":7,"messages":{},'),
          (json: string) => `${'{"messages":['.repeat(200)}${json}`,
          (json: string) => json.replace(/"/g, "'")
        )
      ),
      contentType
    })
    .map(({ contentType, harm, json }) => ({ bytes: utf8(harm(json)), contentType }))

interface FormPart {
  readonly name: string
  readonly file: string | undefined
  readonly content: string
}

const formPart: fc.Arbitrary<FormPart> = fc.record({
  name: fc.oneof(
    fc.constantFrom(
      "prompt",
      "image",
      "image[]",
      "image[0]",
      "n",
      "size",
      "stream",
      "model",
      "mask",
      "seed",
      "__proto__",
      "constructor",
      "image[__proto__]",
      "__proto__[prompt]"
    ),
    fc.string({ maxLength: 10 })
  ),
  file: fc.option(fc.constantFrom("a.png", "../../a.png", 'a"b.png', ""), { nil: undefined }),
  content: fc.oneof(hostileText, fc.constantFrom("A cute cat", "true", "2", "256x256", "-1", "{}"))
})

const formParts: fc.Arbitrary<ReadonlyArray<FormPart>> = fc.oneof(
  fc.constant([{ name: "prompt", file: undefined, content: "A cute cat" }]),
  fc.array(formPart, { maxLength: 6 }),
  fc
    .tuple(formPart, fc.constantFrom(98, 99, 100, 101, 400))
    .map(([part, times]) => Array.from({ length: times }, () => part))
)

/** A form, whole or cut, and with a boundary that fits or not. */
const formBody: fc.Arbitrary<HostileBody> = fc
  .record({
    parts: formParts,
    image,
    boundary: fc.oneof({ weight: 6, arbitrary: fc.constant("boundary") }, fc.constantFrom("other", "", "bound")),
    cut: fc.option(fc.nat(), { nil: undefined, freq: 4 })
  })
  .map(({ boundary, cut, parts, image }) => {
    const told = parts.map(({ content, file, name }) => {
      const filename = file === undefined ? "" : `; filename="${file}"\r\ncontent-type: image/png`
      return `--boundary\r\ncontent-disposition: form-data; name="${name}"${filename}\r\n\r\n${content}\r\n`
    })
    const head = `--boundary\r\ncontent-disposition: form-data; name="image"; filename="b.png"\r\n\r\n`
    const whole = [utf8(told.join("") + head), image, utf8("\r\n--boundary--\r\n")]
    const bytes = concatBytes(whole)
    return {
      bytes: bytes.slice(0, cut === undefined ? bytes.length : cut % (bytes.length + 1)),
      contentType: `multipart/form-data; boundary=${boundary}`
    }
  })

const noise: fc.Arbitrary<HostileBody> = fc.record({
  bytes: fc.uint8Array({ maxLength: 400 }).map((bytes) => new Uint8Array(bytes)),
  contentType
})

const anything = (usual: fc.Arbitrary<unknown>, unusual: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 6, arbitrary: jsonBody(usual) },
    { weight: 6, arbitrary: jsonBody(unusual) },
    { weight: 1, arbitrary: jsonBody(fc.jsonValue()) },
    { weight: 3, arbitrary: formBody },
    { weight: 1, arbitrary: noise }
  )

/** A picture as it is, whatever it is called. */
const rawImage: fc.Arbitrary<HostileBody> = fc.record({ bytes: image, contentType })

/** Bodies for each endpoint that takes one: nearly right, wrong, and no such thing at all. */
export const hostileBodies: Readonly<Record<string, fc.Arbitrary<HostileBody>>> = {
  "/v1/chat/completions": anything(mild.chat, fc.oneof(wild.chat, mild.history, wild.history)),
  "/v1/responses": anything(mild.responses, wild.responses),
  "/v1/images/generations": anything(mild.generation, wild.generation),
  "/v1/images/edits": anything(mild.edit, wild.edit),
  "/v1/provenance": fc.oneof({ weight: 3, arbitrary: anything(mild.edit, wild.edit) }, rawImage),
  "/v1/images": anything(mild.openRouter, wild.openRouter),
  "/mcp": anything(mild.mcp, wild.mcp)
}

/** Headers that a client may send beside its key, whatever is in them. */
export const hostileHeaders: fc.Arbitrary<Readonly<Record<string, string>>> = fc.record(
  {
    "accept-language": fc.oneof(headerText, fc.constantFrom("de", "zh-Hant-TW;q=0.9, *;q=0.1", "a".repeat(9000))),
    "idempotency-key": fc.oneof(headerText, fc.constant("k".repeat(300))),
    "x-stainless-retry-count": fc.oneof(headerText, fc.constantFrom("1", "-1", "NaN")),
    prefer: fc.oneof(headerText, fc.constant("respond-async, wait=0")),
    origin: fc.oneof(fc.webUrl(), fc.constant("null")),
    "x-request-id": headerText,
    "x-forwarded-host": fc.constantFrom("evil.test", "evil.test\\@flux.test")
  },
  { requiredKeys: [] }
)

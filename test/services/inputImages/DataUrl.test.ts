import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decodeDataUrl, isDataUrl } from "../../../src/services/inputImages/DataUrl.ts"

const bytes = Uint8Array.from({ length: 60 }, (_, index) => (index * 37 + 251) & 0xff)
const base64 = bytes.toBase64()

describe("a data: URL", () => {
  it.each<readonly [string, string]>([
    ["as it should be", `data:image/png;base64,${base64}`],
    ["white space around it", ` \n\tdata:image/png;base64,${base64} \r\n`],
    ["a space after the comma", `data:image/png;base64, ${base64}`],
    ["spaces around the words", `data:image/png ; base64 ,${base64}`],
    ["lines of 76 characters", `data:image/png;base64,${base64.replace(/.{76}/g, "$&\r\n")}`],
    ["spaces in the base64", `data:image/png;base64,${base64.replace(/.{4}/g, "$& ")}`],
    ["percent-encoding", `data:image/png;base64,${encodeURIComponent(base64)}`],
    ["percent-encoded line ends", `data:image/png;base64,${base64.slice(0, 20)}%0D%0A${base64.slice(20)}`],
    ["the alphabet of addresses", `data:image/png;base64,${bytes.toBase64({ alphabet: "base64url" })}`],
    ["no padding", `data:image/png;base64,${base64.replace(/=+$/, "")}`],
    ["capitals", `DATA:IMAGE/PNG;BASE64,${base64}`],
    ["no type", `data:;base64,${base64}`],
    ["parameters", `data:image/png;name=a.png;charset=utf-8;base64,${base64}`]
  ])("is read with %s", (_name, address) => {
    expect(isDataUrl(address)).toBe(true)
    expect(decodeDataUrl(address)).toEqual(bytes)
  })

  it.each([
    "data:image/png;base64",
    "data:image/png;base64,%%%",
    "data:image/png;base64,a!b",
    `data:${"a".repeat(300)};base64,AAAA`,
    "data:"
  ])("is none that holds bytes: %s", (address) => {
    expect(isDataUrl(address)).toBe(true)
    expect(decodeDataUrl(address)).toBeUndefined()
  })

  it.each(["", "https://example.com/data:image/png;base64,AAAA", "dat", "image/png;base64,AAAA"])(
    "is none: %j",
    (address) => {
      expect(isDataUrl(address)).toBe(false)
    }
  )

  it.each(["data:image/svg+xml,%3Csvg%2F%3E", "data:image/svg+xml;utf8,<svg/>", "data:,%3Csvg/%3E"])(
    "may hold text: %s",
    (address) => {
      expect(new TextDecoder().decode(decodeDataUrl(address))).toBe("<svg/>")
    }
  )

  it("may hold text that is not percent-encoded", () => {
    expect(new TextDecoder().decode(decodeDataUrl("data:,100%"))).toBe("100%")
  })

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (head, content) => {
        decodeDataUrl(`data:${head};base64,${content}`)
        isDataUrl(head)
      })
    )
  })
})

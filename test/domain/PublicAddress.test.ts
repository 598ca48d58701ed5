import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isPublicAddress } from "../../src/domain/PublicAddress.ts"

const isPublic = (address: string) => isPublicAddress(new URL(address))

// IANA's registry of special-purpose IPv4 addresses, with multicast and what is reserved.
const specialBlocks = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4"
]

const number = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)
const bytes = (address: number) => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256)
const ranges = specialBlocks.map((block) => {
  const [base = "", bits] = block.split("/")
  return { first: number(base), count: 2 ** (32 - Number(bits)) }
})
const isSpecial = (address: number) => ranges.some(({ count, first }) => address >= first && address < first + count)

const specialAddress = fc
  .constantFrom(...ranges)
  .chain(({ count, first }) => fc.integer({ min: 0, max: count - 1 }).map((offset) => first + offset))

const octal = (byte: number) => `0${byte.toString(8)}`
const hex = (byte: number) => `0x${byte.toString(16)}`
/** The ways to write an IPv4 address in a URL. */
const spellings: ReadonlyArray<(address: number) => string> = [
  (address) => bytes(address).join("."),
  (address) => `${bytes(address).join(".")}.`,
  (address) => String(address),
  (address) => hex(address),
  (address) => octal(address),
  (address) => bytes(address).map(hex).join("."),
  (address) => bytes(address).map(octal).join("."),
  (address) => `${bytes(address)[0]}.${address % 2 ** 24}`,
  (address) => `${hex(bytes(address)[0] ?? 0)}.${bytes(address)[1]}.${address % 2 ** 16}`,
  (address) => bytes(address).join("%2e"),
  (address) => bytes(address).join("。")
]
const spelling = fc.constantFrom(...spellings)

describe("an IPv4 address", () => {
  it.each(ranges)("from $first on is not public, to its last one", ({ count, first }) => {
    expect(isPublic(`https://${bytes(first).join(".")}/`)).toBe(false)
    expect(isPublic(`https://${bytes(first + count - 1).join(".")}/`)).toBe(false)
  })

  it("of a special block is not public, however it is written", () => {
    fc.assert(
      fc.property(specialAddress, spelling, (address, spell) => {
        expect(isPublic(`https://${spell(address)}/cat.png`)).toBe(false)
      }),
      { numRuns: 1000 }
    )
  })

  it("of no special block is public, however it is written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), spelling, (address, spell) => {
        fc.pre(!isSpecial(address))
        expect(isPublic(`https://${spell(address)}/cat.png`)).toBe(true)
      }),
      { numRuns: 1000 }
    )
  })

  it.each(["0x7f.1", "2130706433", "0177.0.0.1", "127.1", "127.0.0.1..", "0", "①②⑦.0.0.1", "169.254.169.254"])(
    "%s is not public",
    (host) => {
      expect(isPublic(`https://${host}/`)).toBe(false)
    }
  )
})

describe("an IPv6 address", () => {
  it.each([
    ["::", "unspecified"],
    ["::1", "loopback"],
    ["0:0:0:0:0:0:0:1", "loopback in full"],
    ["::ffff:127.0.0.1", "mapped loopback"],
    ["::ffff:7f00:1", "mapped loopback in hexadecimal"],
    ["::ffff:8.8.8.8", "mapped"],
    ["::127.0.0.1", "compatible loopback"],
    ["64:ff9b::7f00:1", "translated"],
    ["64:ff9b:1::1", "translated locally"],
    ["100::1", "discard"],
    ["2001::1", "Teredo"],
    ["2001:0:4136:e378::1", "Teredo with its server"],
    ["2001:db8::1", "documentation"],
    ["2001:db8:85a3::8a2e:370:7334", "documentation"],
    ["2002:7f00:1::", "6to4 of loopback"],
    ["4000::1", "not yet given out"],
    ["fc00::1", "unique local"],
    ["fd12:3456:789a::1", "unique local"],
    ["fe80::1", "link-local"],
    ["febf::1", "link-local"],
    ["fec0::1", "site-local"],
    ["ff02::1", "multicast"]
  ])("%s is not public: %s", (host) => {
    expect(isPublic(`https://[${host}]/`)).toBe(false)
  })

  it.each(["2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450:4001:82a::200e", "2600::"])(
    "%s is public",
    (host) => {
      expect(isPublic(`https://[${host}]/`)).toBe(true)
    }
  )

  it("that carries an IPv4 address is not public", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom("::ffff:", "::", "64:ff9b::"), (address, prefix) => {
        expect(isPublic(`https://[${prefix}${address}]/`)).toBe(false)
      })
    )
  })
})

describe("a name", () => {
  it.each([
    ...["localhost", "localhost.", "localhost..", "LOCALHOST", "ｌocalhost", "a.localhost", "intranet", "metadata"],
    ...["printer.local", "printer.local.", "Printer.LOCAL", "localhost.localdomain", "metadata.google.internal"],
    ...["wiki.intranet", "router.lan", "nas.home", "nas.home.arpa", "files.corp"]
  ])("%s is not public", (host) => {
    expect(isPublic(`https://${host}/cat.png`)).toBe(false)
  })

  it.each([
    ...["example.com", "example.com.", "EXAMPLE.com", "cdn.example.co.uk", "bücher.example", "127.0.0.1.example.com"],
    ...["local.example.com", "localhost.example.com", "mylocal.net", "notlan.com", "example.community"]
  ])("%s is public", (host) => {
    expect(isPublic(`https://${host}/cat.png`)).toBe(true)
  })
})

describe("the rest of an address", () => {
  it.each([
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "data:image/png;base64,AA==",
    "blob:https://example.com/1",
    "https://user@example.com/",
    "https://user:password@example.com/",
    "https://:password@example.com/",
    "https://example.com:8443/",
    "https://example.com:80/",
    "https://example.com:22/",
    "https://1.1.1.1:8443/",
    "https://[2606:4700:4700::1111]:8443/"
  ])("keeps %s from being public", (address) => {
    expect(isPublic(address)).toBe(false)
  })

  it.each([
    "https://example.com:443/",
    "https://@example.com/",
    "https://example.com/a@b:80/c.png?u=http://localhost#x",
    "HTTPS://example.com"
  ])("leaves %s public", (address) => {
    expect(isPublic(address)).toBe(true)
  })
})

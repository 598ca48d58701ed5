const localSuffixes = ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "home.arpa"]

/**
 * Whether an address that a caller gives may be called: https, on its usual port, at a name on the public internet or a
 * public IP address. Names are not looked up: a Worker reaches no private network by one.
 */
export const isPublicAddress = (url: URL): boolean => {
  if (url.protocol !== "https:" || url.port !== "" || url.username !== "" || url.password !== "") return false
  const host = url.hostname.toLowerCase().replace(/\.$/, "")
  if (host.endsWith(".")) return false
  if (host.startsWith("[")) return isPublicIPv6(host.slice(1, -1))
  // The URL parser has turned every spelling of an IPv4 address (hexadecimal, one number, …) into four decimal numbers.
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPublicIPv4(host.split(".").map(Number))
  return host.includes(".") && !localSuffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))
}

const isPublicIPv4 = ([a = 0, b = 0, c = 0]: ReadonlyArray<number>): boolean =>
  !(
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 192 && b === 0 && (c === 0 || c === 2)) ||
    (a === 198 && (b === 18 || b === 19)) ||
    (a === 198 && b === 51 && c === 100) ||
    (a === 203 && b === 0 && c === 113)
  )

/** Global unicast is 2000::/3; in it, Teredo (2001::/32), 6to4 (2002::/16) and the documentation range lead elsewhere. */
const isPublicIPv6 = (host: string): boolean => {
  const [first = "", second = ""] = host.split(":")
  const high = Number.parseInt(first || "0", 16)
  const next = Number.parseInt(second || "0", 16)
  return high >= 0x2000 && high <= 0x3fff && high !== 0x2002 && !(high === 0x2001 && (next === 0 || next === 0xdb8))
}

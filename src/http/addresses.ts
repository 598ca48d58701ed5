/** What the API has under `/v1`, as it follows the base address; `mcp` is at the root. */
// Linear: what follows a name that is whole always matches.
const resource = /(?:^|\/)(chat\/completions|images|jobs|mcp|models|responses|usage)(\/.*)?$/s

/** What people leave at the end of a base address, before the client adds its own path. */
const pastedBase = /^(?:\/(?:v1|chat\/completions))*(?=\/)/

/**
 * The path that a request means, however the address was pasted into a client: without `/v1` or with it twice, with
 * doubled or trailing slashes, or with a whole endpoint in the base. A model's id may be written with its slashes.
 */
export const canonicalPath = (path: string): string => {
  const clean = path.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1")
  const rest = clean.replace(pastedBase, "")
  // The greedy prefix may have taken the resource itself.
  const match = resource.exec(rest === "" || !resource.test(rest) ? clean : rest)
  if (!match || !isPrefix(clean.slice(0, clean.length - match[0].length))) return clean
  const [, name = "", tail = ""] = match
  if (name === "mcp") return `/mcp${tail}`
  return name === "models" && tail !== "" ? `/v1/models/${encodeSegment(tail.slice(1))}` : `/v1/${name}${tail}`
}

const isPrefix = (prefix: string): boolean => /^(?:\/v1|\/chat\/completions)*$/.test(prefix)

const encodeSegment = (segment: string): string => {
  try {
    return encodeURIComponent(decodeURIComponent(segment))
  } catch {
    // Not percent-encoding: then the signs stand for themselves.
    return encodeURIComponent(segment.toWellFormed())
  }
}

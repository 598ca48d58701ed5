/** What the API has, as it follows the base address. What is not offered is explained under the same name. */
const resources: ReadonlyArray<ReadonlyArray<string>> = [
  ["chat", "completions"],
  ["images", "generations"],
  ["images", "edits"],
  ["images", "variations"],
  ["images"],
  ["completions"],
  ["embeddings"],
  ["messages"],
  ["models"],
  ["responses"],
  ["jobs"],
  ["usage"],
  ["provenance"],
  ["mcp"],
  ["image"]
]

/** These are not under `/v1`. */
const unversioned: ReadonlySet<string> = new Set(["image", "mcp"])

/** What people leave at the end of a base address, before the client adds its own path; whole endpoints beside it. */
const bases: ReadonlySet<string> = new Set(["v1", "openai", "chat"])

/**
 * The path that a request means, however the address was pasted into a client: without `/v1` or with it twice, with doubled or
 * trailing slashes, with a whole endpoint in the base, or in the forms of Azure (`/openai/v1`,
 * `/openai/deployments/{name}`). A model's id may be written with its slashes.
 */
export const canonicalPath = (path: string): string => {
  const clean = path.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1")
  const segments = clean.split("/").slice(1)
  let start: number | undefined
  let at = 0
  while (at < segments.length) {
    const resource = resourceAt(segments, at)
    if (resource) start = at
    // No picture's address is a base, and under the images there are no models.
    if (resource?.[0] === "image" || (resource?.[0] === "images" && segments[at + 1] === "models")) break
    const step = resource?.length ?? baseLength(segments, at)
    if (step === 0) break
    at += step
  }
  const resource = start === undefined ? undefined : resourceAt(segments, start)
  if (start === undefined || !resource) return clean
  const tail = segments.slice(start + resource.length)
  const [name = ""] = resource
  const rest = name === "models" && tail.length > 0 ? [encodeSegment(tail.join("/"))] : tail
  return `/${[...(unversioned.has(name) ? [] : ["v1"]), ...resource, ...rest].join("/")}`
}

const resourceAt = (segments: ReadonlyArray<string>, at: number): ReadonlyArray<string> | undefined =>
  resources.find((resource) => resource.every((segment, index) => segments[at + index] === segment))

/** How many segments of a base address there are here. */
const baseLength = (segments: ReadonlyArray<string>, at: number): number => {
  if (segments[at] === "deployments" && segments[at - 1] === "openai") return segments[at + 1] === undefined ? 0 : 2
  return bases.has(segments[at] ?? "") ? 1 : 0
}

/** The deployment that an address of Azure's form names. */
export const deploymentIn = (url: string): string | undefined => {
  const path = URL.parse(url, "http://localhost")?.pathname ?? ""
  const name = /\/openai\/{1,9}deployments\/{1,9}([^/]{1,300})\//.exec(path)?.[1]
  return name === undefined ? undefined : decodeSegment(name)
}

const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    // Not percent-encoding: then the signs stand for themselves.
    return segment.toWellFormed()
  }
}

const encodeSegment = (segment: string): string => encodeURIComponent(decodeSegment(segment))

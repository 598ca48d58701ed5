import { type Finding, failed, ok, told } from "./checks.ts"
import { type Answer, at, type Deployment } from "./Deployment.ts"

/** Above the two minutes that the service gives Workers AI. */
export const DRAW_MS = 150_000
export const PROMPT = "A small boat on a calm lake"
/** In another language, so that one sees whether it is translated. */
const WISH = "Ein kleines Boot auf einem stillen See"

export const advise = ({ json, status }: Answer): string => {
  switch (at(json, "error", "code")) {
    case "configuration_error":
      return `set ${at(json, "error", "param")} right: npx wrangler secret put ${at(json, "error", "param")}`
    case "insufficient_quota":
      return "wait until 00:00 UTC, or take the Workers Paid plan"
    case "rate_limit_exceeded":
      return "try again in a minute"
    default:
      return status >= 500 ? "try again later; `npx wrangler tail` tells more" : "see the message"
  }
}

export const seconds = (answer: Answer): string => `${answer.seconds.toFixed(1)} s`

/** Has a prompt improved, draws it and follows the link of the picture, then draws one in a stream. All of it is billed. */
export const checkDrawing = async (target: Deployment): Promise<ReadonlyArray<Finding>> => [
  ...(await drawJson(target)),
  await drawStream(target)
]

const drawJson = async ({ ask, base }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const check = "draw a picture"
  const answer = await ask("/v1/images/generations", {
    body: { prompt: `${WISH} --improve`, response_format: "url" },
    timeoutMs: DRAW_MS
  })
  const link = at(answer.json, "data", 0, "url")
  if (answer.status !== 200) return [failed(check, told(answer), advise(answer))]
  if (typeof link !== "string") {
    return [failed(check, "drawn, but not kept", "KV refused it: look at the limits of your plan")]
  }
  const neurons = at(answer.json, "usage", "neurons")
  const drawn = ok(check, `${at(answer.json, "size")}, ${neurons} neurons, ${seconds(answer)}`)
  return [improved(answer), drawn, await follow(link), await readMark(link)]

  async function follow(url: string): Promise<Finding> {
    const picture = await ask(url, { withKey: false })
    const type = picture.headers.get("content-type") ?? "no type"
    if (picture.status !== 200 || !type.startsWith("image/")) {
      const advice = url.startsWith(base) ? "try again in a minute" : "set PUBLIC_BASE_URL to an address of the Worker"
      return failed("its link", `${url.replace(/[^/]+$/, "…")}: ${told(picture)}`, advice)
    }
    return ok("its link", `${type}, ${Math.ceil(picture.bytes.length / 1024)} KiB`)
  }

  async function readMark(url: string): Promise<Finding> {
    const check = "its mark"
    const answer = await ask("/v1/provenance", { body: { image: url } })
    if (answer.status !== 200) return failed(check, told(answer), advise(answer))
    const source = at(answer.json, "digital_source_type")
    return typeof source === "string"
      ? ok(check, source.replace(/^.*\//, ""))
      : { check, outcome: "note", seen: "none", advice: "PROVENANCE is off: pictures do not say that AI made them" }
  }
}

/** What became of the wish to have the prompt improved: it never keeps a picture from being drawn. */
const improved = ({ json }: Answer): Finding => {
  const check = "improve a prompt"
  const revised = at(json, "data", 0, "revised_prompt")
  if (typeof revised === "string") {
    const asIs = /(?:Boot|stillen)/.test(revised)
    return asIs
      ? { check, outcome: "note", seen: `not in English: ${revised}`, advice: "try another EXTERNAL_MODEL" }
      : ok(check, revised)
  }
  const warnings = at(json, "warnings")
  const why = Array.isArray(warnings)
    ? warnings.find((text) => String(text).startsWith("The original prompt"))
    : undefined
  const advice = "set EXTERNAL_MODEL to a text model of Workers AI, or EXTERNAL_API_BASE to an API; or do without"
  return { check, outcome: "note", seen: String(why ?? "not improved"), advice }
}

const drawStream = async ({ ask }: Deployment): Promise<Finding> => {
  const check = "draw in a chat, as a stream"
  const answer = await ask("/v1/chat/completions", {
    body: { stream: true, messages: [{ role: "user", content: PROMPT }] },
    timeoutMs: DRAW_MS
  })
  if (answer.status !== 200) return failed(check, told(answer), advise(answer))
  const data = answer.text.split("\n").flatMap((line) => (line.startsWith("data: ") ? [line.slice(6)] : []))
  const chunks = data.filter((text) => text !== "[DONE]").map((text): unknown => JSON.parse(text))
  const error = chunks.map((chunk) => at(chunk, "error", "message")).find((message) => message !== undefined)
  if (error !== undefined) return failed(check, String(error), "see the message")
  const text = chunks.map((chunk) => at(chunk, "choices", 0, "delta", "content") ?? "").join("")
  return data.at(-1) === "[DONE]" && /!\[[^\]]*\]\(https?:/.test(text)
    ? ok(check, `${chunks.length} pieces, ${seconds(answer)}`)
    : failed(check, "the stream broke off", "something in front of the Worker cuts streams: let them pass")
}

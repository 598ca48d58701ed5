/** What the form asks for. */
export interface DrawRequest {
  readonly prompt: string
  /** `1024x576`; absent for what the service chooses. */
  readonly size?: string
  /** Absent for the service's own. */
  readonly model?: string
  readonly n: number
  readonly seed?: number
  /** The prompt is not to be optimized. */
  readonly raw: boolean
  /** The prompt is to be optimized, though the service would not do so by itself. */
  readonly improve?: boolean
  /** The picture to edit. */
  readonly input?: Blob
}

const flagOf = ({ improve, raw }: Pick<DrawRequest, "improve" | "raw">): string =>
  raw ? " --raw" : improve ? " --improve" : ""

const fieldsOf = ({
  model,
  n,
  prompt,
  seed,
  size,
  ...wish
}: DrawRequest): Readonly<Record<string, string | number>> => ({
  prompt: prompt + flagOf(wish),
  n,
  ...(model && { model }),
  ...(size && { size }),
  ...(seed !== undefined && { seed })
})

const pathOf = ({ input }: DrawRequest): string => `/v1/images/${input ? "edits" : "generations"}`

const fileName = ({ type }: Blob): string => `picture.${type.slice(type.indexOf("/") + 1).replace("jpeg", "jpg")}`

/** The request that draws, answered in events. */
export const toRequest = (draw: DrawRequest, key: string): Request => {
  const fields = { ...fieldsOf(draw), stream: true }
  const headers = new Headers({ authorization: `Bearer ${key}` })
  if (!draw.input) {
    headers.set("content-type", "application/json")
    return new Request(pathOf(draw), { method: "POST", headers, body: JSON.stringify(fields) })
  }
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, String(value))
  body.append("image", draw.input, fileName(draw.input))
  return new Request(pathOf(draw), { method: "POST", headers, body })
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** A line for the shell that draws the same; the key is taken from `$API_KEY`. */
export const toCurl = (draw: DrawRequest, origin: string): string => {
  const fields = { ...fieldsOf(draw), response_format: "url" }
  const start = `curl ${quoted(origin + pathOf(draw))} -H "Authorization: Bearer $API_KEY"`
  if (!draw.input) return `${start} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(fields))}`
  const parts = Object.entries(fields).map(([name, value]) => `--form-string ${quoted(`${name}=${value}`)}`)
  return `${start} ${parts.join(" ")} -F ${quoted(`image=@${fileName(draw.input)}`)}`
}

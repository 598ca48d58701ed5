import { service } from "./service.ts"

/** What is to be drawn. */
export interface DrawRequest {
  readonly prompt: string
  /** `1024x576`; absent for what the service chooses. */
  readonly size?: string
  /** Absent for the service's own. */
  readonly model?: string
  readonly n: number
  readonly seed?: number
  /** Only for a model that lets one choose them. */
  readonly steps?: number
  /** `jpeg`, `png` or `webp`; absent for what the model gives. */
  readonly format?: string
  /** The prompt is to be improved; never where the service can't. */
  readonly improve: boolean
  /** The pictures to edit. */
  readonly inputs: ReadonlyArray<Blob>
}

/** What tells the service a wish for the prompt that is not what it does by itself. */
const flagFor = (improve: boolean): string => {
  if (!service.canOptimize || improve === service.optimization) return ""
  return improve ? " --improve" : " --raw"
}

const fieldsOf = ({
  format,
  improve,
  model,
  n,
  prompt,
  seed,
  size,
  steps
}: DrawRequest): Readonly<Record<string, string | number>> => ({
  prompt: prompt + flagFor(improve),
  n,
  ...(model && { model }),
  ...(size && { size }),
  ...(seed !== undefined && { seed }),
  ...(steps && { steps }),
  ...(format && { output_format: format })
})

const isEdit = ({ inputs }: DrawRequest): boolean => inputs.length > 0

const pathOf = (draw: DrawRequest): string => `/v1/images/${isEdit(draw) ? "edits" : "generations"}`

/** The ending of a file of that type. */
export const endingOf = ({ type }: Pick<Blob, "type">): string =>
  type.slice(type.indexOf("/") + 1).replace("jpeg", "jpg")

const fileName = (image: Blob, index: number): string => `picture${index === 0 ? "" : index + 1}.${endingOf(image)}`

const imageField = ({ inputs }: DrawRequest): string => (inputs.length > 1 ? "image[]" : "image")

/**
 * The request that draws: as a job where the service keeps jobs, else answered in events. Sent again with the same `name`
 * it is the same request.
 */
export const toRequest = (draw: DrawRequest, key: string, name: string): Request => {
  const fields = { ...fieldsOf(draw), stream: true }
  const headers = new Headers({
    authorization: `Bearer ${key}`,
    prefer: "respond-async",
    "idempotency-key": name
  })
  if (!isEdit(draw)) {
    headers.set("content-type", "application/json")
    return new Request(pathOf(draw), { method: "POST", headers, body: JSON.stringify(fields) })
  }
  const body = new FormData()
  for (const [field, value] of Object.entries(fields)) body.append(field, String(value))
  for (const [index, input] of draw.inputs.entries()) body.append(imageField(draw), input, fileName(input, index))
  return new Request(pathOf(draw), { method: "POST", headers, body })
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** A line for the shell that draws the same; the key is taken from `$API_KEY`. */
export const toCurl = (draw: DrawRequest, origin: string): string => {
  const fields = { ...fieldsOf(draw), response_format: "url" }
  const start = `curl ${quoted(origin + pathOf(draw))} -H "Authorization: Bearer $API_KEY"`
  if (!isEdit(draw)) return `${start} -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(fields))}`
  const parts = Object.entries(fields).map(([field, value]) => `--form-string ${quoted(`${field}=${value}`)}`)
  const files = draw.inputs.map((input, index) => `-F ${quoted(`${imageField(draw)}=@${fileName(input, index)}`)}`)
  return [start, ...parts, ...files].join(" ")
}

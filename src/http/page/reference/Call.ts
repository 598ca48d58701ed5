import type { Parameter } from "./OpenApi.ts"

/** A call as it was typed in. */
export interface Call {
  readonly method: string
  readonly path: string
  /** JSON; absent where the call has no body. */
  readonly body: string | undefined
  /** A picture, with which the call is a form and the body its fields. */
  readonly file: File | undefined
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The fields of a form: those of the JSON object, as text. */
const formFields = (body: string | undefined): ReadonlyArray<readonly [name: string, value: string]> => {
  try {
    const read: unknown = JSON.parse(body ?? "{}")
    return Object.entries(read ?? {}).map(([name, value]) => [name, String(value)] as const)
  } catch {
    // What is no JSON has no fields; as a body the service would say so.
    return []
  }
}

const bodyOf = ({ body, file }: Call): FormData | string | undefined => {
  if (!file) return body
  const form = new FormData()
  for (const [name, value] of formFields(body)) form.append(name, value)
  form.append("image", file)
  return form
}

export const toRequest = (call: Call, key: string | undefined): Request => {
  const headers = new Headers(key === undefined ? {} : { authorization: `Bearer ${key}` })
  if (call.body !== undefined && !call.file) headers.set("content-type", "application/json")
  const body = bodyOf(call)
  return new Request(call.path, { method: call.method, headers, ...(body !== undefined && { body }) })
}

/** The line for a shell that does the same; the key is taken from `$API_KEY`. */
export const toCurl = (call: Call, secured: boolean): string => {
  const { body, file, method, path } = call
  const form = formFields(body).map(([name, value]) => `--form-string ${quoted(`${name}=${value}`)}`)
  const json = body === undefined ? [] : ["-H 'Content-Type: application/json'", `-d ${quoted(body)}`]
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}${quoted(location.origin + path)}`,
    ...(secured ? ['-H "Authorization: Bearer $API_KEY"'] : []),
    ...(file ? [...form, `-F ${quoted(`image=@${file.name}`)}`] : json)
  ].join(" \\\n  ")
}

/** Puts what was typed into the path and its query. */
export const pathWith = (path: string, parameters: ReadonlyMap<Parameter, HTMLInputElement>): string => {
  const query = new URLSearchParams()
  let filled = path
  for (const [{ in: place, name }, { value }] of parameters) {
    if (place === "path") filled = filled.replace(`{${name}}`, encodeURIComponent(value || name))
    else if (place === "query" && value !== "") query.set(name, value)
  }
  return query.size > 0 ? `${filled}?${query}` : filled
}

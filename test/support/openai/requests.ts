import type { ImageFile } from "../../../src/domain/ImageFile.ts"

/** Whatever answers requests: the handler in Node, or the Worker in workerd. */
export interface Service {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>
}

const authorization = "Bearer sk-test"

/** An image request as JSON, for a cute cat where `body` says nothing else. */
export const generate = (service: Service, body: object = {}): Promise<Response> =>
  service.fetch("/v1/images/generations", {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ prompt: "A cute cat", ...body })
  })

/** An edit: a form as it is, anything else as JSON with a prompt where `body` has none. */
export const edit = (service: Service, body: FormData | object): Promise<Response> =>
  service.fetch("/v1/images/edits", {
    method: "POST",
    headers: { authorization, ...(body instanceof FormData ? {} : { "content-type": "application/json" }) },
    body: body instanceof FormData ? body : JSON.stringify({ prompt: "Make it blue", ...body })
  })

/** A form for an edit: each picture as a file under `name`, fields as text, with a prompt where there is none. */
export const editForm = (
  files: ReadonlyArray<ImageFile>,
  { name = "image", ...fields }: Readonly<Record<string, string>> = {}
): FormData => {
  const form = new FormData()
  for (const [key, value] of Object.entries({ prompt: "Make it blue", ...fields })) form.append(key, value)
  for (const file of files) form.append(name, new Blob([file.bytes], { type: file.mediaType }))
  return form
}

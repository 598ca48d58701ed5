import { byId, element } from "../dom.ts"
import { type OpenApi, type Operation, titleOf } from "./OpenApi.ts"
import { fieldsOf, typeText } from "./schema.ts"
import { tryOut } from "./tryOut.ts"

const key = byId("key", HTMLInputElement)
const list = byId("operations", HTMLElement)
const contents = byId("contents", HTMLElement)

/** The key that the page at `/` keeps, so that it need not be typed twice. */
const keptKey = (): string => {
  try {
    return localStorage.getItem("flux-api-key") ?? ""
  } catch {
    return ""
  }
}

const opening = (title: string, ...parts: ReadonlyArray<Node>): HTMLElement =>
  element("details", {}, element("summary", { textContent: title }), ...parts)

const responses = (document: OpenApi, operation: Operation): HTMLElement =>
  opening(
    "Answers",
    ...Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content).map(([type, { schema = {} }]) => {
        const line = [element("code", { textContent: status }), ` ${type} · ${typeText(schema, document)}`]
        return element("div", { className: "answer" }, element("p", {}, ...line), ...fieldsOf(schema, document))
      })
    )
  )

const section = (document: OpenApi, method: string, path: string, operation: Operation): HTMLElement => {
  const bodies = Object.entries(operation.requestBody?.content ?? {})
  const form = opening(
    "Try it",
    tryOut(method, path, operation, () => key.value)
  )
  return element(
    "section",
    { id: operation.operationId },
    element("h2", { textContent: titleOf(operation) }),
    element(
      "p",
      {},
      element("span", { className: `method ${method.toLowerCase()}`, textContent: method }),
      " ",
      element("code", { textContent: path })
    ),
    ...(operation.description ? [element("p", { textContent: operation.description })] : []),
    ...bodies.map(([type, { schema = {} }]) =>
      opening(`Body: ${type} · ${typeText(schema, document)}`, ...fieldsOf(schema, document))
    ),
    responses(document, operation),
    form
  )
}

const render = (document: OpenApi): void => {
  const { info, paths } = document
  byId("title", HTMLElement).textContent = info.title
  byId("description", HTMLElement).textContent = info.description ?? ""
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation }))
  )
  contents.append(
    ...operations.map(({ operation }) =>
      element("li", {}, element("a", { href: `#${operation.operationId}`, textContent: titleOf(operation) }))
    )
  )
  list.append(...operations.map(({ method, operation, path }) => section(document, method, path, operation)))
  // The address may name a section that is only here now.
  globalThis.document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

const start = async (): Promise<void> => {
  key.value = keptKey()
  try {
    const response = await fetch("/openapi.json")
    // The cast: this is the service's own document.
    render((await response.json()) as OpenApi)
  } catch (cause) {
    list.textContent = `The description of the API could not be read. ${cause}`
  }
}

void start()

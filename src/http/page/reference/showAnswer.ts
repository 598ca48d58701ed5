import { element } from "../dom.ts"

const longestText = 20_000

/** Pictures in JSON would fill the page with signs. */
const shortened = (_name: string, value: unknown): unknown =>
  typeof value === "string" && value.length > 500 ? `${value.slice(0, 60)}… (${value.length} characters)` : value

/** An answer as it can be looked at: its status and headers, its pictures, its text. */
export const showAnswer = async (response: Response): Promise<ReadonlyArray<Node>> => {
  const told = ["content-type", "location", "retry-after", "x-request-id", "x-flux-neurons", "x-flux-job"].flatMap(
    (name) => {
      const value = response.headers.get(name)
      return value === null ? [] : [`${name}: ${value}`]
    }
  )
  const head = element("p", { className: "meta", textContent: [`${response.status}`, ...told].join(" · ") })
  if (response.headers.get("content-type")?.startsWith("image/")) {
    return [head, element("img", { alt: "The answer", src: URL.createObjectURL(await response.blob()) })]
  }
  const text = await response.text()
  let shown = text
  try {
    shown = JSON.stringify(JSON.parse(text), shortened, 2)
  } catch {
    // Not everything is JSON.
  }
  const cut = shown.length > longestText ? `${shown.slice(0, longestText)}\n…` : shown
  const links = [...new Set(text.match(/\/image\/[\w-]{22}-\d{10}\.\w{3,4}/g))].flatMap((path) => [
    element("a", { href: path, target: "_blank", rel: "noreferrer", textContent: location.origin + path }),
    element("img", { alt: "The picture", src: path })
  ])
  return [head, ...links, element("pre", { tabIndex: 0, textContent: cut })]
}

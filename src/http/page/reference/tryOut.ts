import { element, textButton } from "../dom.ts"
import { type Call, pathWith, toCurl, toRequest } from "./Call.ts"
import type { Operation } from "./OpenApi.ts"
import { showAnswer } from "./showAnswer.ts"

const field = (label: string, control: HTMLInputElement | HTMLTextAreaElement): HTMLElement =>
  element("label", { className: "field" }, element("span", { textContent: label }), control)

/** A form that sends a call and shows what comes of it, and the line for a shell that does the same. */
export const tryOut = (method: string, path: string, operation: Operation, key: () => string): HTMLElement => {
  const json = operation.requestBody?.content["application/json"]
  const parameters = new Map(
    (operation.parameters ?? []).map((parameter) => [parameter, element("input", { type: "text", spellcheck: false })])
  )
  const body = json && element("textarea", { rows: 6, spellcheck: false })
  if (body) body.value = JSON.stringify(json?.example ?? {}, null, 2)
  const takesFile = operation.requestBody?.content["multipart/form-data"] !== undefined
  const file = takesFile ? element("input", { type: "file", accept: "image/*" }) : undefined
  const line = element("pre", { tabIndex: 0 })
  const answer = element("div", { className: "answer", role: "status" })
  const secured = (operation.security ?? []).length > 0
  const call = (): Call => ({
    method,
    path: pathWith(path, parameters),
    body: body?.value,
    file: file?.files?.[0]
  })
  const refresh = () => {
    line.textContent = toCurl(call(), secured)
  }
  const copy = textButton("Copy curl", () => void navigator.clipboard?.writeText(line.textContent ?? ""))
  const form = element(
    "form",
    { className: "try" },
    ...[...parameters].map(([{ name }, input]) => field(name, input)),
    ...(body ? [field("Body", body)] : []),
    ...(file ? [field("Picture, sent as a form with these fields", file)] : []),
    element(
      "div",
      { className: "actions" },
      element("button", { type: "submit", className: "primary", textContent: "Send" }),
      copy
    ),
    line,
    answer
  )
  form.addEventListener("input", refresh)
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    answer.textContent = "…"
    try {
      const response = await fetch(toRequest(call(), secured ? key() : undefined))
      answer.replaceChildren(...(await showAnswer(response)))
    } catch (cause) {
      answer.textContent = String(cause)
    }
  })
  refresh()
  return form
}

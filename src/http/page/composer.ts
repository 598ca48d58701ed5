import type { DrawRequest } from "./DrawRequest.ts"
import { byId, element } from "./dom.ts"
import { modelName } from "./format.ts"
import { inputPicture, setInputPicture } from "./inputPicture.ts"
import { messages } from "./messages.ts"
import { chooseSize, chosenSize, fillRatios } from "./ratioChooser.ts"
import { service } from "./service.ts"

const form = byId("composer", HTMLFormElement)
const prompt = byId("prompt", HTMLTextAreaElement)
const model = byId("model", HTMLSelectElement)
const number = byId("number", HTMLInputElement)
const seed = byId("seed", HTMLInputElement)
const optimize = byId("optimize", HTMLInputElement)

/** A whole number within the bounds of its field; `undefined` where it is empty. */
const wholeIn = (field: HTMLInputElement): number | undefined =>
  Number.isNaN(field.valueAsNumber)
    ? undefined
    : Math.min(Number(field.max), Math.max(Number(field.min), Math.round(field.valueAsNumber)))

/** What the form asks for; without a prompt `undefined`, and the prompt gets the focus. */
export const readForm = (): DrawRequest | undefined => {
  const text = prompt.value.trim()
  if (text === "") {
    prompt.focus()
    return undefined
  }
  const size = chosenSize()
  const wantedSeed = wholeIn(seed)
  const input = inputPicture()
  return {
    prompt: text,
    n: wholeIn(number) ?? 1,
    raw: service.optimization && !optimize.disabled && !optimize.checked,
    ...(!service.optimization && optimize.checked && { improve: true }),
    ...(size && { size }),
    ...(model.value && { model: model.value }),
    ...(wantedSeed !== undefined && { seed: wantedSeed }),
    ...(input && { input })
  }
}

/** Shows a request in the form. */
export const fillForm = (request: DrawRequest): void => {
  prompt.value = request.prompt
  number.value = String(request.n)
  seed.value = request.seed === undefined ? "" : String(request.seed)
  model.value = request.model ?? ""
  if (!optimize.disabled) optimize.checked = service.optimization ? !request.raw : request.improve === true
  chooseSize(request.size)
  setInputPicture(request.input)
}

/** Puts a picture in to be edited, and asks what to change. */
export const editPicture = (picture: Blob): void => {
  setInputPicture(picture)
  prompt.focus()
  prompt.select()
}

/** Offers these models beside the service's own choice. */
export const offerModels = (ids: ReadonlyArray<string>): void => {
  const chosen = model.value
  const own = service.defaultModel && ` (${modelName(service.defaultModel)})`
  model.replaceChildren(
    element("option", { value: "", textContent: messages.automatic + own }),
    ...ids.map((id) => element("option", { value: id, textContent: modelName(id) }))
  )
  model.value = ids.includes(chosen) ? chosen : ""
}

/** Sets the form up; `submit` is called with what it asks for. */
export const startForm = (submit: (request: DrawRequest) => void): void => {
  form.hidden = false
  number.max = String(service.maximumImages)
  seed.max = String(service.maximumSeed)
  fillRatios()
  offerModels([])
  optimize.disabled = !service.canOptimize
  optimize.checked = service.optimization && service.canOptimize
  byId("optimize-hint", HTMLElement).textContent = service.canOptimize
    ? messages.optimizeHint
    : messages.optimizeUnavailable
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const request = readForm()
    if (request) submit(request)
  })
  prompt.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })
}

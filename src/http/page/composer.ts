import type { DrawRequest } from "./DrawRequest.ts"
import { byId } from "./dom.ts"
import { formatCount } from "./format.ts"
import { inputImages, setInputImages } from "./inputs.ts"
import { messages } from "./messages.ts"
import { chooseModel, chosenModel, showModel } from "./modelChooser.ts"
import { showCost } from "./money.ts"
import { planFor } from "./plan.ts"
import { promptWishes } from "./promptWishes.ts"
import { service } from "./service.ts"
import { chooseSize, chosenSize, showShape, startShapes } from "./shapes.ts"

const form = byId("composer", HTMLFormElement)
const prompt = byId("prompt", HTMLTextAreaElement)
const counter = byId("counter", HTMLElement)
const number = byId("number", HTMLInputElement)
const seed = byId("seed", HTMLInputElement)
const optimize = byId("optimize", HTMLInputElement)
const refusal = byId("refusal", HTMLElement)
const back = byId("back", HTMLButtonElement)
const panels = [
  { button: byId("shape", HTMLButtonElement), panel: byId("shapes", HTMLElement) },
  { button: byId("more-button", HTMLButtonElement), panel: byId("more", HTMLElement) }
]

/** What the form says, before it is looked at. */
const formRequest = (): DrawRequest => {
  const size = chosenSize()
  const model = chosenModel()
  return {
    prompt: prompt.value.trim(),
    n: Number.isInteger(number.valueAsNumber) ? number.valueAsNumber : 1,
    improve: !optimize.disabled && optimize.checked,
    inputs: inputImages(),
    ...(size && { size }),
    ...(model && { model }),
    ...(Number.isInteger(seed.valueAsNumber) && { seed: seed.valueAsNumber })
  }
}

/** Says under the form what can't be drawn, and leads to the field. */
const refuse = (field: HTMLElement, sentence: string): undefined => {
  if (field === seed) openPanel(byId("more", HTMLElement))
  refusal.textContent = sentence
  field.setAttribute("aria-invalid", "true")
  field.focus()
  return undefined
}

/** Tells what is wrong where nothing was asked for; for what comes from elsewhere than a field. */
export const refuseForm = (sentence: string): void => {
  refusal.textContent = sentence
}

const clearRefusal = (): void => {
  refusal.replaceChildren()
  for (const field of [prompt, number, seed]) field.removeAttribute("aria-invalid")
}

const isWholeIn = (field: HTMLInputElement): boolean =>
  Number.isInteger(field.valueAsNumber) &&
  field.valueAsNumber >= Number(field.min) &&
  field.valueAsNumber <= Number(field.max)

const isEmpty = (field: HTMLInputElement): boolean => field.value === "" && !field.validity.badInput

/** What the form asks for; where it can't be drawn, that is said and `undefined`. */
const readForm = (): DrawRequest | undefined => {
  clearRefusal()
  const request = formRequest()
  if (request.prompt === "") return refuse(prompt, messages.promptMissing)
  const limit = planFor(request).model?.promptLimit ?? Number.POSITIVE_INFINITY
  if (request.prompt.length > limit) return refuse(prompt, messages.promptTooLong(formatCount(limit)))
  if (!isEmpty(number) && !isWholeIn(number)) return refuse(number, messages.numberRange(service.maximumImages))
  if (!isEmpty(seed) && !isWholeIn(seed)) return refuse(seed, messages.seedRange(formatCount(service.maximumSeed)))
  return request
}

const openPanel = (wanted: HTMLElement | undefined): void => {
  for (const { button, panel } of panels) {
    panel.hidden = panel !== wanted
    button.ariaExpanded = String(!panel.hidden)
  }
}

/** Browsers that can't do it by themselves let the field grow with its text here. */
const growPrompt = (): void => {
  if (CSS.supports("field-sizing", "content")) return
  prompt.style.height = "auto"
  prompt.style.height = `${prompt.scrollHeight}px`
}

/** Shows what the form would draw, and what that costs. */
export const refreshForm = (): void => {
  growPrompt()
  const request = formRequest()
  const plan = planFor(request)
  showShape(promptWishes(request.prompt).size)
  showModel(plan)
  showCost(plan)
  const limit = plan.model?.promptLimit ?? 0
  counter.hidden = limit === 0 || request.prompt.length < limit * 0.8
  counter.textContent = `${formatCount(request.prompt.length)} / ${formatCount(limit)}`
  counter.classList.toggle("over", request.prompt.length > limit)
}

/** What the form can be changed to; what is `undefined` is left to the service. */
export type FormChange = Partial<Omit<DrawRequest, "size" | "model" | "seed">> & {
  readonly size?: string | undefined
  readonly model?: string | undefined
  readonly seed?: number | undefined
}

const fillForm = (
  request: DrawRequest | (FormChange & Pick<DrawRequest, "prompt" | "n" | "improve" | "inputs">)
): void => {
  prompt.value = request.prompt
  number.value = String(request.n)
  seed.value = request.seed === undefined ? "" : String(request.seed)
  chooseModel(request.model)
  if (!optimize.disabled) optimize.checked = request.improve
  chooseSize(request.size)
  setInputImages(request.inputs)
  clearRefusal()
  refreshForm()
}

/** Changes what the form says, and offers to have it back as it was. */
export const changeForm = (change: FormChange): void => {
  const before = formRequest()
  fillForm({ ...before, ...change })
  back.hidden = before.prompt === "" && before.inputs.length === 0
  back.onclick = () => {
    back.hidden = true
    fillForm(before)
    prompt.focus()
  }
  prompt.focus()
  prompt.select()
}

/** Sets the form up; `submit` is called with what it asks for. */
export const startForm = (submit: (request: DrawRequest) => void): void => {
  form.hidden = false
  number.max = String(service.maximumImages)
  seed.max = String(service.maximumSeed)
  optimize.disabled = !service.canOptimize
  optimize.checked = service.optimization && service.canOptimize
  byId("optimize-hint", HTMLElement).textContent = service.canOptimize
    ? messages.optimizeHint
    : messages.optimizeUnavailable
  for (const { button, panel } of panels) {
    button.addEventListener("click", () => openPanel(panel.hidden ? panel : undefined))
  }
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") openPanel(undefined)
  })
  form.addEventListener("input", () => {
    clearRefusal()
    refreshForm()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const request = readForm()
    if (!request) return
    back.hidden = true
    openPanel(undefined)
    submit(request)
  })
  prompt.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })
  startShapes(refreshForm)
  refreshForm()
}

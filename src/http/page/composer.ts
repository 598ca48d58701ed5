import { forEachModel, showComparison } from "./comparison.ts"
import type { DrawRequest } from "./DrawRequest.ts"
import { byId } from "./dom.ts"
import { formatCount } from "./format.ts"
import { inputImages, setInputImages } from "./inputs.ts"
import { mostLines, promptsIn, showLines } from "./lines.ts"
import { messages } from "./messages.ts"
import { chooseModel, chosenModel, showModel } from "./modelChooser.ts"
import { showCost } from "./money.ts"
import { isWrong, numberIn } from "./numberField.ts"
import { chooseOptions, chosenOptions, showSteps, startOptions, stepsProblem } from "./options.ts"
import { openPanel, startPanels } from "./panels.ts"
import { pixelsProblem, showPixels } from "./pixels.ts"
import { planFor, sumOf } from "./plan.ts"
import { rememberPrompt, startHistory } from "./promptHistory.ts"
import { promptWishes } from "./promptWishes.ts"
import { service } from "./service.ts"
import { chooseSize, chosenSize, showShape, startShapes } from "./shapes.ts"
import { showStyles, startStyles, toggleStyle } from "./styles.ts"

const form = byId("composer", HTMLFormElement)
const prompt = byId("prompt", HTMLTextAreaElement)
const counter = byId("counter", HTMLElement)
const number = byId("number", HTMLInputElement)
const seed = byId("seed", HTMLInputElement)
const optimize = byId("optimize", HTMLInputElement)
const refusal = byId("refusal", HTMLElement)
const back = byId("back", HTMLButtonElement)
const more = byId("more", HTMLElement)

/** What the form says, before it is looked at. */
const formRequest = (): DrawRequest => {
  const size = chosenSize()
  const model = chosenModel()
  const chosenSeed = numberIn(seed)
  return {
    // A style that is chosen first waits for a text before its comma.
    prompt: prompt.value.trim().replace(/^[,，、]\s?/, ""),
    n: numberIn(number) ?? 1,
    improve: !optimize.disabled && optimize.checked,
    inputs: inputImages(),
    ...(size && { size }),
    ...(model && { model }),
    ...(chosenSeed !== undefined && { seed: chosenSeed }),
    ...chosenOptions()
  }
}

/** The requests that it comes to: one, or one for each line, and each for every model that is compared. */
const requestsOf = (request: DrawRequest): ReadonlyArray<DrawRequest> =>
  promptsIn(request.prompt).flatMap((each) => forEachModel({ ...request, prompt: each }))

/** Says under the form what can't be drawn, and leads to the field. */
const refuse = (field: HTMLElement, sentence: string): undefined => {
  if (more.contains(field)) openPanel(more)
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
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid")
}

/** What the form asks for; where it can't be drawn, that is said and `undefined`. */
const readForm = (): ReadonlyArray<DrawRequest> | undefined => {
  clearRefusal()
  const request = formRequest()
  if (request.prompt === "") return refuse(prompt, messages.promptMissing)
  const prompts = promptsIn(request.prompt)
  const { eachLine, range } = messages.choices
  if (prompts.length > mostLines) return refuse(prompt, `${eachLine(prompts.length)}: ${range(1, mostLines)}`)
  const limit = planFor(request).model?.promptLimit ?? Number.POSITIVE_INFINITY
  if (prompts.some(({ length }) => length > limit)) return refuse(prompt, messages.promptTooLong(formatCount(limit)))
  if (isWrong(number)) return refuse(number, messages.numberRange(service.maximumImages))
  if (isWrong(seed)) return refuse(seed, messages.seedRange(formatCount(service.maximumSeed)))
  const problem = pixelsProblem() ?? stepsProblem()
  return problem ? refuse(...problem) : requestsOf(request)
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
  const plan = planFor(formRequest())
  // Whether steps count is known once the model is.
  showSteps(plan)
  const request = formRequest()
  showShape(promptWishes(request.prompt).size)
  showPixels(plan)
  showModel(plan)
  showStyles(prompt.value)
  showLines(prompt.value)
  showComparison(plan.model?.id)
  showCost(sumOf(requestsOf(request).map(planFor)))
  const length = promptsIn(request.prompt).reduce((most, each) => Math.max(most, each.length), 0)
  const limit = plan.model?.promptLimit ?? 0
  counter.hidden = limit === 0 || length < limit * 0.8
  counter.textContent = `${formatCount(length)} / ${formatCount(limit)}`
  counter.classList.toggle("over", length > limit)
}

type Optional = "size" | "model" | "seed" | "steps" | "format"

/** What the form can be changed to; what is `undefined` is left to the service. */
export type FormChange = Partial<Omit<DrawRequest, Optional>> & {
  readonly [field in Optional]?: DrawRequest[field] | undefined
}

const fillForm = (request: FormChange & Pick<DrawRequest, "prompt" | "n" | "improve" | "inputs">): void => {
  prompt.value = request.prompt
  number.value = String(request.n)
  seed.value = String(request.seed ?? "")
  chooseModel(request.model)
  if (!optimize.disabled) optimize.checked = request.improve
  chooseSize(request.size)
  chooseOptions(request)
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

const changeStyle = (phrase: string): void => {
  const empty = prompt.value === ""
  prompt.value = toggleStyle(prompt.value, phrase)
  // What is typed next comes before it.
  if (empty) prompt.setSelectionRange(0, 0)
  refreshForm()
}

/** Sets the form up; `submit` is called with what it asks for. */
export const startForm = (submit: (requests: ReadonlyArray<DrawRequest>) => void): void => {
  form.hidden = false
  number.max = String(service.maximumImages)
  seed.max = String(service.maximumSeed)
  optimize.disabled = !service.canOptimize
  optimize.checked = service.optimization && service.canOptimize
  byId("optimize-hint", HTMLElement).textContent = service.canOptimize
    ? messages.optimizeHint
    : messages.optimizeUnavailable
  startPanels()
  startOptions()
  form.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") openPanel()
  })
  form.addEventListener("input", () => {
    clearRefusal()
    refreshForm()
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const requests = readForm()
    if (!requests) return
    back.hidden = true
    openPanel()
    rememberPrompt(prompt.value.trim())
    submit(requests)
  })
  prompt.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })
  startHistory(prompt, refreshForm)
  startStyles(changeStyle)
  startShapes(refreshForm)
  refreshForm()
}

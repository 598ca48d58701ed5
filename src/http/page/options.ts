import type { DrawRequest } from "./DrawRequest.ts"
import { byId, element } from "./dom.ts"
import { messages } from "./messages.ts"
import { isWrong, numberIn } from "./numberField.ts"
import type { Plan } from "./plan.ts"
import { service } from "./service.ts"

const steps = byId("steps", HTMLInputElement)
const format = byId("format", HTMLSelectElement)

const formats = { jpeg: "JPEG", png: "PNG", webp: "WebP" }

/** The steps and the file type that are asked for. */
export const chosenOptions = (): Pick<DrawRequest, "steps" | "format"> => {
  const count = steps.disabled ? undefined : numberIn(steps)
  return { ...(count !== undefined && { steps: count }), ...(format.value && { format: format.value }) }
}

export const chooseOptions = (options: {
  readonly steps?: number | undefined
  readonly format?: string | undefined
}) => {
  steps.value = String(options.steps ?? "")
  format.value = options.format ?? ""
}

/** Offers the steps that the model which would draw lets one choose. */
export const showSteps = ({ model }: Plan): void => {
  const range = model?.steps
  steps.disabled = !range
  steps.placeholder = range ? String(range.default) : "–"
  steps.max = String(range?.maximum ?? "")
}

/** A number of steps that the model can't take, as a field and a sentence. */
export const stepsProblem = (): readonly [HTMLInputElement, string] | undefined =>
  !steps.disabled && isWrong(steps) ? [steps, messages.choices.range(1, Number(steps.max))] : undefined

export const startOptions = (): void => {
  format.append(
    element("option", { value: "", textContent: messages.automatic }),
    ...Object.entries(formats).map(([value, textContent]) => element("option", { value, textContent }))
  )
  byId("format-field", HTMLElement).hidden = !service.formats
}

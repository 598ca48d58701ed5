import { byId, element } from "./dom.ts"
import { formatCount, formatDollars, formatSeconds, modelName } from "./format.ts"
import { messages } from "./messages.ts"
import { findModel, type Plan } from "./plan.ts"
import type { ModelInfo } from "./ServiceInfo.ts"
import { service } from "./service.ts"
import { usualWait } from "./waits.ts"

const select = byId("model", HTMLSelectElement)
const line = byId("model-line", HTMLElement)
const automatic = element("option", { value: "" })

export const chosenModel = (): string | undefined => select.value || undefined

export const chooseModel = (id: string | undefined): void => {
  select.value = id ?? ""
}

/** Offers these models beside the service's own choice. */
export const offerModels = (ids: ReadonlyArray<string>): void => {
  const chosen = select.value
  const offered = ids.map((id) => element("option", { value: id, textContent: modelName(id) }))
  select.replaceChildren(automatic, ...offered)
  select.value = ids.includes(chosen) ? chosen : ""
}

const isWord = (name: string): name is keyof typeof messages.modelWords => name in messages.modelWords

const priceText = ({ dollars, neurons }: ModelInfo): string => {
  if (service.preview) return ""
  if (dollars !== undefined) return formatDollars(dollars)
  const square = neurons["1024x1024"]
  if (square === undefined) return ""
  return square === 0 ? messages.free : messages.neurons(formatCount(square))
}

/** How long a picture takes here, as far as this browser has waited for one; else what the catalogue knows. */
const paceText = ({ id, seconds }: ModelInfo): string => {
  const wait = usualWait(id)
  return wait === undefined
    ? messages.takes(formatSeconds(seconds * 1000))
    : messages.usually(formatSeconds(Math.max(1000, wait)))
}

/** What a model is good for, what a picture costs and how long it takes. */
const describe = (model: ModelInfo): string => {
  const name = modelName(model.id)
  const words = isWord(name) ? [messages.modelWords[name]] : []
  return [...words, priceText(model), paceText(model)].filter((text) => text !== "").join(" · ")
}

/** Says which model would draw, and what is to be known of it. */
export const showModel = (plan: Plan): void => {
  const own = plan.model?.id ?? service.defaultModel
  automatic.textContent = own && select.value === "" ? messages.automaticModel(modelName(own)) : messages.automatic
  const drawing = plan.model ?? findModel(select.value)
  const moved = select.value !== "" && drawing !== undefined && drawing.id !== select.value
  const prefix = moved ? `${messages.drawnBy(modelName(drawing.id))} ` : ""
  select.title = `${messages.model}: ${select.selectedOptions[0]?.textContent}`
  line.textContent = drawing ? prefix + describe(drawing) : ""
}

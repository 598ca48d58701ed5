import type { DrawRequest } from "./DrawRequest.ts"
import { byId, element } from "./dom.ts"
import { modelName } from "./format.ts"
import { findModel, planFor } from "./plan.ts"

const group = byId("compare", HTMLElement)
/** Models that get the same prompt, beside the one that is chosen. */
const most = 2

const boxes = (): ReadonlyArray<HTMLInputElement> => [...group.querySelectorAll("input")]

/** The request for each model that is to be compared; each model that would draw has one. */
export const forEachModel = (request: DrawRequest): ReadonlyArray<DrawRequest> => {
  const others = boxes().filter(({ checked, disabled }) => checked && !disabled)
  const requests = new Map(
    [request, ...others.map(({ value }) => ({ ...request, model: value }))].map((each) => [
      planFor(each).model?.id,
      each
    ])
  )
  // One of the others may be what draws the first by itself: then it stays as it is asked for.
  requests.set(planFor(request).model?.id, request)
  return [...requests.values()]
}

/** The model that draws by itself needs no second drawing, and three are enough to look at. */
export const showComparison = (model: string | undefined): void => {
  const full = boxes().filter(({ checked, value }) => checked && value !== model).length >= most
  for (const box of boxes()) box.disabled = box.value === model || (full && !box.checked)
}

/** Offers these models for comparison. */
export const offerComparison = (offered: ReadonlyArray<string>): void => {
  const ids = offered.filter(findModel)
  const checked = new Set(boxes().flatMap((box) => (box.checked ? box.value : [])))
  group.hidden = ids.length < 2
  for (const old of group.querySelectorAll("label")) old.remove()
  group.append(
    ...ids.map((value) => {
      const box = element("input", { type: "checkbox", value, checked: checked.has(value) })
      return element("label", { className: "chip" }, box, modelName(value))
    })
  )
}

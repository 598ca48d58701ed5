import { byId } from "./dom.ts"
import { formatCount } from "./format.ts"
import { messages } from "./messages.ts"
import { dollarsPerNeuron } from "./money.ts"
import type { Plan } from "./plan.ts"
import { stored } from "./stored.ts"

const field = byId("limit", HTMLInputElement)
const dialog = byId("limit-dialog", HTMLDialogElement)
const question = byId("limit-question", HTMLElement)

/** Neurons above which is asked before drawing; 0 for never. */
const limit = stored("flux-limit", 0)

export const startLimit = (): void => {
  field.value = limit.get() > 0 ? String(limit.get()) : ""
  field.addEventListener("change", () => limit.set(field.valueAsNumber > 0 ? field.valueAsNumber : 0))
  byId("limit-yes", HTMLButtonElement).addEventListener("click", () => dialog.close("yes"))
  byId("limit-no", HTMLButtonElement).addEventListener("click", () => dialog.close(""))
}

/** Whether it may be drawn: asks where it costs more than the user has set, dollars counted as the neurons they are worth. */
export const mayCost = async ({ dollars = 0, neurons = 0 }: Pick<Plan, "neurons" | "dollars">): Promise<boolean> => {
  const most = limit.get()
  const cost = neurons + dollars / dollarsPerNeuron
  if (most === 0 || cost <= most) return true
  question.textContent = messages.limitQuestion(formatCount(cost), formatCount(most))
  dialog.returnValue = ""
  dialog.showModal()
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }))
  return dialog.returnValue === "yes"
}

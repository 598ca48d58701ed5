import { readUsage, type Usage } from "./account.ts"
import { byId } from "./dom.ts"
import { formatCount, formatDollars, formatPercent, formatTime } from "./format.ts"
import { messages } from "./messages.ts"
import type { Plan } from "./plan.ts"
import { service } from "./service.ts"

const left = byId("left", HTMLElement)
const cost = byId("cost", HTMLElement)

let usage: Usage | undefined

export const dollarsPerNeuron = 0.000_011

/** What this key may use today, in neurons: its own budget, else what the account has for nothing. */
const allowance = (): number =>
  usage?.inNeurons?.budget ?? (usage?.inDollars ? usage.inDollars.budget / dollarsPerNeuron : service.freeNeurons)

const showLeft = (): void => {
  left.hidden = usage === undefined || service.preview
  if (!usage) return
  const { inDollars, inNeurons, neurons, renewsAt } = usage
  const free = { budget: service.freeNeurons, left: Math.max(0, service.freeNeurons - neurons) }
  const shown = inDollars ?? inNeurons ?? free
  left.textContent = inDollars
    ? messages.dollarsLeft(formatDollars(inDollars.left), formatDollars(inDollars.budget))
    : messages.leftToday(formatCount(shown.left), formatCount(shown.budget))
  left.title = messages.renewed(formatTime(renewsAt))
  left.classList.toggle("scarce", shown.left < shown.budget / 10)
}

/** Asks anew what this key has used. */
export const refreshUsage = async (key: string): Promise<void> => {
  usage = key === "" ? undefined : await readUsage(key)
  showLeft()
}

/** Says what a drawing would cost, before it is asked for. */
export const showCost = ({ dollars, neurons }: Pick<Plan, "neurons" | "dollars">): void => {
  cost.replaceChildren()
  if (service.preview) return
  if (dollars !== undefined) {
    cost.append(messages.costDollars(formatDollars(dollars + (neurons ?? 0) * dollarsPerNeuron)))
  } else if (neurons === 0) cost.append(messages.free)
  else if (neurons !== undefined) {
    cost.append(messages.cost(formatCount(neurons), formatPercent(neurons / allowance())))
  }
}

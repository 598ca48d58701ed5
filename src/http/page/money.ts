import { readUsage, type Usage } from "./account.ts"
import { byId } from "./dom.ts"
import { formatCount, formatDollars, formatPercent, formatTime } from "./format.ts"
import { messages } from "./messages.ts"
import type { Plan } from "./plan.ts"
import { service } from "./service.ts"

const left = byId("left", HTMLElement)
const cost = byId("cost", HTMLElement)

let usage: Usage | undefined

/** What this key may use today: its own budget, else what the account has for nothing. */
const allowance = (): number => usage?.budget ?? service.freeNeurons

const showLeft = (): void => {
  left.hidden = usage === undefined || service.preview
  if (!usage) return
  const rest = Math.max(0, allowance() - usage.neurons)
  left.textContent = messages.leftToday(formatCount(rest), formatCount(allowance()))
  left.title = messages.renewed(formatTime(usage.renewsAt))
  left.classList.toggle("scarce", rest < allowance() / 10)
}

/** Asks anew what this key has used. */
export const refreshUsage = async (key: string): Promise<void> => {
  usage = key === "" ? undefined : await readUsage(key)
  showLeft()
}

/** Says what a drawing would cost, before it is asked for. */
export const showCost = ({ dollars, neurons }: Plan): void => {
  cost.replaceChildren()
  if (service.preview) return
  if (dollars !== undefined) cost.append(messages.costDollars(formatDollars(dollars)))
  else if (neurons === 0) cost.append(messages.free)
  else if (neurons !== undefined) {
    cost.append(messages.cost(formatCount(neurons), formatPercent(neurons / allowance())))
  }
}

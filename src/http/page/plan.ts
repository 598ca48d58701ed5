import type { DrawRequest } from "./DrawRequest.ts"
import { promptWishes } from "./promptWishes.ts"
import type { ModelInfo } from "./ServiceInfo.ts"
import { sidesOf } from "./ShownImage.ts"
import { service } from "./service.ts"

export const findModel = (id: string): ModelInfo | undefined => service.models.find((model) => model.id === id)

/** What is known of a drawing before it is asked for: as the service plans it, in short. */
export interface Plan {
  /** The model that would draw it. */
  readonly model: ModelInfo | undefined
  readonly n: number
  /** Absent for what the pictures to edit decide. */
  readonly size?: string
  /** Neurons of the whole; absent where no price is known. */
  readonly neurons?: number
  /** Dollars of the whole, for a model that is priced so. */
  readonly dollars?: number
}

const square = "1024x1024"

const fits = (size: string, { sizes }: ModelInfo): boolean => {
  if (typeof sizes === "string") return size === sizes
  if (!("minimum" in sizes)) return sizes.includes(size)
  const sides = size.split("x").map(Number)
  return Math.min(...sides) >= sizes.minimum && Math.max(...sides) <= sizes.maximum
}

const areaOf = (size: string): number => {
  const [width, height] = sidesOf(size)
  return width * height
}

/** Neurons for a picture: as told for its size, else in proportion between the two sizes around it. */
const priceOf = ({ neurons, stepNeurons = 0, steps }: ModelInfo, size: string, count = steps?.default ?? 0) => {
  const more = (count - (steps?.default ?? 0)) * stepNeurons * (areaOf(size) / areaOf(square))
  const told = neurons[size]
  if (told !== undefined) return told + more
  const known = Object.entries(neurons)
    .map(([each, price]) => [areaOf(each), price] as const)
    .sort(([a], [b]) => a - b)
  const area = areaOf(size)
  const above = Math.max(
    1,
    known.findIndex(([each], place) => each >= area || place === known.length - 1)
  )
  const [low, high] = [known[above - 1], known[above]]
  if (!low || !high) return known[0]?.[1]
  const slope = high[0] === low[0] ? 0 : (high[1] - low[1]) / (high[0] - low[0])
  return Math.max(0, low[1] + (area - low[0]) * slope) + more
}

/** What a model would be asked for, with the words of the prompt's end before the form, as the service reads them. */
export const planFor = (request: DrawRequest): Plan => {
  const wishes = promptWishes(request.prompt)
  const inputs = request.inputs.length
  const size = wishes.size ?? request.size ?? (inputs > 0 ? undefined : square)
  const seed = wishes.seed ?? request.seed
  const n = wishes.n ?? request.n
  const named = findModel(wishes.model ?? request.model ?? service.defaultModel)
  // Who names a model that is paid in dollars wants no other in its place.
  const other = named?.dollars !== undefined && named.id !== service.defaultModel ? undefined : service.sizedModel
  const candidates = [named, other === undefined ? undefined : findModel(other)].filter((model) => model !== undefined)
  const able = candidates.filter((model) => inputs <= model.inputs || inputs === 0)
  const model = able.find((each) => (size === undefined || fits(size, each)) && (seed === undefined || each.seed))
  const chosen = model ?? able[0] ?? named
  if (!chosen || service.preview) return { model: chosen, n, ...(size && { size }), ...(chosen && { neurons: 0 }) }
  const each = priceOf(chosen, size ?? square, request.steps)
  return {
    model: chosen,
    n,
    ...(size && { size }),
    ...(chosen.dollars !== undefined && { dollars: chosen.dollars * n }),
    ...(each !== undefined && { neurons: (each + inputs * chosen.inputNeurons) * n })
  }
}

/** What several drawings cost together, those that are priced in neurons and those in dollars; not where one price is not known. */
export const sumOf = (plans: ReadonlyArray<Plan>): Pick<Plan, "neurons" | "dollars"> => {
  const neurons = plans.reduce((sum, plan) => sum + (plan.neurons ?? (plan.dollars === undefined ? Number.NaN : 0)), 0)
  const dollars = plans.reduce((sum, plan) => sum + (plan.dollars ?? 0), 0)
  return { ...(Number.isFinite(neurons) && { neurons, ...(dollars > 0 && { dollars }) }) }
}

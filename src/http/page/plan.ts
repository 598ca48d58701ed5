import type { DrawRequest } from "./DrawRequest.ts"
import { promptWishes } from "./promptWishes.ts"
import type { ModelInfo } from "./ServiceInfo.ts"
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
  const each = chosen.neurons[size ?? square] ?? chosen.neurons[square]
  return {
    model: chosen,
    n,
    ...(size && { size }),
    ...(chosen.dollars !== undefined && { dollars: chosen.dollars * n }),
    ...(each !== undefined && { neurons: (each + inputs * chosen.inputNeurons) * n })
  }
}

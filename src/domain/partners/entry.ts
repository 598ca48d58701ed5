import { type ImageSize, nearestRatio, type SizeRange } from "../ImageSize.ts"
import type { Drawing, Model, PartnerWish } from "../Model.ts"

type Entry = Pick<Model, "id" | "mediaType" | "sizes" | "seconds"> &
  Partial<Omit<Model, "inputs" | "partner" | "microdollars">> & {
    readonly inputs?: number
    /** In thousandths of a dollar. */
    readonly price: (drawing: Drawing) => number
    readonly input: (wish: PartnerWish) => Readonly<Record<string, unknown>>
  }

/** Larger pictures are scaled down to this side before they are sent, where they can be. */
const maximumSide = 2048

/** A model of a partner, from what it differs in. */
export const partner = ({ input, inputs, price, ...entry }: Entry): Model => ({
  aliases: [entry.id.slice(entry.id.indexOf("/") + 1)],
  created: 1779408000,
  ownedBy: entry.id.split("/")[0] ?? "",
  encoding: "json",
  output: "link",
  seed: false,
  promptLimit: 2048,
  neurons: () => 0,
  ...entry,
  ...(inputs && { inputs: { maximum: inputs, maximumSide } }),
  // In millionths, of a price list in thousandths.
  microdollars: (drawing) => Math.round(price(drawing) * 1000),
  partner: { input }
})

/** Reads ratios as these models call them: `16:9 9:19.5`. */
export const ratios = (names: string, maximum: number): SizeRange => ({
  _tag: "Ratios",
  ratios: names.split(" ").map((name) => {
    const [width = 1, height = 1] = name.split(":").map(Number)
    return { width, height }
  }),
  maximum
})

/** The ratio of a size under the name that these models have for it. */
export const ratioName = (size: ImageSize, { sizes }: { readonly sizes: SizeRange }): string => {
  const { height, width } = sizes._tag === "Ratios" ? nearestRatio(size, sizes.ratios) : size
  return `${width}:${height}`
}

/** The class of a size: the first whose pictures are so long, or the last. */
export const classOf = (
  { height, width }: ImageSize,
  classes: ReadonlyArray<readonly [name: string, longest: number]>
) => classes.find(([, longest]) => Math.max(width, height) <= longest)?.[0] ?? classes.at(-1)?.[0]

/** The pictures to start from, under the name that a model has for them; nothing where there are none. */
export const images = (name: string, { images }: PartnerWish) => (images.length > 0 ? { [name]: images } : {})
/** The seed, where one is sent. */
export const seeded = ({ seed }: PartnerWish) => (seed === undefined ? {} : { seed })

/** The same price for each picture, in thousandths of a dollar. */
export const priced = (thousandths: number) => () => thousandths

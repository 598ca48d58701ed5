import type { MediaType } from "./ImageHeader.ts"
import type { ImageSize, SizeRange } from "./ImageSize.ts"
import type { Quality } from "./Quality.ts"

/** What a drawing is billed by. */
export interface Drawing {
  readonly size: ImageSize
  readonly steps: number
  readonly inputs: ReadonlyArray<ImageSize>
  /** Of a model that draws in several. */
  readonly quality?: Quality
}

/** What a partner's model is asked for, with nothing in it that it does not take. */
export interface PartnerWish {
  readonly prompt: string
  readonly size: ImageSize
  readonly steps?: number
  readonly seed?: number
  readonly quality?: Quality
  /** Pictures to start from, as `data:` URLs. */
  readonly images: ReadonlyArray<string>
}

/** A text-to-image model that Workers AI offers: what it takes today, and what it costs. */
export interface Model {
  readonly id: string
  /** Short names under which a request may ask for it. */
  readonly aliases: ReadonlyArray<string>
  /** When Workers AI began to offer it, in seconds since 1970. */
  readonly created: number
  readonly ownedBy: string
  /** How the model takes its input; it refuses the other form. */
  readonly encoding: "json" | "multipart"
  /** How the model answers: a picture in JSON, as base64, or its bytes; or JSON with a link to it, or base64. */
  readonly output: "json" | "bytes" | "link"
  /** What its bytes are expected to be. The bytes themselves decide. */
  readonly mediaType: MediaType
  readonly sizes: SizeRange
  /**
   * The field that carries the number of steps, and its bounds. Absent where steps can't be chosen. The default is ours, and
   * always sent: some models take twice as many by themselves.
   */
  readonly steps?: { readonly field: "steps" | "num_steps"; readonly default: number; readonly maximum: number }
  /** It draws in several qualities, and is told which. */
  readonly qualities?: true
  /** It gives a picture back in its own size, without what is behind. */
  readonly transparent?: true
  /** Whether the model takes a seed. */
  readonly seed: boolean
  /** How many pictures it takes as input, and the longest side of each, in pixels. Absent where it takes none. */
  readonly inputs?: { readonly maximum: number; readonly maximumSide: number }
  /** What it draws nothing without: a picture to change, or a mask over one. */
  readonly needs?: "image" | "mask"
  /** Whether it takes a text of what is not to be seen. */
  readonly negativePrompt?: true
  /** The bounds of `guidance`, in which it follows the prompt. Absent where it takes none. */
  readonly guidance?: readonly [minimum: number, maximum: number]
  /** How far it may go from the picture that it changes, where nothing is asked for. Absent where that can't be said. */
  readonly strength?: number
  /** The longest prompt, in characters. */
  readonly promptLimit: number
  /** About how long a picture takes, in seconds. */
  readonly seconds: number
  /** The price in neurons, as far as it is known before: what a call has cost, Workers AI mostly tells. */
  readonly neurons: (drawing: Drawing) => number
  /** The price in millionths of a US dollar, of a model that is billed in dollars; its `neurons` are 0. */
  readonly microdollars?: (drawing: Drawing) => number
  /** Of a model that is not Workers AI's own: prompts and pictures leave Cloudflare. It is told these fields. */
  readonly partner?: { readonly input: (wish: PartnerWish) => Readonly<Record<string, unknown>> }
}

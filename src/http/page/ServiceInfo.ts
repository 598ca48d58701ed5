/** What the server tells the page about itself, as data in the HTML. */
export interface ServiceInfo {
  /** What keeps the service from drawing; with any of these the page is a checklist. */
  readonly problems: ReadonlyArray<{ readonly variable: string; readonly message: string }>
  /** Pictures are painted by the Worker, not by a model. */
  readonly preview: boolean
  /** Whether prompts are optimized where a request does not say otherwise. */
  readonly optimization: boolean
  /** Whether there is a model that can optimize them. */
  readonly canOptimize: boolean
  /** The id of `FLUX_MODEL`; empty where it is wrong. */
  readonly defaultModel: string
  /** The id of `FLUX_SIZED_MODEL`, which draws what the chosen model can't; empty where there is none. */
  readonly sizedModel: string
  readonly models: ReadonlyArray<ModelInfo>
  /** The shapes on offer, each with the size that it stands for: `16:9` and `1024x576`. */
  readonly ratios: ReadonlyArray<{ readonly name: string; readonly size: string }>
  /** Whether pictures can be had as another type of file than the model gives. */
  readonly formats: boolean
  readonly maximumImages: number
  readonly maximumSeed: number
  /** Neurons that an account has for nothing each day. */
  readonly freeNeurons: number
}

/** What a model takes, and what it costs with this service's settings. */
export interface ModelInfo {
  readonly id: string
  /** Short names under which a prompt may ask for it. */
  readonly aliases: ReadonlyArray<string>
  /** One size only, several, or any with sides between two bounds. */
  readonly sizes: string | ReadonlyArray<string> | { readonly minimum: number; readonly maximum: number }
  readonly seed: boolean
  /** How many pictures it takes as input. */
  readonly inputs: number
  /** The longest prompt, in characters. */
  readonly promptLimit: number
  /** The steps that are taken, and the most that it takes; absent where they can't be chosen. */
  readonly steps?: { readonly default: number; readonly maximum: number }
  /** Estimated neurons of a step, for a square. */
  readonly stepNeurons?: number
  /** Estimated neurons for a picture of each size of `ratios` that it can draw and of its largest, and for each that goes in. */
  readonly neurons: Readonly<Record<string, number>>
  readonly inputNeurons: number
  /** About how long a picture takes. */
  readonly seconds: number
  /** The price of a picture where it is not told in neurons. */
  readonly dollars?: number
}

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
  readonly maximumImages: number
  readonly maximumSeed: number
}

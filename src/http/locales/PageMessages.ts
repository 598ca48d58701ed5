/**
 * Every text of the page at `/`. One file for each language; the compiler says what a language lacks. Counts, times, shares and
 * prices come formatted.
 */
export interface PageMessages {
  readonly addKey: string
  readonly changeKey: string
  readonly previewNotice: string
  readonly notKept: string
  /** The key of this browser is no longer accepted. */
  readonly keyRefused: string

  readonly welcome: string
  readonly welcomeHint: string
  readonly examplesTitle: string
  /** Prompts to begin with; a ratio at the end is read as one. */
  readonly examples: ReadonlyArray<string>

  /** The name of the form. */
  readonly composer: string
  readonly prompt: string
  readonly promptExample: string
  readonly addImages: string
  readonly inputImages: string
  readonly removeImage: string
  readonly shape: string
  /** What the service chooses, in full and as short as a ratio. */
  readonly automatic: string
  readonly automaticShape: string
  readonly automaticModel: (model: string) => string
  readonly number: string
  readonly more: string
  /** Takes a change of the form back. */
  readonly back: string
  readonly draw: string
  readonly cancel: string
  readonly model: string
  /** What the models are good for, by the last part of their ids. */
  readonly modelWords: {
    readonly "flux-1-schnell": string
    readonly "flux-2-klein-4b": string
    readonly "flux-2-klein-9b": string
    readonly "flux-2-dev": string
    readonly "lucid-origin": string
    readonly "phoenix-1.0": string
    readonly "stable-diffusion-xl-base-1.0": string
    readonly "stable-diffusion-xl-lightning": string
    readonly "dreamshaper-8-lcm": string
  }
  /** How long a picture takes. */
  readonly takes: (time: string) => string
  /** What this browser usually waits. */
  readonly usually: (time: string) => string
  /** The chosen model can't draw this. */
  readonly drawnBy: (model: string) => string
  readonly seed: string
  readonly randomSeed: string
  readonly limit: string
  readonly limitNone: string
  readonly limitQuestion: (neurons: string, limit: string) => string
  readonly limitYes: string
  readonly limitNo: string
  readonly optimize: string
  readonly optimizeHint: string
  readonly optimizeUnavailable: string

  /** What else the form, and this browser, can be told. */
  readonly choices: {
    readonly camera: string
    readonly portrait: string
    readonly square: string
    readonly landscape: string
    readonly style: string
    /** A dozen, each as it is put into a prompt. */
    readonly styles: ReadonlyArray<string>
    readonly width: string
    readonly height: string
    readonly range: (minimum: number, maximum: number) => string
    readonly steps: string
    readonly format: string
    readonly eachLine: (lines: number) => string
    /** Other models that get the same prompt. */
    readonly compare: string
    /** What is set for this browser alone. */
    readonly preferences: string
    readonly theme: string
    readonly light: string
    readonly dark: string
    readonly language: string
    readonly install: string
    readonly offline: string
  }

  readonly promptMissing: string
  readonly promptTooLong: (limit: string) => string
  readonly numberRange: (maximum: number) => string
  readonly seedRange: (maximum: string) => string
  readonly tooManyImages: string

  /** An estimated price of a picture, in a line of facts. */
  readonly neurons: (count: string) => string
  readonly free: string
  /** The estimate before drawing, and its share of what may be used today. */
  readonly cost: (neurons: string, share: string) => string
  readonly costDollars: (dollars: string) => string
  readonly leftToday: (left: string, of: string) => string
  readonly dollarsLeft: (left: string, of: string) => string
  readonly renewed: (time: string) => string

  readonly stages: {
    readonly waiting: string
    readonly sent: string
    readonly opened: string
    readonly drawing: string
    readonly reconnecting: string
    readonly cancelling: string
    /** `number` counts from 1. */
    readonly image: (number: number, of: number) => string
    readonly done: string
    readonly cancelled: string
  }
  readonly notify: string
  readonly cancelledFree: string
  readonly cancelledBilled: (drawn: number, of: number, neurons: string) => string
  /** Nobody can tell whether what had begun is billed. */
  readonly cancelledPerhaps: (neurons: string) => string

  readonly images: string
  readonly drawAgain: string
  readonly drawAgainHint: string
  readonly sameSeed: string
  readonly sameSeedHint: string
  readonly edit: string
  readonly usePrompt: string
  readonly download: string
  readonly remove: string
  readonly removed: string
  readonly removedWithLink: (time: string) => string
  readonly undo: string
  readonly enlarge: string
  readonly close: string
  readonly previous: string
  readonly next: string
  readonly copy: string
  readonly link: string
  readonly copied: string
  readonly copyFailed: string
  readonly linkUntil: (time: string) => string
  readonly linkExpired: string
  readonly linkMissing: string
  readonly improvedPrompt: string

  /** What was done otherwise than asked. */
  readonly notKeptImage: string
  readonly otherModel: (model: string) => string
  readonly otherSize: (size: string) => string
  readonly notImproved: string

  /** Gallery, viewer, and what the owner needs. */
  readonly search: string
  readonly nothingFound: string
  readonly favourite: string
  /** Shows only these. */
  readonly favourites: string
  readonly select: string
  readonly selectAll: string
  readonly selected: (count: string) => string
  /** What is copied as a picture. */
  readonly image: string
  readonly share: string
  readonly keys: string
  readonly menu: string
  readonly connect: string
  readonly connectTo: string
  readonly address: string
  readonly invite: string
  readonly inviteHint: string
  readonly otherKey: string
  readonly usage: string
  readonly usedToday: (count: string) => string
  /** The heading of a column. */
  readonly neuronsTitle: string
  readonly makeKey: string
  readonly madeKey: string

  readonly apiKey: string
  readonly keyHint: string
  readonly save: string
  readonly forget: string

  readonly failed: string
  /** Some pictures of a request are missing. */
  readonly partly: (missing: number, of: number) => string
  readonly tryAgain: string
  readonly tryAgainIn: (seconds: string) => string
  readonly tryAgainAt: (time: string) => string
  readonly dismiss: string
  readonly details: string
  readonly requestId: string
  /** For somebody who has a key, and none of the settings. */
  readonly advice: {
    readonly key: string
    readonly quota: (time: string) => string
    readonly budget: (time: string) => string
    readonly rate: string
    readonly policy: string
    readonly configuration: string
    readonly tooLarge: string
    readonly model: string
    readonly request: string
    readonly upstream: string
    readonly timeout: string
    readonly network: string
    readonly lost: string
    readonly unreadableImage: string
  }

  readonly setupTitle: string
  readonly setupIntro: string
  /** What the settings are for that a new deployment may lack. */
  readonly settings: {
    readonly API_KEY: string
    readonly FLUX_CF_KV: string
    readonly AI: string
    readonly CF_ACCOUNT_ID: string
    readonly CF_API_TOKEN: string
  }
  /** A setting that is there, with a value that can't be used. */
  readonly settingWrong: string
  /** Where variables and bindings are set, said once for all of them. */
  readonly setupVariables: string
  readonly setupBindings: string
  readonly checkAgain: string

  readonly baseAddress: string
  readonly apiReference: string
}

/** Every text of the page at `/`. One file for each language; the compiler says what a language lacks. */
export interface PageMessages {
  readonly tagline: string
  readonly addKey: string
  readonly changeKey: string
  readonly previewNotice: string

  readonly prompt: string
  readonly promptExample: string
  readonly inputPicture: string
  readonly inputPictureHint: string
  readonly choosePicture: string
  readonly removePicture: string
  readonly ratio: string
  /** A ratio or a model that the service chooses. */
  readonly automatic: string
  readonly model: string
  readonly number: string
  readonly seed: string
  readonly randomSeed: string
  readonly optimize: string
  readonly optimizeHint: string
  readonly optimizeUnavailable: string
  readonly draw: string
  readonly cancel: string

  /** What has been reached, from the sent request to the last picture. */
  readonly stages: {
    readonly sent: string
    readonly opened: string
    readonly drawing: string
    /** `number` counts from 1. */
    readonly picture: (number: number, of: number) => string
    readonly done: string
    readonly cancelled: string
  }
  /** An estimated cost, formatted. */
  readonly neurons: (count: string) => string

  readonly pictures: string
  readonly noPictures: string
  readonly notKept: string
  /** `time` is formatted. */
  readonly linkUntil: (time: string) => string
  readonly linkExpired: string
  readonly linkMissing: string
  readonly drawnPrompt: string
  readonly copy: string
  readonly link: string
  readonly copied: string
  readonly copyFailed: string
  readonly download: string
  readonly redraw: string
  readonly edit: string
  readonly remove: string
  readonly enlarge: string
  readonly close: string

  readonly apiKey: string
  readonly keyHint: string
  readonly save: string
  readonly forget: string

  readonly failed: string
  readonly tryAgain: string
  readonly requestId: string
  readonly advice: {
    readonly key: string
    readonly quota: string
    readonly rate: (seconds: number) => string
    readonly policy: string
    /** `variable` is the name of a setting, or empty where none is told. */
    readonly configuration: (variable: string) => string
    readonly tooLarge: string
    readonly model: string
    readonly request: string
    readonly upstream: string
    readonly timeout: string
    readonly network: string
    readonly unreadablePicture: string
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
  readonly setupCommand: string
  readonly setupDashboard: string
  readonly setupBinding: string
  readonly checkAgain: string

  readonly baseAddress: string
  readonly apiDescription: string
}

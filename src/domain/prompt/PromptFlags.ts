import type { ImageSize } from "../ImageSize.ts"

/** What the end of a prompt asks for. */
export interface PromptFlags {
  readonly size?: ImageSize
  /** {@link anySeed} for any. */
  readonly seed?: number
  readonly n?: number
  readonly steps?: number
  readonly model?: string
  /** `--model klein!`: that model and no other. */
  readonly only?: true
  /** `--raw` draws the prompt as it is (`true`), `--improve` has it improved (`false`). */
  readonly raw?: boolean
  /** `--no`: what is not to be seen. */
  readonly negativePrompt?: string
  readonly guidance?: number
  readonly strength?: number
  /** `--edit`: change the newest picture of the conversation. */
  readonly edit?: true
}

export const maximumSeed = 4294967295
export const maximumImages = 10
export const maximumSteps = 50

/** What other programs send for "choose one": the same as no seed, but it beats a seed that is said elsewhere. */
export const anySeed = -1

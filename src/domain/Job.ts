import * as Schema from "effect/Schema"
import type { GenerationEvent } from "./GenerationEvent.ts"
import { GenerationPlan } from "./GenerationPlan.ts"
import { type ImageKey, ImageKeyFromName, randomOf } from "./ImageKey.ts"
import { ImageSize } from "./ImageSize.ts"
import { Quality } from "./Quality.ts"

/** What is known of a generation before anything is drawn. */
export const JobOpening = Schema.Struct({
  plan: GenerationPlan,
  /** The sizes of the pictures to start from. */
  inputs: Schema.Array(ImageSize),
  /** Estimated cost of the whole: a {@link Cost}. */
  neurons: Schema.Finite,
  microdollars: Schema.optionalKey(Schema.Finite),
  /** How many pictures were asked for. */
  n: Schema.Int,
  quality: Schema.optionalKey(Quality),
  /** Whether links were asked for: the keys of other pictures are told to nobody. */
  links: Schema.Boolean,
  /** Under which the pictures will be found, one for each. Absent where no links were asked for. */
  keys: Schema.optionalKey(Schema.Array(ImageKeyFromName))
})
export type JobOpening = typeof JobOpening.Type

/** A generation as it is remembered for those who ask for it. Times are in milliseconds since 1970. */
export interface Job extends JobOpening {
  /** Can't be guessed; only keys of the caller's name open it. */
  readonly id: string
  readonly status: "running" | "completed" | "failed" | "cancelled"
  readonly createdAt: number
  /** When it is forgotten; while it runs, when it is given up at the latest. */
  readonly expiresAt: number
}

/** An event of a job, and its place among them, from 0. */
export interface JobEvent {
  readonly sequence: number
  readonly event: GenerationEvent
}

/** The id of a job. `random` is 22 base64url characters (128 bits). */
export const makeJobId = (random: string): string => `job_${random}`

/** The id of the job whose last picture has this key. Who knows a link can't open a job: that takes the caller's key. */
export const jobIdOf = (key: ImageKey): string => makeJobId(randomOf(key))

export const isJobId = (id: string): boolean => /^job_[A-Za-z0-9_-]{22}$/.test(id)

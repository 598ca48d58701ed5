import type { ServiceFailure } from "./ServiceFailure.ts"

/** A picture as the service gave it. */
export interface DrawnImage {
  readonly blob: Blob
  readonly model: string
  /** `1024x576`, as it was drawn. */
  readonly size: string
  readonly neurons: number
  readonly seed?: number
  readonly url?: string
  readonly revisedPrompt?: string
}

/** How far a drawing has come. */
export type DrawEvent =
  /** The service has accepted it; `job` is its id where it goes on by itself, `neurons` what it may cost. */
  | { readonly type: "accepted"; readonly job: string | undefined; readonly neurons: number }
  | { readonly type: "drawing" }
  /** The connection broke; it is being taken up again. */
  | { readonly type: "waiting" }
  | { readonly type: "image"; readonly index: number; readonly image: DrawnImage }
  | { readonly type: "failed"; readonly index: number; readonly failure: ServiceFailure }
  /** What is known at the end: remarks of the service, in English, and the prompts that were drawn, by picture. */
  | { readonly type: "told"; readonly warnings: ReadonlyArray<string>; readonly revised: ReadonlyMap<number, string> }

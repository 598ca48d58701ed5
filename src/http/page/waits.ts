import { stored } from "./stored.ts"

/** How long a picture took here with each model, in milliseconds; newer ones count more. */
const waits = stored<Readonly<Record<string, number>>>("flux-waits", {})

/** What this browser usually waits for a picture of this model; `undefined` before the first. */
export const usualWait = (model: string): number | undefined => waits.get()[model]

export const learnWait = (model: string, milliseconds: number): void => {
  const before = waits.get()[model]
  const usual = before === undefined ? milliseconds : before * 0.7 + milliseconds * 0.3
  waits.set({ ...waits.get(), [model]: Math.round(usual) })
}

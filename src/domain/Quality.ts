import * as Schema from "effect/Schema"

/** How much is to be spent on a picture, where a model lets one choose. */
export const Quality = Schema.Literals(["low", "medium", "high", "max"])
export type Quality = typeof Quality.Type

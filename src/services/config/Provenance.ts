import * as Config from "effect/Config"
import { setting } from "./Setting.ts"

/** What pictures say of where they come from: XMP metadata, or nothing. */
export type ProvenanceMark = "xmp" | "off"

/** `PROVENANCE` */
export const provenanceSetting = setting<ProvenanceMark>(
  "PROVENANCE",
  Config.Literals(["xmp", "off"], "PROVENANCE").pipe(Config.withDefault("xmp" as const)),
  "`xmp` or `off`"
)

import { word } from "./Setting.ts"

/** What pictures say of where they come from: XMP metadata, or nothing. */
export type ProvenanceMark = "xmp" | "off"

/** `PROVENANCE` */
export const provenanceSetting = word<ProvenanceMark>("PROVENANCE", ["xmp", "off"])

import * as Context from "effect/Context"

/** Where names that nobody may guess come from, and seeds. Tests replace it by a counter. */
export interface IdentifierSource {
  /** 22 base64url characters: 128 bits that are cryptographically random. */
  readonly next: () => string
  /** A whole number from 0 to 4294967295. */
  readonly seed: () => number
}

export const Identifiers = Context.Reference<IdentifierSource>("flux/services/Identifiers", {
  defaultValue: () => ({
    next: () => crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: "base64url", omitPadding: true }),
    seed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  })
})

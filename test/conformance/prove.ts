import { describe, expect, it } from "vitest"
import type { Client, Feature } from "./Client.ts"

/** The features of a client that a run has to prove. */
type Proven<C extends Client> = {
  [Name in keyof C["features"]]: C["features"][Name] extends { readonly proof: unknown } ? never : Name
}[keyof C["features"]]

/**
 * Runs a client in one of its versions: a test for each feature that the table claims of it. Fails for a claim without a
 * check, and for a check without a claim.
 */
export const prove = <C extends Client>(
  { features, name: client }: C,
  version: string,
  checks: Readonly<Record<Proven<C> & string, () => Promise<void>>>
): void => {
  const claims: Readonly<Record<string, Feature>> = features
  const claimed = Object.keys(claims).filter((name) => claims[name]?.proof === undefined)
  describe(`${client} ${version}`, () => {
    it("is checked for what the table claims, and for nothing else", () => {
      expect(Object.keys(checks).toSorted()).toEqual(claimed.toSorted())
    })
    for (const [name, check] of Object.entries<() => Promise<void>>(checks)) {
      const { from = "0" } = claims[name] ?? {}
      if (Number(version.split(".", 1)[0]) >= Number(from)) it(name, check)
    }
  })
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, describe, expect, it } from "vitest"
import { unstable_getVarsForDev } from "wrangler"
import { localDefaults, parseDevVars } from "../../scripts/dev-vars.ts"

describe("localDefaults", () => {
  it("gives the local key and the preview where nothing is set", () => {
    expect(localDefaults({})).toEqual({
      vars: { API_KEY: "sk-local", FLUX_BACKEND: "preview" },
      key: "default",
      backend: "preview",
      missing: undefined
    })
  })

  it.each(["API_KEY", "API_KEYS"] as const)("gives no key beside %s", (name) => {
    const { vars, key } = localDefaults({ [name]: "me:sk-mine" })
    expect(vars).toEqual({ FLUX_BACKEND: "preview" })
    expect(key).toBe(name)
  })

  it("gives no backend where both credentials are set", () => {
    const { vars, backend } = localDefaults({ CF_ACCOUNT_ID: "account", CF_API_TOKEN: "token" })
    expect(vars).toEqual({ API_KEY: "sk-local" })
    expect(backend).toBe("rest")
  })

  it.each([
    ["CF_ACCOUNT_ID", "CF_API_TOKEN"],
    ["CF_API_TOKEN", "CF_ACCOUNT_ID"]
  ])("gives the preview where only %s is set, and names %s", (set, missing) => {
    const defaults = localDefaults({ [set]: "value", [missing]: "" })
    expect(defaults.vars).toMatchObject({ FLUX_BACKEND: "preview" })
    expect(defaults.missing).toBe(missing)
  })

  it.each(["auto", "rest", "binding", "preview"])("leaves FLUX_BACKEND=%s as it is", (chosen) => {
    const { vars, backend } = localDefaults({ FLUX_BACKEND: chosen })
    expect(vars).not.toHaveProperty("FLUX_BACKEND")
    expect(backend).toBe("chosen")
  })

  it("counts an empty setting as unset", () => {
    const empty = { API_KEY: "", API_KEYS: "", FLUX_BACKEND: "", CF_ACCOUNT_ID: "", CF_API_TOKEN: "" }
    expect(localDefaults(empty)).toEqual(localDefaults({}))
  })

  it("never replaces a setting and never repeats a value", () => {
    const name = fc.constantFrom("API_KEY", "API_KEYS", "CF_ACCOUNT_ID", "CF_API_TOKEN", "FLUX_BACKEND")
    fc.assert(
      fc.property(fc.dictionary(name, fc.stringMatching(/^value-\w+$/)), (settings) => {
        const { vars } = localDefaults(settings)
        for (const [given, value] of Object.entries(vars)) {
          expect(settings).not.toHaveProperty(given)
          expect(Object.values(settings)).not.toContain(value)
        }
      })
    )
  })
})

describe("parseDevVars", () => {
  const folder = mkdtempSync(join(tmpdir(), "dev-vars-"))
  afterAll(() => rmSync(folder, { recursive: true }))

  const asWrangler = (text: string): Record<string, unknown> => {
    writeFileSync(join(folder, ".dev.vars"), text)
    const vars = unstable_getVarsForDev(join(folder, "wrangler.toml"), undefined, {}, undefined, true)
    return Object.fromEntries(Object.entries(vars).map(([name, { value }]) => [name, value]))
  }

  it("does not take the next line for an empty value", () => {
    expect(parseDevVars("API_KEY= \nCF_API_TOKEN=token")).toEqual({ API_KEY: "", CF_API_TOKEN: "token" })
  })

  it("reads any file as wrangler reads it", () => {
    const piece = fc.constantFrom(
      ..."A B_1 = : # ' \" ` \\n \\r $A {B} export sk-key".split(" "),
      " ",
      "\n",
      "\r\n",
      "\r",
      "\t",
      "A=",
      "\nB=",
      "\uFEFF"
    )
    const file = fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(""))
    fc.assert(
      fc.property(file, (text) => {
        expect(parseDevVars(text)).toEqual(asWrangler(text))
      }),
      { numRuns: 500 }
    )
  })
})

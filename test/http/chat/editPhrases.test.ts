import { describe, expect, it } from "vitest"
import { defaultEditPhrases } from "../../../src/http/chat/editPhrases.ts"

describe("defaultEditPhrases", () => {
  it("are in lower case, for what is compared with them is", () => {
    expect(defaultEditPhrases.length).toBeGreaterThan(0)
    expect(defaultEditPhrases).toEqual(defaultEditPhrases.map((phrase) => phrase.toLowerCase()))
  })
})

import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cleanOptimizedPrompt, isRefusal, shorten } from "../../../src/services/promptOptimizer/OptimizedPrompt.ts"

const clean = (answer: string) => cleanOptimizedPrompt(answer, 2048)

describe("cleanOptimizedPrompt", () => {
  it.each([
    ["A cute cat", "as it is"],
    ["  A cute cat \n", "with space around it"],
    ["A\ncute\t  cat", "over several lines"],
    ["<think>The user wants a cat.</think>\n\nA cute cat", "after a reasoning block"],
    ["<THINKING>\nHm.\n</THINKING>A cute cat", "after one in capitals"],
    ["<reasoning>x</reasoning><thought>y</thought>A cute cat", "after two"],
    ["The user wants a cat.\n</think>\nA cute cat", "after a block that the template opened"],
    ["A cute cat<think>Was that good?", "before a block that never ends"],
    ["```\nA cute cat\n```", "in a code fence"],
    ["```text\nA cute cat\n```", "in a code fence with a language"],
    ["```\r\nA cute cat\r\n```", "in a code fence with the line ends of Windows"],
    ["```A cute cat```", "in a code fence on one line"],
    ["Prompt: A cute cat", "after a label"],
    ["**Prompt:** A cute cat", "after a label in bold"],
    ["**Optimized Prompt**: A cute cat", "after a longer label in bold"],
    ["Here is the optimised prompt:\n\nA cute cat", "after a sentence that is a label"],
    ["Final image prompt：A cute cat", "after a label with the full-width colon"],
    ["prompt: Prompt: A cute cat", "after two labels"],
    ['"A cute cat"', "in quotes"],
    ["'A cute cat'", "in single quotes"],
    ["“A cute cat”", "in English quotes"],
    ["„A cute cat“", "in German quotes"],
    ["«A cute cat»", "in French quotes"],
    ["「A cute cat」", "in Japanese quotes"],
    ["`A cute cat`", "in backticks"],
    ['<think>x</think>```\n**Prompt:** "A cute cat"\n```', "in all of it"]
  ])("finds the prompt in %j, %s", (answer) => {
    expect(clean(answer)).toBe("A cute cat")
  })

  it.each(["", "  \n ", "<think>Only thoughts", "<think>x</think>", '""', "```\n```", "Prompt:"])(
    "leaves nothing of %j",
    (answer) => {
      expect(clean(answer)).toBe("")
    }
  )

  it.each([
    '"Open" and "closed" signs, "neon"',
    'A sign that says "OPEN"',
    "'Tis a cat's life",
    "```A cat``` and ```a dog```",
    "A prompt: the theatre's prompter in his box",
    "A thinker <b>thinking</b>",
    "5 > 3 on a blackboard"
  ])("leaves %j as it is", (prompt) => {
    expect(clean(prompt)).toBe(prompt)
  })

  const wrappings: ReadonlyArray<(prompt: string) => string> = [
    (prompt) => `\`\`\`text\n${prompt}\n\`\`\``,
    (prompt) => `Improved prompt: ${prompt}`,
    (prompt) => `"${prompt}"`,
    (prompt) => `\n ${prompt}\n`
  ]
  const plain = fc
    .array(fc.stringMatching(/^[a-z猫é]{1,9}$/), { minLength: 1, maxLength: 20 })
    .map((words) => `A ${words.join(" ")}.`)

  it("unwraps any prompt, however it was wrapped", () => {
    fc.assert(
      fc.property(plain, fc.shuffledSubarray([...wrappings]), fc.boolean(), (prompt, wraps, thinks) => {
        const wrapped = wraps.reduce((text, wrap) => wrap(text), prompt)
        expect(clean(`${thinks ? "<think>Hm.</think>" : ""}${wrapped}`)).toBe(prompt)
      })
    )
  })

  it("gives one line within the limit, whatever the answer", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 50 }), (answer, limit) => {
        const prompt = cleanOptimizedPrompt(answer, limit)
        expect(prompt.length).toBeLessThanOrEqual(limit)
        expect(prompt).not.toMatch(/[\n\r\t]|^\s|\s$/)
      })
    )
  })

  const long = 100_000
  it.each([
    ["spaces after a label", `prompt${" ".repeat(long)}x`],
    ["labels", "prompt: ".repeat(long / 8)],
    ["words of a label", "final ".repeat(long / 6)],
    ["quotes", '"'.repeat(long)],
    ["fences", "```\n".repeat(long / 4)],
    ["opened blocks", "<think>".repeat(long / 7)],
    ["closed blocks", "</think>".repeat(long / 8)],
    ["angles", "<".repeat(long)]
  ])("reads a long answer at once: %s", (_, answer) => {
    const started = performance.now()
    clean(answer)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe("isRefusal", () => {
  it.each([
    "I'm sorry, but I can't help with that.",
    "I’m sorry, I can’t assist with this request.",
    "Im sorry",
    "I am sorry, that goes too far.",
    "Sorry, no.",
    "I apologize, but this is against the rules.",
    "I apologise for that.",
    "I can't create that image.",
    "I can’t help with that.",
    "I cannot assist with that.",
    "I can not produce this.",
    "I won't write that.",
    "I am unable to provide this.",
    "I'm unable to generate this.",
    "I’m unable to help with that.",
    "As an AI, I do not draw that.",
    "as an AI language model I must decline"
  ])("%s", (answer) => {
    expect(isRefusal(answer)).toBe(true)
  })

  it.each([
    "A sorry-looking dog in the rain",
    "Sorry board game on a table",
    "A robot that says: I'm sorry, I can't do that",
    "I can see a cat on the roof, watercolour",
    "I can't believe it is not butter, billboard, 1980s",
    "As an airship lands, a crowd cheers",
    "Imsorry, the name of a shop, neon",
    ""
  ])("is not: %j", (answer) => {
    expect(isRefusal(answer)).toBe(false)
  })
})

describe("shorten", () => {
  it.each([
    ["one two three", 13, "one two three"],
    ["one two three", 8, "one two"],
    ["abcdefghij klm", 12, "abcdefghij"],
    ["a bcdefghijklm", 10, "a bcdefghi"],
    ["abcdefghijklm", 5, "abcde"],
    ["abcd😀efgh", 5, "abcd"],
    ["abcd😀efgh", 6, "abcd😀"]
  ])("%j to %i", (text, limit, short) => {
    expect(shorten(text, limit)).toBe(short)
  })

  it("gives the beginning of any text, within the limit and with no character halved", () => {
    const anyText = fc
      .array(fc.constantFrom("a", "cat", " ", "é", "猫", "😀", "👩‍💻"), { maxLength: 30 })
      .map((parts) => parts.join(""))
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, limit) => {
        const short = shorten(text, limit)
        expect(text.startsWith(short)).toBe(true)
        expect(short.length).toBeLessThanOrEqual(limit)
        expect(short.isWellFormed()).toBe(true)
        if (text.length <= limit) expect(short).toBe(text)
      })
    )
  })
})

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
    ["angles", "<".repeat(long)],
    ["channels", "<|channel|>analysis".repeat(long / 19)],
    ["options", "1. a\n".repeat(long / 5)],
    ["conclusions", `okay, the user ${"\nfinal prompt:".repeat(long / 14)}`],
    ["details", "<details ".repeat(long / 9)],
    ["flags", " --v 6".repeat(long / 6)],
    ["JSON", '{"'.repeat(long / 2)],
    ["line ends", "\n".repeat(long)]
  ])("reads a long answer at once: %s", (_, answer) => {
    const started = performance.now()
    clean(answer)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe("what chat models put around a prompt", () => {
  const prompt = "A fluffy cat at dawn, soft light."

  it.each([
    `### Optimized Prompt\n\n${prompt}`,
    `**Optimized Prompt**\n\n${prompt}`,
    `Sure! Here is the optimized prompt:\n\n${prompt}\n\nLet me know if you'd like any changes!`,
    `Sure! Here's an improved prompt for Flux: ${prompt}`,
    `Sure!\n\n${prompt}`,
    `Certainly! Here is your prompt:\n> ${prompt}`,
    `Here is the prompt:\n\n\`\`\`\n${prompt}\n\`\`\`\n\nThis prompt adds light.`,
    `Here you go:\n\n---\n\n${prompt}\n\n---\n\nEnjoy!`,
    `Improved prompt:\n${prompt}\n\n**Explanation:** I added light.`,
    `${prompt}\n\n---\n\nNote: Flux likes this.`,
    `${prompt} Let me know if you want changes.`,
    `Answer: ${prompt}`,
    `Assistant: ${prompt}`,
    `Positive prompt: ${prompt}\n\nNegative prompt: bad`,
    `好的，这是优化后的提示词：\n\n${prompt}\n\n希望您喜欢！`,
    `优化后的提示词：${prompt}`,
    `這是優化後的提示詞：\n${prompt}`,
    `プロンプト：${prompt}`,
    `こちらが最適化されたプロンプトです：\n\n「${prompt}」\n\nご希望があればお知らせください。`,
    `Hier ist der optimierte Prompt:\n\n"${prompt}"\n\nSag mir Bescheid, wenn du etwas ändern möchtest.`,
    `Bien sûr ! Voici le prompt :\n\n« ${prompt} »\n\nN'hésitez pas à me demander.`,
    `¡Claro! Aquí tienes el prompt:\n${prompt}`,
    `Конечно! Вот улучшенный промпт:\n\n${prompt}\n\nДайте знать, если нужно иначе.`
  ])("talk is taken off %j", (answer) => {
    expect(clean(answer)).toBe(prompt)
  })

  it.each([
    `[THINK]They want a cat.[/THINK]${prompt}`,
    `They want a cat.[/THINK]\n${prompt}`,
    `◁think▷They want a cat.◁/think▷${prompt}`,
    `<|channel|>analysis<|message|>A cat.<|end|><|start|>assistant<|channel|>final<|message|>${prompt}<|return|>`,
    `analysisThey want a cat.assistantfinal${prompt}`,
    `<|begin_of_thought|>A cat.<|end_of_thought|><|begin_of_solution|>${prompt}<|end_of_solution|>`,
    `<unused94>thought\nA cat.<unused95>${prompt}`,
    `<details type="reasoning" done="true">A cat.</details>\n${prompt}`,
    `<thought>A cat.</thought>\n<prompt>\n${prompt}\n</prompt>`,
    `<think>I must close </think> it.</think>${prompt}`,
    `Thinking: They want a cat.\n\nPrompt: ${prompt}`,
    `**Thinking Process:**\n1. cat\n2. dog\n\n**Final Prompt:** ${prompt}`,
    `Okay, the user wants a cat. A prompt: short?\n\nFinal prompt: "${prompt}"`,
    `思考过程：用户想要猫。\n\n最终提示词：${prompt}`,
    `${prompt}<|im_end|>`,
    `${prompt}</s>`
  ])("thoughts and marks of a template are taken off %j", (answer) => {
    expect(clean(answer)).toBe(prompt)
  })

  it.each([
    `{"prompt": "${prompt}"}`,
    `\`\`\`json\n{"prompt": "${prompt}"}\n\`\`\``,
    `Here is the JSON:\n{"prompt":"${prompt}","negative_prompt":"blurry"}`,
    `{"result":{"optimized_prompt":"${prompt}"}}`,
    `{"original_prompt":"a cat","enhanced_prompt":"${prompt}","steps":4}`,
    `["${prompt}"]`,
    `{"text":"${prompt}"}`
  ])("a prompt in JSON is found: %j", (answer) => {
    expect(clean(answer)).toBe(prompt)
  })

  it.each([
    "--ar 16:9 --v 6",
    "--v 6.1 --style raw --no text, watermark",
    "—ar 3:2 —v 6",
    "--niji 6 --stylize 250 --seed 42",
    "\nNegative prompt: blurry, ugly",
    "\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7",
    "<lora:detail:0.8>",
    "Aspect ratio: 16:9.",
    "16:9"
  ])("what only other programs understand is taken off: %s", (end) => {
    expect(clean(`${prompt} ${end}`)).toBe(prompt)
  })

  it.each([
    "Okay, the user wants a cat. Let me think about it.",
    "We need to write a prompt about a cat.",
    "[THINK]A cat",
    "◁think▷A cat",
    "<|channel|>analysis<|message|>A cat",
    "<unused94>thought A cat",
    "Option 1: A cat.\nOption 2: A dog.",
    "1. A cat on a mat\n2. A dog",
    "**Version 1:** A cat\n\n**Version 2:** A dog",
    '{"scene":"x","style":"y"}',
    '{"prompt":',
    '{"prompt": "x", "flux_prompt": "y"}',
    '["a", "b"]',
    "Could you please provide more details?",
    "What kind of cat would you like?",
    "请提供更多细节。",
    "Sure! Here is the optimized prompt:"
  ])("nothing is taken of %j, where no prompt is certain", (answer) => {
    expect(clean(answer)).toBe("")
  })

  it.each([
    "Great white sharks swim in the deep. Light falls.",
    "Here is where the river ends, a watercolor",
    "This is a quiet street in Kyoto, at night.",
    "Of course, the dog sleeps",
    "A cat — no clouds — at dawn",
    "A clock that says 3:2",
    "Thoughts of a whale, surreal",
    "Well of souls, fantasy art",
    "The user interface of a spaceship",
    'A poster with the text "Prompt: now"',
    "I hope you dance, lettering on a wall",
    "A room with doors 1. and 2."
  ])("a prompt that looks like talk is left: %j", (answer) => {
    expect(clean(answer)).toBe(answer)
  })
})

describe("isRefusal", () => {
  it.each([
    "<think>No.</think>I'm sorry, but I can't help with that.",
    "I'm really sorry, no.",
    "Unfortunately, I can't do that.",
    "抱歉，我无法协助。",
    "對不起，我不能提供。",
    "申し訳ありませんが、できません。",
    "Lo siento, no puedo ayudar con eso.",
    "Désolé, je ne peux pas.",
    "Es tut mir leid, das geht nicht.",
    "Извините, я не могу."
  ])("in any language: %s", (answer) => {
    expect(isRefusal(answer)).toBe(true)
  })

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

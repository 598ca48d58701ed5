import * as Result from "effect/Result"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parsePrompt } from "../../../src/domain/PromptText.ts"

const parsed = (text: string) => Result.getOrThrow(parsePrompt(text))
const wide = { width: 1024, height: 576 }

/** A prompt and what people put after it, for a picture of 1024x576. */
const endings: Readonly<Record<string, readonly [prompt: string, ends: ReadonlyArray<string>]>> = {
  "the end of a sentence": [
    "a cat",
    [" 16:9.", " 16:9!", " 16:9。", " 16:9?!", " 16:9…", " 16:9;", "，16:9。", ", 16:9,", " 16:9 .", " 16:9 :)"]
  ],
  "brackets and marks": [
    "a cat",
    [
      " (16:9)",
      " （16:9）",
      " [16:9]",
      " {16:9}",
      " <16:9>",
      " `16:9`",
      " **16:9**",
      " _16:9_",
      ' "16:9"',
      " '16:9'",
      " “16:9”",
      " „16:9“",
      " «16:9»",
      " « 16:9 »",
      " »16:9«",
      " ‹16:9›",
      "「16:9」",
      "『16:9』",
      "【16:9】",
      "〔16:9〕",
      "《16:9》",
      " (**16:9**).",
      " (16:9",
      "（16：9）。"
    ]
  ],
  "blanks and other colons": [
    "a cat",
    [" 16 : 9", " 16: 9", " 16 :9", " １６：９", " 16∶9", " 16ː9", " 16꞉9", "\u00a016:9"]
  ],
  "other spellings": [
    "a cat",
    [" 16x9", " 16×9", " 16X9", " 16 by 9", ", ratio 16 to 9", ", ratio 16/9", ", format 32:18"]
  ],
  "what nobody sees": [
    "a cat",
    [" 16:9\u200b", "\u200b16:9\u200f", " \u206616:9\u2069", " 16\ufe0f:9\ufe0f", " 16:9\ufeff", " 1\u00ad6:9", " 1️⃣6️⃣:9️⃣"]
  ],
  emoji: ["a cat", [" 16:9 🙏", " 16:9👍🏽!", " 16:9 🇩🇪", " 16:9 ❤️‍🔥", " 16:9 🙏🙏🙏"]],
  "separators before it": [
    "a cat",
    [" - 16:9", " – 16:9", "—16:9", " | 16:9", "; 16:9", ": 16:9", " · 16:9", "\n* 16:9", " @ 16:9"]
  ],
  "a label in English": [
    "a cat",
    [
      " aspect ratio 16:9",
      ", aspect ratio: 16:9",
      ", aspect-ratio 16:9",
      " (aspect ratio 16:9)",
      ", Aspect Ratio: 16:9.",
      "\n\n**Aspect ratio:** 16:9",
      "\n- Aspect ratio: 16:9",
      " ratio 16:9",
      " format 16:9",
      ", size: 16:9",
      ", ratio=16:9",
      " AR 16:9",
      " ar:16:9",
      " in 16:9",
      " in a 16:9",
      " with 16:9",
      " (in 16:9)",
      " with an aspect ratio of 16:9",
      " in the ratio of 16:9",
      ", the image should be in 16:9",
      ", make it 16:9",
      ", image: 16:9",
      ", widescreen, 16:9",
      ", horizontal 16:9"
    ]
  ],
  "labels in other languages": [
    "猫 gato",
    [
      "，比例 16:9",
      "，比例16:9",
      "，比例：16：9",
      "，比例是16:9",
      " 宽高比 16:9",
      "，长宽比为16:9",
      "，画幅16:9",
      "，用16:9的比例",
      "【比例：16:9】",
      "，橫屏16:9",
      "，寬高比 16:9",
      "，長寬比16:9",
      "、アスペクト比 16:9",
      "、アスペクト比は16:9",
      "、縦横比16:9",
      " ｱｽﾍﾟｸﾄ比16:9",
      ", formato 16:9",
      " en formato 16:9",
      ", relación de aspecto 16:9",
      ", relacion de aspecto: 16:9",
      ", proporción 16:9",
      " en 16:9",
      " au format 16:9",
      ", format 16:9",
      ", ratio d'aspect 16:9",
      ", rapport 16:9",
      ", соотношение сторон 16:9",
      " в формате 16:9",
      " с соотношением сторон 16:9",
      " в 16:9",
      ", Seitenverhältnis 16:9",
      " im Format 16:9",
      " im Querformat 16:9",
      ", Bildformat: 16:9",
      " in 16:9"
    ]
  ],
  "words about the shape after it": [
    "猫 cat",
    [
      " 16:9 please",
      " 16:9, please!",
      " 16:9 format",
      " in 16:9 format",
      " in a 16:9 aspect ratio",
      " at a 16:9 aspect ratio",
      " 16:9 aspect ratio",
      " 16:9 ratio, thanks",
      " 16:9 4k",
      " 16:9, 8K UHD",
      " 16:9 HD, landscape",
      " 16:9 (1920x1080)",
      " 16:9 widescreen",
      " 16:9 landscape orientation",
      " 16:9, high resolution",
      " 16:9横屏",
      "，16:9比例",
      "，16:9的比例",
      "，16:9，横版，高清",
      "，16:9 竖屏，谢谢",
      "，16:9橫屏",
      "，16:9寬螢幕",
      "，16:9的圖片",
      "、16:9の画像で",
      " 16:9でお願いします",
      "、16:9の比率で",
      " 16:9 横長",
      " 16:9, por favor",
      " 16:9 horizontal",
      " en formato 16:9, alta resolución",
      " 16:9 s'il vous plaît",
      " 16:9, paysage",
      " au format 16:9 svp",
      " 16:9, пожалуйста",
      " 16:9 горизонтально",
      " формат 16:9, высокое разрешение",
      " 16:9 bitte",
      " 16:9-Format",
      " im 16:9-Querformat",
      " im Format 16:9, bitte"
    ]
  ],
  "the names of other programs' flags": [
    "a cat",
    [
      " -ar 16:9",
      " /ar 16:9",
      " --aspect 16:9",
      " --ratio 16:9",
      " --aspect-ratio 16:9",
      " --ar16:9",
      " (--ar 16:9)",
      " --ar 16:9 please"
    ]
  ]
}

const rows = Object.entries(endings).flatMap(([kind, [prompt, ends]]) =>
  ends.map((end) => [kind, prompt, end] as const)
)

describe("a ratio", () => {
  it.each(rows)("with %s: %s%s", (_kind, prompt, end) => {
    expect(parsed(`${prompt}${end}`)).toEqual({ prompt, flags: { size: wide } })
  })

  it.each([
    ["a cat (wide 16:9)", "a cat (wide)"],
    ['"a cat 16:9"', '"a cat"'],
    ["**a cat, 16:9**", "**a cat**"],
    ["a ❤️ 16:9", "a ❤️"],
    ["a ❤️\u200b16:9", "a ❤️"],
    ["ｃａｔ　１６：９", "ｃａｔ"],
    ["un café\u0301 16:9", "un café\u0301"],
    ["golden ratio 16:9", "golden ratio"],
    ["a statue, life size 16:9", "a statue, life size"],
    ["oil on canvas 16:9", "oil on canvas"],
    ["a picture frame 16:9", "a picture frame"],
    ["a cat. It is asleep. 16:9.", "a cat. It is asleep."],
    ["a cat. Aspect ratio: 16:9.", "a cat."],
    ["(a cat) 16:9", "(a cat)"]
  ])("takes of %j nothing else with it", (text, prompt) => {
    expect(parsed(text)).toEqual({ prompt, flags: { size: wide } })
  })

  it.each([
    ["a cat, aspect ratio 7:5", 7 / 5],
    ["a cat, ratio 2.35:1", 2.35],
    ["一只猫，比例 3比1", 3],
    ["eine Katze im Format 1:3", 1 / 3],
    ["a cat in 10:7 format", 10 / 7]
  ])("that is called one need not be in the table: %s", (text, ratio) => {
    const { size } = parsed(text).flags
    expect(size && size.width / size.height).toBeCloseTo(ratio, 1)
  })

  it.each([
    "a cat 16:9 on a roof",
    "a 16:9 landscape",
    "A 3:4 portrait",
    "a lego brick 2x3",
    "a spanner 9/16",
    "a cat 7:13",
    "a cat 32:18",
    "https://example.com/a-16:9",
    "a film reel 16:9mm",
    "A 16:9 television in a museum",
    "16:9 and"
  ])("is not seen in %j", (text) => {
    expect(parsed(text)).toEqual({ prompt: text, flags: {} })
  })

  it.each(["(16:9)", "16:9 please", "aspect ratio 16:9.", "比例16:9", "【16:9】", "\u200b16:9🙏"])(
    "alone leaves nothing: %j",
    (text) => {
      expect(parsed(text)).toEqual({ prompt: "", flags: { size: wide } })
    }
  )
})

describe("for any text", () => {
  const word = fc.constantFrom(
    "cat",
    "Haus",
    "кошка",
    "猫",
    "の家",
    "🐈",
    "(old)",
    "“red”",
    "v2",
    "it's",
    "3",
    "café",
    "❤️"
  )
  const plain = fc.array(word, { minLength: 1, maxLength: 8 }).map((parts) => `A ${parts.join(" ")} outside`)
  const ends = fc.constantFrom(
    ...Object.values(endings)
      .flatMap(([, ends]) => ends)
      .filter((end) => /^[ ,，、;\n]/.test(end))
  )

  it("whatever people end it with is taken off, and no more", () => {
    fc.assert(
      fc.property(plain, ends, (prompt, end) => {
        expect(parsed(`${prompt}${end}`)).toEqual({ prompt, flags: { size: wide } })
      })
    )
  })

  it("without a number with a sign in it, nothing changes", () => {
    const text = fc
      .array(fc.oneof(word, fc.constantFrom("format", "比例", "please", "16", "--", "4k", ":", "(", "“")), {
        maxLength: 12
      })
      .map((parts) => parts.join(" ").replace(/\d\s*[:x×/]\s*\d|-- \w|--$/g, ""))
    fc.assert(
      fc.property(text, (text) => {
        expect(parsed(text)).toEqual({ prompt: text.trim(), flags: {} })
      })
    )
  })
})

import { isOpener } from "./marks.ts"
import { phraseBefore, words } from "./words.ts"

/**
 * Words of saying, reading and time, one line a language: a number after them is what the picture shows. Words that are
 * things as well (a show, a clock, "une affiche", "montre") are not here: "a wall clock 3:4" is a clock in that shape.
 */
const saying = words(
  "say, says, said, saying, reads, to read, shows, showing, displays, displaying, displayed, strikes, written, labelled, labeled, titled, score, the score, scored, ended, won, wins, beats, odds, verse, chapter, scale, number, numbers, digits, the text, the words, the time, o'clock",
  "it's, it’s, that's, that’s, time's, at, until, till, since, from, to, by, before, after, around, about, past, is, are, was, were, be, of, equals",
  "说, 说着, 写着, 写有, 写道, 显示, 显示着, 显示为, 读作, 指向, 指着, 时间, 时刻, 比分, 字样, 是, 为, 到, 在, 于",
  "說, 說著, 寫著, 寫有, 顯示, 顯示著, 讀作, 指著, 時間, 時刻, 字樣, 為, 於",
  "は, が, に, を, と, から, まで, スコア, 表示, 時計が",
  "dice, dicen, diciendo, marca, marcan, marcando, muestra, muestran, mostrando, indica, indican, pone, se lee, a las, a la, las, hasta, desde, es, son, resultado, marcador, el texto",
  "dit, disent, disant, indique, indiquent, indiquant, qui affiche, affichant, qui montre, montrant, qui marque, marquant, vers, jusqu'a, jusqu’a, des, est, il est, score, l'inscription, le texte",
  "говорит, показывает, показывают, показывающий, показывающие, показывающая, гласит, написано, надписью, надпись, текстом, читается, счет, счетом, до, после, около",
  "sagt, sagen, zeigt, zeigen, anzeigt, anzeigen, steht, lautet, um, ab, bis, gegen, seit, auf, von, vor, nach, ist, spielstand, ergebnis, aufschrift"
)

/** Names of what is shown: with a colon after them. */
const shown = words(
  "time, clock, score, result, hora, resultado, heure, uhrzeit, zeit, ergebnis, время, счет, 时间, 時間, 比分, 時刻, スコア"
)

/** People read, too, and then nothing is said of a number after that. */
const readings = /\breading$/
const displays =
  // Linear: the end of a prompt that is looked at is bounded.
  /\b(?:\w*clock|\w*watch|\w*board|\w*sign|\w*meter|banner|display|screen|timer|label|plate|dial|poster|neon|text|caption|\w*shirt|jersey|ticket|card|note|gauge|counter|monitor|tv)\b/

/** In Russian "в" is "in" and "at": a time where something goes, comes or begins. */
const russianTime =
  // Linear: the same.
  /(?:отправл|уход|отход|прибы|приход|прилет|вылет|выезж|уезж|начина|начал|встреч|проснул|просыпа)[а-я]*\s+в$/

/** In French, where the accent alone tells "at" from "has". */
const frenchTime = /(?:^|[^\p{L}])à$/iu

/** Books whose verses are quoted like that. They are people's names as well, so a picture *of* one has a shape. */
const book =
  /(?:^|[^\p{L}])(?:John|Matthew|Mark|Luke|Genesis|Exodus|Psalms?|Isaiah|Jeremiah|Ezekiel|Daniel|James|Peter|Corinthians|Ephesians|Revelation|Ecclesiastes|Proverbs|Qur['’]?an|Surah|Sure|Johannes|Matthäus|Markus|Lukas|Mose|Korinther|Offenbarung|Juan|Mateo|Marcos|Lucas|Génesis|Salmos?|Apocalipsis|Jean|Matthieu|Marc|Luc|Genèse|Psaumes?|Apocalypse|Иоанна|Матфея|Марка|Луки|Бытие|Псал(?:ом|тирь)) $|(?:福音|福音书|福音書|诗篇|詩篇|创世记|創世記|ヨハネ|ルカ|マタイ) ?$/u
const likeness =
  // Linear: the same.
  /(?:portrait|photo|picture|painting|drawing|sketch|selfie|statue|bild|porträt|retrato|портрет)\S* (?:of|von|de|d') ?\S+ $/iu

/**
 * Whether a number is what the picture shows rather than its shape, by what stands directly before it: a word of saying,
 * reading or time, or the name of a book ("John 3:4", but not "a portrait of John 3:4" and not "Eine niedliche Katze 3:2":
 * a capital alone says nothing). `before` is that in plain form, `written` as it was written.
 */
export const isStillText = (before: string, written: string): boolean => {
  const end = saidBefore(before)
  if (end === undefined) return false
  const said = before.slice(Math.max(0, end - 80), end)
  const asWritten = written.normalize("NFC")
  return (
    phraseBefore(saying, before, end) !== undefined ||
    (before.slice(end).includes(":") && phraseBefore(shown, before, end) !== undefined) ||
    (readings.test(said) && displays.test(said)) ||
    russianTime.test(said) ||
    frenchTime.test(asWritten.trimEnd()) ||
    (book.test(asWritten) && !likeness.test(asWritten))
  )
}

/** A colon and marks may stand between the word and the number; a comma or a new line begins something else. */
const saidBefore = (before: string): number | undefined => {
  let end = before.length
  while (end > 0) {
    const character = before.charAt(end - 1)
    if (character === "\n") return undefined
    if (!/[\s:=*_`"'~»«”]/.test(character) && !isOpener(character)) return end
    end -= 1
  }
  return end
}

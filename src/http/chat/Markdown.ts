const WORD_JOINER = "\u2060"

const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g

/** Places where two characters are harmless apart and active side by side; a word joiner goes between them. */
// Linear: each of them looks at 43 characters at most.
const SEAMS = new RegExp(
  [
    // An escape or a hard break; also `\(` and `\[`, which NextChat and others turn into mathematics before parsing.
    /(?<=\\)(?=[\p{P}\p{S}]|$)/u,
    // A tag, comment, declaration, instruction or `<https:…>`.
    /(?<=<)(?=[a-z/!?])/iu,
    // A character reference.
    /(?<=&)(?=#?\w{1,40};)/u,
    // The address of a link or an image. Without a definition, which only a line of its own can be, brackets are text.
    /(?<=\])(?=\()/u,
    // Bare addresses. remark-gfm looks for them after escapes are resolved, so a backslash would not stop it.
    /(?<=\/)(?=\/)/u,
    /(?<=www)(?=\.)/iu,
    /(?<=\S)(?=@\S)/u,
    // Some clients put a backslash of their own before `$` and a digit, which would undo ours.
    /(?<=\$)(?=\d)/u
  ]
    .map((seam) => seam.source)
    .join("|"),
  "giu"
)

/**
 * Characters that pair up at any distance, so an unmatched one in the first prompt could pair with one lines below.
 * Code and mathematics close on the next equal run, escaped or not: none may stay open. Emphasis and strikethrough
 * need a closing run, which never follows a space (nor, for `_`, precedes a letter): without those, all others are text.
 */
// Linear: a run begins only once, and gives back one character at most.
const DELIMITERS = /[`$]|(?<![ *])\*+|(?<![ ~])~+|(?<![ _])_+(?![\p{L}\p{N}_])/gu

const oneLine = (text: string): string =>
  text
    .replace(BIDI_CONTROLS, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()

/**
 * Any text as the rest of one markdown line, for example `` `🎨 Original prompt: ${escapeInline(prompt)}` ``: rendered
 * under CommonMark or GFM it reads like the text, in one line, without links, images, HTML, formatting or mathematics.
 *
 * White space and control characters become single spaces, ends are trimmed, and bidirectional embeddings, overrides and
 * isolates are removed, so that the text cannot reorder what follows. Clients also show or store the raw text, hence the
 * least visible means: an invisible word joiner (U+2060) where two characters would be active together (`](`, `<b`,
 * `&lt;`, `//`, `www.`, `a@b`), and a backslash only before code and math marks and before marks that could close
 * emphasis or strikethrough. Ordinary prompts come out unchanged.
 *
 * The text must not start a line: headings, lists and the like are inert only behind a label.
 */
export const escapeInline = (text: string): string =>
  oneLine(text)
    .replace(SEAMS, WORD_JOINER)
    .replace(DELIMITERS, (run) => run.replace(/./g, "\\$&"))

/** `encodeURIComponent` leaves quotes and parentheses alone; their codes have two decimal digits in hexadecimal. */
const percentEncode = (character: string): string =>
  encodeURIComponent(character).replace(/['()]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)

/**
 * A markdown image, `![alt](url)`. The alternative text is brought to one line and loses brackets, angle brackets,
 * backticks, backslashes and dollar signs: any of these can make a client show the whole image as text.
 * `url` is an absolute http(s) address; spaces, controls, parentheses, quotes, angle brackets, backticks and backslashes
 * in it are percent-encoded, the rest is left as it is. Never throws.
 */
export const image = (alt: string, url: string): string =>
  `![${oneLine(alt.replace(/[[\]<>`\\$]/g, " "))}](${url.replace(/[\s\p{Cc}"'()<>`\\]/gu, percentEncode)})`

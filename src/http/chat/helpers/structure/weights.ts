/** What a text shows of whether it is a background request. */
export interface Signals {
  /** It asks for a title, a summary, tags, questions or a language. Without it nothing else counts. */
  readonly asks: boolean
  /** It names the talk that it is about. */
  readonly conversation: boolean
  /** It names a message, as people do in pictures too. */
  readonly message: boolean
  readonly quotesStrongly: boolean
  readonly quotesWeakly: boolean
  /** It says how many words, characters or questions. */
  readonly limit: boolean
  readonly brief: boolean
  /** It forbids quotation marks, explanations or anything beside the answer. */
  readonly nothingElse: boolean
  /** The answer is to go on with. */
  readonly toGoOn: boolean
  /** The answer is to be parsed. */
  readonly parsed: boolean
  /** It makes the model a writer of such texts. */
  readonly writer: boolean
  /** It is a system message after the last one of the user: a program has put it there. */
  readonly note: boolean
  /** Few tokens are asked for. */
  readonly fewTokens: boolean
  /** It asks for it beside something else. */
  readonly beside: boolean
  /** It says what is to be seen. */
  readonly depicting: boolean
  /** It names a picture. */
  readonly picture: boolean
  /** It forbids text, as only pictures do. */
  readonly noText: boolean
  /** It ends in a ratio or flags. */
  readonly flags: boolean
  /** A picture is attached. */
  readonly attached: boolean
}

export const weights: Readonly<Record<keyof Signals, number>> = {
  asks: 3,
  conversation: 2,
  message: 1,
  quotesStrongly: 3,
  quotesWeakly: 1,
  limit: 2,
  brief: 1,
  nothingElse: 2,
  toGoOn: 2,
  parsed: 1,
  writer: 2,
  note: 4,
  fewTokens: 2,
  beside: -8,
  depicting: -12,
  picture: -4,
  noText: -6,
  flags: -12,
  attached: -2
}

/** For each word of a person's line that instructions do not use. */
export const foreignWord = -2

/** From here on it is answered with text. Below it a picture is drawn: a helper's picture is money, a person's text is a loss. */
export const threshold = 7

/** How models begin to talk before they give what was asked for, in the eight languages of this service. */
const greeting =
  /^(?:sure|certainly|of course|absolutely|definitely|okay|ok|great|got it|gladly|happy to|here(?:['’]s| is| are| you go)|below is|this is (?:the|your|an?)|i(?:['’]ve| have| would|['’]d)|your (?:\w+ ){0,2}prompt|好的|当然|當然|没问题|沒問題|以下是|以下是|这是|這是|这里是|為您|为您|はい|もちろん|承知|かしこまりました|以下(?:は|の|が)|こちら|claro|por supuesto|aquí|desde luego|bien sûr|voici|certainement|d['’]accord|hier (?:ist|kommt)|gerne|gern|natürlich|klar|selbstverständlich|конечно|вот|хорошо|разумеется)/i

/** How they talk on after it. */
const farewell =
  /^[*_(>\s—–-]{0,6}(?:let me know|feel free|i hope|hope (?:this|that|it)|would you like|do you want|if you(?:['’]d| would| want| need| like)|is there anything|enjoy|this (?:prompt|version|description|revised|optimi[sz]ed|improved)|the (?:prompt|revised|optimi[sz]ed|improved) |you can (?:also |now )?(?:adjust|modify|change|use|add)|note:|notes:|note that|please note|explanation|key (?:changes|elements|improvements)|changes (?:made|:)|why this works|improvements|tips?:|i(?:['’]ve| have) |希望|如果|如需|需要我|您可以|你可以|注：|注:|说明|說明|解释|这个提示|這個提示|この(?:プロンプト|説明)|ご希望|必要であれば|いかが|お気軽|注意|espero|si (?:quieres|deseas|necesitas)|avísame|nota:|j['’]espère|n['’]hésitez|si vous|souhaitez|ich hoffe|sag(?:en sie)? (?:mir|bescheid)|lass|wenn (?:du|sie)|falls (?:du|sie)|möchte(?:st|n)|hinweis:|надеюсь|если (?:вы|ты|нужно|хот)|дайте знать|примечание)/i

/** A question to the person who asked, in place of a prompt. */
const counterQuestion =
  /^(?:could you|can you|would you|what (?:kind|would|do|is|are|should)|which|please (?:provide|share|tell|describe|give|specify)|do you|how (?:can|may|would)|i(?:['’]d| would) be (?:happy|glad)|i need more|请(?:提供|描述|告诉)|請(?:提供|描述|告訴)|您想|どのような)/i

const longestIntroduction = 300

/**
 * An answer without the talk around the prompt: what introduces it (a first line that ends in a colon, a heading, "Sure!")
 * and what follows it ("Let me know …"). Empty where it is nothing but talk, offers several prompts, or asks something back.
 */
export const withoutTalk = (answer: string): string => {
  const text = unquoteLines(withoutFarewell(withoutIntroduction(answer.trim())))
  if (counterQuestion.test(text) && /[?？.!。]$/.test(text) && text.length < longestIntroduction) return ""
  return offersSeveral(text) ? "" : text
}

const option =
  /^[*_#\s]{0,6}(?:(?:option|version|prompt|variant|variante|opción|вариант)\s{0,2}#?\s?\d|(?:选项|方案|選項)\s?[\d一二三]|\d[.)、])/i

const offersSeveral = (text: string): boolean => text.split("\n").filter((line) => option.test(line)).length > 1

/** What is quoted as in a mail. */
const unquoteLines = (text: string): string =>
  text.startsWith(">") && text.split("\n").every((line) => /^>|^\s*$/.test(line))
    ? text.replace(/^>[ \t]?/gm, "").trim()
    : text

const withoutIntroduction = (text: string): string => {
  const end = text.indexOf("\n")
  const first = (end < 0 ? text : text.slice(0, end)).trim()
  const rest = end < 0 ? "" : text.slice(end).trim()
  if (rest !== "" && first.length <= longestIntroduction) {
    const plain = first.replace(/^[*_#>\s]{0,6}/, "")
    const heading =
      /^#{1,6}\s/.test(first) || /^(?:\*\*|__)[^*_]{1,80}(?:\*\*|__)$/.test(first) || /^-{3,}$/.test(first)
    if (heading || /[:：][*_\s]{0,4}$/.test(first) || isGreeting(plain)) {
      return withoutIntroduction(rest)
    }
  }
  const said = text.slice(0, longestIntroduction)
  const colon = greeting.test(said)
    ? /^[^:：\n]{0,200}?(?:prompt|提示词|提示詞|プロンプト|промпт|version|description)[^:：\n]{0,60}[:：]/i.exec(said)
    : null
  return colon ? withoutIntroduction(text.slice(colon[0].length).trim()) : text
}

/** A line of its own: "Sure!", "Here is your prompt." But "Great white sharks swim." is a prompt. */
const isGreeting = (line: string): boolean =>
  greeting.test(line) &&
  /[.!。！][*_\s]{0,4}$/.test(line) &&
  (/prompt|help|version|提示|プロンプト|промпт/i.test(line) || (line.length <= 30 && /[!！]/.test(line)))

const farewellSentence =
  /[.!?"”。！？]\s{1,3}(?:let me know|feel free to|i hope (?:this|that|you)|hope this helps|would you like me|do you want me|希望这|如果您|如需)/i

const withoutFarewell = (text: string): string => {
  // Linear: where blanks are read in vain, no line break is among them to begin at again.
  const paragraphs = text.split(/\n\s*\n|\n(?=-{3,}\s*$)/)
  const end = paragraphs.findIndex((paragraph, index) => index > 0 && /^(?:-{3,}|\*{3,})?\s*$/.test(paragraph))
  const kept = end < 0 ? paragraphs : paragraphs.slice(0, end)
  const last = kept.findIndex((paragraph, index) => index > 0 && farewell.test(paragraph.trim()))
  const said = (last < 0 ? kept : kept.slice(0, last)).join("\n\n").trim()
  const sentence = farewellSentence.exec(said)
  return sentence ? said.slice(0, sentence.index + 1) : said
}

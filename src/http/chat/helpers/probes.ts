// What programs write to see whether a model answers. None of it is a picture.
const testWords =
  /^(?:ping|pong|test(?:ing)?|test(?:ing)? (?:connection|message|request|1 ?2 ?3|123)|connection test|this is (?:only |just )?a test|health ?check|hi|hii|hey|hello|hello there|hello,? world|hallo|hola|bonjour|ciao|olá|привет|тест|你好|您好|测试|測試|嗨|こんにちは|テスト|안녕|안녕하세요|테스트|ok|okay|yes|y|n|x|a|\.|1|123|1 ?\+ ?1(?: ?=)?|who are you|are you (?:there|ok|online|working)|how are you|hello,? how are you|hi,? how are you|is this working)[.!?。！？…]{0,3}$/iu
const saysAWord =
  /^(?:please )?(?:just |only )?(?:say|reply|respond|answer|return|output|print|write|回复|回覆|回答|返回|说|說)(?: (?:me|back|with|only|just|exactly|one word|the word|a single word|in one word)){0,5}:? {0,2}["'“「]?(?:hi|hello|ok|okay|pong|ping|test|yes|ready|alive|success|done|好|你好)["'”」]?(?: (?:only|and nothing else|if you (?:are|can)[^.]{0,40}))?[.!?。！？]{0,3}$/iu

const fewTokens = 64

/** Whether the only message of a request is a connection test. Without a limit of tokens a greeting may be a picture. */
export const isConnectionTest = (text: string, maxTokens: number | undefined): boolean => {
  if (text.length > 120) return false
  if (/^ping[.!?]?$/i.test(text)) return true
  return maxTokens !== undefined && maxTokens <= fewTokens && (testWords.test(text) || saysAWord.test(text))
}

// Who speaks, at the beginning of a line; bold, bracketed or as a heading too.
const users =
  "(?:user|human|first|latest|last)?[ '’s]{0,3}(?:message|input|query|prompt|request)|user|human|you|me|customer|person|q|question|用户(?:的?第一条)?(?:消息|输入|提问|问题)|用户|用戶|消息|使用者|人类|人類|ユーザー|人間|사용자|유저|usuari[oa]|utilisateur|benutzer|nutzer|anwender|mensch|пользователь|человек|utente"
const models =
  "assistant|ai|bot|model|chatbot|chat ?gpt|gpt|claude|gemini|answer|a|response|助手|助理|模型|机器人|機器人|アシスタント|어시스턴트|도우미|asistente|assistente|assistent|ассистент|бот|нейросеть|ia|ki|system|tool"
const label = new RegExp(
  `^[ \\t>#*_\\-[(]{0,8}(?:(${users})|(${models}))(?: \\d{1,4})?[ \\t*_\\])]{0,4}[:：][*_]{0,2}[ \\t]?|^#{1,6} (?:(${users})|(${models}))[ \\t]*$`,
  "iu"
)

/** A talk that is written out line by line. */
export interface RoleLines {
  /** What stands before the first turn. */
  readonly before: string
  readonly userTurns: ReadonlyArray<string>
  /** The lines of the last turn but its first one: what is asked of the talk may follow without a sign. */
  readonly lastLines: ReadonlyArray<string>
  /** Whether both speak. */
  readonly both: boolean
}

/** Reads `User: …` and `Assistant: …`, in whatever language they are written; `undefined` where the person says nothing. */
export const readRoleLines = (text: string): RoleLines | undefined => {
  const before: Array<string> = []
  const userTurns: Array<Array<string>> = []
  let both = false
  let current: Array<string> | undefined
  let lastLines: Array<string> = []
  for (const line of text.split("\n")) {
    const match = label.exec(line.slice(0, 80))
    if (match) {
      const said = line.slice(match[0].length)
      current = [said]
      lastLines = []
      if (match[1] ?? match[3]) userTurns.push(current)
      else both = true
    } else if (current) {
      current.push(line)
      lastLines.push(line)
    } else {
      before.push(line)
    }
  }
  return userTurns.length === 0
    ? undefined
    : {
        before: before.join("\n"),
        userTurns: userTurns.map((turn) => turn.join("\n").trim()).filter((turn) => turn !== ""),
        lastLines,
        both
      }
}

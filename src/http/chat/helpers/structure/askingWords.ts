import { characters, words } from "./patterns.ts"

/** What can be asked of a conversation, beside a picture. */
export type TextTask = "title" | "summary" | "follow_ups" | "tags" | "queries" | "language"

/** How a language asks for a text. */
export interface Asking {
  /** Verbs that ask for a text. */
  readonly verbs: string
  /** Where the verb stands. */
  readonly order: "before" | "after" | "either"
  /** What is asked for. */
  readonly nouns: Readonly<Record<TextTask, string>>
  /** What asks by itself. */
  readonly phrases?: Partial<Readonly<Record<TextTask, string>>>
}

// What only begins like a title, a name or a summary, and is a thing that one can see.
const noThing =
  "(?![ -]?(?:page|card|screen|sequence|slide|bar|plate|tag|image|picture|art|design|logo|font|block|banner|badge|box|track|board|sheet|wall)s?_)"

export const english: Asking = {
  verbs: words([
    "generat(?:e|es|ing)_|creat(?:e|es|ing)_|writ(?:e|es|ing)_|giv(?:e|ing)_|provid(?:e|es|ing)_",
    "suggest(?:s|ing)?_|mak(?:e|ing)_|produc(?:e|es|ing)_|com(?:e|ing) up with|craft(?:s|ing)?_",
    "compos(?:e|ing)_|devis(?:e|ing)_|propos(?:e|ing)_|choos(?:e|ing)_|pick_|find_|think of",
    "formulat(?:e|ing)_|assign_|summari[sz](?:e|es|ing)_|condens(?:e|ing)_|extract(?:s|ing)?_|identify_",
    "identifies_|list_|predict(?:s|ing)?_|determin(?:e|es|ing)_|detect(?:s|ing)?_|return_|output_",
    "rephras(?:e|es|ing)_|rewrit(?:e|es|ing)_|reformulat(?:e|es|ing)_|categori[sz](?:e|ing)_|invent_",
    "derive_|set_|infer_|respond with|reply with|answer with|draft_|tell_"
  ]),
  order: "before",
  nouns: {
    title: words([
      `titles?_${noThing}`,
      `(?:chat|thread|session)[- ]?names?_${noThing}`,
      `name_(?! of (?:the|its|a|each|every)_)${noThing}`,
      "topic_|headline_|subject line_"
    ]),
    summary: words([`summar(?:y|ies)_${noThing}`, "recap_|synopsis_|tl;?dr_|gist_"]),
    follow_ups: words([
      "follow[- ]?ups?_",
      "(?:next|related|suggested|relevant|likely|possible|short|brief) (?:\\p{L}+ ){0,2}questions?_",
      "questions? [^.!?]{0,40}(?:user|human|person|they|i) (?:might|would|could|may|can|will|is likely)"
    ]),
    tags: words(["tags?_|key-?words?_|key ?phrases?_|hash-?tags?_|categor(?:y|ies)_"]),
    queries: words([
      "(?:web |internet )?search (?:quer(?:y|ies)|terms?)_|quer(?:y|ies)_",
      "stand-?alone (?:question|query|search)_"
    ]),
    language: words(["language_ ?(?!of the (?:answer|reply|response))"])
  },
  phrases: {
    title: words([
      "(?:re)?(?:name|title) (?:this|the|our|my|a|following) (?:\\p{L}+ )?(?:chat|conversation|thread|discussion|dialogue|session)_",
      "(?:title|topic|thread[- ]name|conversation[- ]name|chat[- ]name)[- ](?:generator|writer|creator|maker)_",
      "what (?:is|would be) (?:the|a) (?:\\p{L}+ ){0,3}(?:title|topic|subject)_"
    ]),
    summary: words([
      "summari[sz](?:e|es|ing)_|sum (?:it|this|that|everything|all) up|sum up (?:the|this|our|what)",
      "(?:conversation|chat|dialogue|history) summari[sz]er_",
      "(?:condens|compact|compress|recap)(?:e|s|ing)? (?:this|the|our|your|all) (?:\\p{L}+ ){0,2}(?:chat|conversation|context|history|dialogue|discussion|messages)_"
    ]),
    follow_ups: words([
      "questions? (?:that )?(?:the )?(?:user|human|person|i|they) (?:might|would|could|may) (?:\\p{L}+ ){0,2}ask"
    ]),
    tags: words([
      "(?:categori[sz]e|classify|tag|label) (?:this|the|following|our) (?:\\p{L}+ )?(?:chat|conversation|message|discussion|dialogue)_"
    ]),
    language: words(["(?:what|which) language_|language (?:detector|identifier|detection)_"])
  }
}

export const chinese: Asking = {
  verbs: characters([
    "生成|总结|總結|概括|起一?个?|起一?個?|取一?个?|取一?個?|给出|給出|拟|擬|创建|建立|返回|提炼|提煉|提取|归纳|歸納|输出|輸出|命名|提供|建议|建議|预测|預測|列出|写",
    "寫|判断|判斷|识别|識別|检测|檢測|改写|改寫|想|推荐|推薦|撰写|撰寫|作为|作為"
  ]),
  order: "either",
  nouns: {
    title: characters(["标题|標題|题目|題目|主题|主題|话题|話題|名称|名稱|名字"]).concat("(?![页頁图圖画畫栏欄卡])"),
    summary: characters(["摘要|总结|總結|概要|小结|小結|纪要|紀要"]),
    follow_ups: characters([
      "后续问题|後續問題|追问|追問|跟进问题|(?:可能|接下来|接下來|想要?|会|會)[^。！？]{0,8}(?:提问|提問|问的|問的|问题|問題)|相关问题|相關問題|建议问题|建議問題",
      "推荐问题|推薦問題"
    ]),
    tags: characters(["标签|標籤|关键词|關鍵詞|关键字|關鍵字"]),
    queries: characters([
      "搜索词|搜尋詞|检索词|檢索詞|搜索查询|搜尋查詢|查询语句|查詢語句|独立问题|獨立問題|独立的问题"
    ]),
    language: characters(["语言|語言|语种|語種"])
  },
  phrases: {
    title: characters(["(?:对话|對話|会话|會話|聊天)(?:重新)?命名|为[^。！？\\n]{0,12}命名|標題生成|标题生成"]),
    summary: characters([
      "(?:总结|總結|概括|压缩|壓縮|归纳|歸納|概述)[^。！？]{0,16}(?:对话|對話|会话|會話|聊天|历史|歷史|内容|內容|讨论|討論)",
      "将[^。！？]{0,16}(?:对话|聊天|历史)[^。！？]{0,12}(?:总结|概括|压缩)"
    ]),
    language: characters(["(?:什么|什麼|哪种|哪種|何种|何種)(?:语言|語言|语种|語種)"])
  }
}

export const japanese: Asking = {
  verbs: characters([
    "生成|作成|作っ|つけ|付け|考え|出力|返し|返す|要約|まとめ|提案|抽出|予測|挙げ|決め|判定|検出|特定|書き換え|教え|命名|書い|表現"
  ]),
  order: "after",
  nouns: {
    title: characters(["タイトル|題名|件名|名前|トピック|テーマ|見出し"]).concat("(?!画面|ページ|画像|カード|ロゴ)"),
    summary: characters(["要約|サマリー?|概要|まとめ"]),
    follow_ups: characters([
      "フォローアップ|(?:次|続き|関連|追加)[^。！？]{0,10}質問|質問[^。！？]{0,6}(?:候補|案|例)"
    ]),
    tags: characters(["タグ|キーワード"]),
    queries: characters(["検索クエリ|検索語|クエリ|検索ワード"]),
    language: characters(["言語"])
  },
  phrases: {
    summary: characters(["(?:会話|対話|やりとり|やり取り|チャット|履歴|内容)[^。！？]{0,14}(?:要約|まとめ)"]),
    language: characters(["何語|どの言語"])
  }
}

export const korean: Asking = {
  verbs: characters([
    "생성|작성|만들|지어|정해|출력|반환|요약|제안|추출|예측|나열|추천|붙여|판별|감지|알려|표현|써\\s?줘|정리"
  ]),
  order: "after",
  nouns: {
    title: characters(["제목|주제|이름|토픽"]).concat("(?! ?(?:페이지|화면|카드|이미지))"),
    summary: characters(["요약"]),
    follow_ups: characters(["후속\\s?질문|(?:다음|관련|추천|이어질)[^.!?]{0,8}질문"]),
    tags: characters(["태그|키워드|핵심어"]),
    queries: characters(["검색어|검색\\s?쿼리|질의"]),
    language: characters(["언어"])
  },
  phrases: { summary: characters(["(?:대화|채팅|내용|기록)[^.!?]{0,12}(?:요약|정리)"]) }
}

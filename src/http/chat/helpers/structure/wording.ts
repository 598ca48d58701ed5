import { anyOf, characters, words } from "./patterns.ts"

/** The talk between a person and a model. */
export const conversation = anyOf([
  words([
    "conversations?_(?! ?(?:piece|scene|bubble|pit))|chats?_(?! ?-?(?:app|show|window|bubble|game|bot|room|board|icon|logo|interface|ui_|client|page))|dialog(?:ue)?s?_|discussions?_|thread_(?! of (?!messages|conversation))",
    "session_|transcript_|chat ?history|(?:story|everything|roleplay) so far|messages (?:above|so far)",
    "interaction_"
  ]),
  characters(["对话|對話|会话|會話|聊天|讨论|討論|会話|対話|チャット|やりとり|やり取り|대화|채팅"]),
  words(["conversaci[oó]n|charla_|diálogo|conversa_|bate-papo|discussão"]),
  words(["échanges?_|dialogue_|conversazion|dialogo_"]),
  words(["gespräch|unterhaltung|konversation|chatverlauf|dialogs?_|gesprächsverlauf|verlauf_", "diskussion"]),
  words(["бесед|диалог|чат[ае]?_|разговор|переписк"])
])

/** What a person has written to a model. */
export const message = anyOf([
  words([
    "(?:user|human|customer)(?:['’]s)? (?:\\p{L}+ )?(?:messages?|input|query|question|request|prompt|text)_",
    "(?:following|first|initial|opening|given|latest|last|this|below) (?:\\p{L}+ )?(?:messages?|input|query|question|request|prompt|text)_",
    "(?:here is|here's) the (?:message|text|input|prompt|question)_|first message|what the user"
  ]),
  characters([
    "用户[^。！？\\n]{0,8}(?:消息|输入|提问|问题|内容|说)|用戶[^。！？\\n]{0,8}(?:訊息|輸入|提問|問題|內容)",
    "使用者[^。！？\\n]{0,8}(?:訊息|輸入|提問|問題)|(?:以下|下面|上面|上述)的?(?:内容|內容|消息|訊息|文本|文字|问题|問題)",
    "ユーザー[^。！？\\n]{0,8}(?:入力|メッセージ|質問|発言)|(?:以下|次)の(?:メッセージ|文|内容|質問|文章)",
    "사용자[^.!?\\n]{0,8}(?:메시지|입력|질문|요청)|다음\\s?(?:메시지|내용|글|질문)"
  ]),
  words([
    "(?:mensaje|texto|pregunta)s? (?:del usuario|siguiente|anterior)|primer mensaje",
    "(?:mensagem|texto|pergunta) (?:do usuário|do utilizador|seguinte)|primeira mensagem"
  ]),
  words([
    "(?:message|texte|question|requête) (?:de l['’]utilisateur|suivant)|premier message",
    "messaggio (?:dell['’]utente|seguente)|primo messaggio"
  ]),
  words([
    "(?:nachricht|eingabe|frage|anfrage)n? (?:des|der|vom) (?:benutzer|nutzer|anwender|user)",
    "(?:folgende|erste|letzte)[rnsm]? (?:nachricht|eingabe|frage|anfrage|text)",
    "(?:benutzer|nutzer)(?:nachricht|eingabe|frage|anfrage)"
  ]),
  words([
    "(?:сообщени|вопрос|запрос|текст)\\p{L}* пользовател",
    "(?:следующ|перв|последн)\\p{L}* (?:сообщени|вопрос|запрос|текст)"
  ])
])

const numeral =
  "(?:\\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|dos|tres|cuatro|cinco|seis|siete|ocho|diez|deux|trois|quatre|cinq|six|sept|huit|dix|zwei|drei|vier|fünf|sechs|sieben|acht|zehn|двух|трёх|трех|четырёх|четырех|пяти|шести|семи|восьми|десяти|três|quatro|sete|oito|dez|tre|quattro|cinque|sei|otto|dieci)"

/** How much may be written. */
export const limit = anyOf([
  words([
    `${numeral}(?:\\s?(?:-|–|—|to|or|~|a|o|à|ou|bis|oder|до|или|e|и|und|y|et)\\s?${numeral})?[\\s-]{1,2}(?:\\p{L}+[\\s-]){0,2}?(?:words?_|characters?_|chars?_|tokens?_|sentences?_|tags?_|keywords?_|questions?_|palabras?_|caracteres_|mots?_|caractères?_|wörter|worte?n?_|zeichen_|sätze|слов|символ|знак|palavras?_|parole_|caratteri_|frases?_|phrases?_|предложени)`
  ]),
  words([
    "(?:at most|no more than|not more than|up to|maximum of|maximum|max\\.?|under|fewer than|less than|limit(?:ed)? to|within|below|≤|shorter than)\\s?[^.!?\\n]{0,14}\\d{1,4}",
    `${numeral}[- ](?:words?|characters?)[- ]or[- ](?:less|fewer)`,
    `${numeral}-words?_`,
    "(?:máximo|menos de|no más de|hasta|moins de|au plus|maximum de|höchstens|maximal|max\\.?|nicht mehr als|unter|не более|не больше|до|максимум|no máximo|até|menos que|massimo|al massimo)\\s(?:de |di |von )?(?:\\d{1,4}|" +
      numeral +
      ")"
  ]),
  "≤ ?\\d{1,4}",
  characters([
    "[\\d一二三四五六七八九十两兩百]{1,4}(?:[到至~\\-–][\\d一二三四五六七八九十两兩]{1,4})?\\s?[个個]?\\s?(?:汉字|漢字|中文字|字符|字元|单词|單詞|字|词|詞|文字|語以内|単語)(?!幕|体|體|母)",
    "\\d{1,4}\\s?(?:자|글자|단어|어절)(?:\\s?(?:이내|이하|내외|내로|정도))?|(?:세|네|다섯|여섯|열)\\s?(?:글자|단어)"
  ])
])

/** That it be short, or on one line. */
export const brief = anyOf([
  words([
    "short_|brief(?:ly)?_|concise(?:ly)?_|one line_|single line_|one sentence_|one phrase_|succinct",
    "as-?short-?as|very short"
  ]),
  characters(["简短|簡短|简洁|簡潔|简要|簡要|一句话|一句話|一行|短い|簡潔|短く|짧은|짧게|간결|간단"]),
  words(["corto_|breve|concis|court_|brève|kurz|knapp|prägnant|коротк|кратк|лаконичн|curto_|conciso_|sintetic"])
])

/** That nothing stand around the answer. */
export const nothingElse = anyOf([
  words([
    "(?:no|without|omit(?:ting)?|avoid(?:ing)?|exclud(?:e|ing)|never (?:use|include|add)|(?:don['’]?t|do not|must not|should not|not) (?:use|include|add|wrap|put|provide|write|give|output|start|begin|end))_ ?[^.!?\\n]{0,60}?(?:quot(?:es?|ation)|punctuation|explanation|explain|preamble|prefix|markdown|comment(?:ary|s)?_|introduct|formatting|lead-in|(?:extra|additional|other|surrounding) (?:text|words|content|information)|special characters|pleasantries|reasoning)",
    "(?:no|without) (?:quotes|explanations?)"
  ]),
  words([
    "(?:return|output|respond|reply|answer|give|provide|write|print|produce|generate|send)(?:ing)?_ [^.!?\\n]{0,40}?(?:only|just|solely|exclusively|nothing (?:but|else))_",
    "(?:only|just|solely) (?:return|output|respond|reply|answer|give|provide|write|print|send|the (?:title|summary|name|tags|keywords|topic|json|list|questions|code|language))_",
    "nothing (?:but|else|more)_|and nothing else",
    "(?:must|should) (?:only )?(?:be|contain|include) (?:only|nothing but)|title only_|name only_",
    "summary only_|go straight to"
  ]),
  words(["(?:do not|don['’]?t|never) (?:answer|respond|reply|follow|engage|continue|speak|say|act|execute)"]),
  characters([
    "(?:不要|无需|無需|不需要?|不带|不帶|不加|请勿|請勿|禁止|避免|不得|不使用|不包含|勿)[^。！？\\n]{0,16}?(?:引号|引號|标点|標點|解释|解釋|前缀|前綴|额外|額外|多余|多餘|说明|說明|特殊符号|特殊符號|符号|符號|其他内容|其他內容|其它|其他任何|开头语|加粗|回答)",
    "(?:只|仅|僅|直接)(?:需|要)?(?:返回|输出|輸出|给出|給出|回复|回覆|回答|提供|包含)",
    "(?:引用符|句読点|説明|余計|記号|カギ括弧|かぎ括弧|鉤括弧|引用文|余分|前置き|補足)[^。！？\\n]{0,16}?(?:不要|なし|無し|含め|付け|つけ|使わ|入れ|避け|しない|せず|省|禁止|書か)",
    "(?:のみ|だけ)を?(?:出力|返|回答|答え|記述|書)",
    "(?:따옴표|문장\\s?부호|설명|구두점|기호|부연|다른\\s?말|추가)[^.!?\\n]{0,14}?(?:없이|말고|마세요|말\\s?것|제외|않|금지|빼고)",
    "만\\s?(?:출력|반환|작성|답|응답|적어|알려|제시)"
  ]),
  words([
    "(?:sin|no (?:uses|use|incluyas|incluya|añadas|agregues|pongas))_ [^.!?\\n]{0,40}?(?:comillas|puntuación|signos|explicaci|texto adicional|introducci|nada más)",
    "(?:solo|sólo|solamente|únicamente)_ (?:con_ )?(?:el|la|los|las|devuelve|responde|escribe|un|una)",
    "(?:devuelve|responde|escribe|da)_ (?:solo|sólo|solamente|únicamente)|nada más_"
  ]),
  words([
    "(?:sans|pas de|ni|n['’](?:utilise|ajoute|inclu|écri)\\p{L}*|évite\\p{L}*)_ [^.!?\\n]{0,40}?(?:guillemets|ponctuation|explication|texte (?:supplémentaire|superflu)|préambule|introduction|commentaire)",
    "(?:uniquement|seulement|exclusivement)_|rien d['’]autre",
    "ne (?:réponds|renvoie|donne|retourne|répondez|renvoyez)\\p{L}* (?:qu|que)"
  ]),
  words([
    "(?:ohne|keine[nrs]?|verzichte auf|verwende keine|nicht in)_ [^.!?\\n]{0,40}?(?:anführungszeichen|satzzeichen|erklärung|erläuterung|zusatz|einleitung|formatierung|kommentar|begründung)",
    "(?:nur|ausschließlich|lediglich)_ (?:mit_ )?(?:de[nmr]|die|das|einen?|eine[mr]?) ?(?:titel|text|namen|zusammenfassung|antwort|schlagw|stichw|json|thema|überschrift|sprach)",
    "sonst nichts_|nichts (?:anderes|weiter)"
  ]),
  words([
    "(?:без|не (?:используй|добавляй|пиши|ставь)\\p{L}*)_ [^.!?\\n]{0,40}?(?:кавыч|пунктуац|знак|пояснен|объяснен|лишн|комментар|вступлен)",
    "(?:только|лишь|исключительно)_ (?:\\p{L}+ )?(?:заголов|названи|текст|резюме|тег|ответ|тем|сам|спис|json|вопрос|язык|код)",
    "ничего (?:кроме|больше|другого|лишнего)|и ничего"
  ]),
  words([
    "(?:sem|não (?:use|inclua|adicione|coloque))_ [^.!?\\n]{0,40}?(?:aspas|pontuação|explica|texto (?:extra|adicional)|introdução|comentário)",
    "(?:apenas|somente|só)_ (?:com_ )?(?:o|a|os|as|um|uma|retorne|responda)",
    "(?:retorne|responda|devolva)_ (?:apenas|somente|só)|nada mais_",
    "senza [^.!?\\n]{0,30}?(?:virgolette|punteggiatura|spiegazion)",
    "(?:solo|soltanto) (?:il|la) (?:titolo|riassunto)"
  ])
])

/** That the answer is to go on with, in place of what was said. */
export const toGoOn = anyOf([
  words([
    "continu(?:e|ing|ity|ation)|future (?:context|reference)|context (?:window|for)|memory_",
    "(?:key|important|relevant) (?:facts|details|information|decisions|points)|preserv"
  ]),
  characters(["上下文|后续|後續|继续|繼續|関連情報|引き継|文脈|맥락|이어서"]),
  words(["contexto|contexte|kontext|контекст|fortsetz|fortzusetz|weiterführ|continuar"])
])

/** That it is asked for beside an answer or a picture, not in its place. */
export const beside = anyOf([
  words([
    "(?:at the end|at the bottom|at the top|beginning) of (?:your|each|every|the|any) (?:answer|response|reply|message|output)",
    "(?:after|following) (?:(?:your|each|every) (?:\\p{L}+ )?(?:answer|response|reply|message|picture|image|output|drawing)|answering|responding|replying|drawing)",
    "when (?:the user )?(?:asks|asked|requested|prompted)|if (?:the user )?asks",
    "end (?:your|each|every) (?:answer|response|reply|message)|always (?:end|finish|add|offer|suggest)"
  ]),
  characters([
    "(?:每次|每条|每條|回答|回复|回覆)(?:之?后|之?後|的?末尾|结尾|結尾|最后|最後)|末尾附|回答の(?:最後|末尾|後)|返信の(?:最後|末尾)",
    "답변(?:\\s?(?:끝|마지막|후|뒤))"
  ]),
  words([
    "al final de (?:tu|cada|la) respuesta|à la fin de (?:ta|chaque|votre|la) réponse",
    "am ende (?:deiner|jeder|der) antwort|в конце (?:каждого |твоего |своего )?ответа",
    "no final d[ae] (?:sua |cada )?resposta"
  ])
])

/** That the model is nothing but a writer of such texts. */
export const writer = anyOf([
  words([
    "you(?:['’]re| are)? (?:now )?(?:an? |the |acting as |act as |tasked with |asked to |responsible for |only )?[^.!?\\n]{0,70}?(?:(?:title|headline|thread|topic|summary|tag|keyword|question|query|conversation|language)s?[- ](?:\\p{L}+[- ])?(?:generator|writer|creator|namer|maker|summari[sz]er|detector|classifier|extractor|assistant|expert)|summari[sz](?:er|es|ing|e)_|(?:generat|creat|writ|craft|nam|produc|suggest|extract|detect)(?:e|es|ing|s)?_ [^.!?\\n]{0,60}?(?:titles?|names?|summar(?:y|ies)|tags?|topics?|keywords?|questions?|quer(?:y|ies)|language)_)",
    "your (?:only |sole )?(?:task|job|role|goal|purpose) is to"
  ]),
  characters([
    "你(?:是|的任务|的職責|的工作)[^。！？\\n]{0,24}(?:标题|標題|摘要|总结|總結|命名|标签|標籤|关键词|问题|问句)",
    "(?:あなた|君)(?:は|の(?:役割|仕事|任務))[^。！？\\n]{0,30}(?:タイトル|要約|タグ|題名|見出し)",
    "(?:당신|너)(?:은|는|의)[^.!?\\n]{0,30}(?:제목|요약|태그)"
  ]),
  words([
    "eres un[ao]? [^.!?\\n]{0,50}(?:títul|resum|etiquet)|tu (?:única )?tarea es",
    "tu es un[e]? [^.!?\\n]{0,50}(?:titre|résum|étiquet)|ta (?:seule )?tâche est",
    "vous êtes [^.!?\\n]{0,50}(?:titre|résum)",
    "du bist [^.!?\\n]{0,60}(?:titel|zusammenf|schlagw|überschrift)",
    "deine (?:einzige )?aufgabe (?:ist|besteht)|ты [^.!?\\n]{0,50}(?:заголов|названи|резюм|тег)",
    "твоя (?:единственная )?задача|você é [^.!?\\n]{0,50}(?:títul|resum)|sua (?:única )?tarefa é",
    "sei un[ao]? [^.!?\\n]{0,50}(?:titol|riassun)"
  ])
])

/** That the answer be parsed. */
export const parsed = anyOf(["json", "<\\/\\p{L}", words(["xml_|(?:array|list) of strings"])])

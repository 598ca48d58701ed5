import { anyOf, characters, words } from "./patterns.ts"

const english = words([
  // What is done.
  "draw(?:s|n|ing|ings)?_|drew_|paint(?:s|ed|ing|ings|er)?_|sketch(?:es|ed|ing)?_",
  "illustrat(?:e|es|ed|ing|ion|ions|or)_|depict|doodl|engrav|carv(?:e|ed|ing|ings)_|chisel",
  "etch(?:ed|ing)?_|embroider|knit(?:ted|ting)?_|tattoo|spray|stencil|sculpt|scrawl|scribbl|stitch",
  "woven|handwrit|hand-?letter|photograph|visuali[sz]|spells?_|spelled_",
  "turn(?:s|ed|ing)? (?:it |this |that |them |our \\p{L}+ |the \\p{L}+ )?into (?:an? )?(?!title|summary|question|query|list|json)",
  // What it is done as.
  "posters?_|banners?_|logo|wall-?papers?_|mural|graffiti|collage|comics?_|cartoon|info-?graphic",
  "diagrams?_|flow-?chart|mind-? ?map|word-? ?cloud|memes?_|stickers?_|emblem|badges?_|flyers?_",
  "brochure|post-?cards?_",
  "(?:greeting|birthday|title|tarot|playing|trading|business|invitation) cards?_|bill-?board",
  "sign-?(?:board|post)?_|signs_ (?!and)|neon",
  "(?:book|album|magazine|front|record|vinyl|cd|dvd|comic|novel) ?-?covers?_|(?:a|the|as|for) cover_",
  "cover (?:art|page|image|design)|story-?board|screenshot|mock-?up|thumb-?nail|silhouette|mosaic",
  "fresco|tapestry|stained[- ]glass|statue|sculpture|figurine|diorama|origami|wood-?cut|lino-?cut",
  "blue-?print|scroll_|parchment|papyrus|plaque|tomb-?stone|monument|marquee|label on|t-?shirt|mugs?_",
  "cakes?_|icing_|balloon|skywriting|black-?board|white-?board|chalk|typewriter|newspaper|slides?_",
  "book-?mark|stamps?_|flag_|shield|crest|coat of arms|canvas|easel|crayon",
  // How it is to look.
  "water-?colou?r|oil[- ]paint|acrylic|pastel|charcoal|gouache|pencil|ink wash|in ink|brush|calligraph",
  "typograph|lettering_|cursive|flash-?card|leaf_|leaves_(?! out)|azulej",
  "(?:in|of|with|into|bold|big|huge|giant|large|golden|tall) (?:\\p{L}+ ){0,2}letters_(?! and)|fonts?_",
  "serif|anime_|manga_|pixel[- ]?art|art_|artwork|artistic|style of|in the style",
  "(?:photo|hyper|sur)-?realis|impressionis|expressionis|cubis|bauhaus|art[- ]deco|vintage_|retro_",
  "cyberpunk|steampunk|minimalist|cinematic|lighting_|bokeh|close-?up|wide[- ]angle|portrait|landscape",
  "still life|back-?ground|fore-?ground|colou?r(?:s|ed|ful)?_|black and white|glow(?:s|ing)?_|[348]k_",
  "3d_|hd_|aspect ratio|hovering|floating|surrounded by|made of|formed by|wearing_|holding_",
  "(?:written|printed|painted|set|spelled|burned|shown|placed) (?:on|onto|across|over|with|above|below|against|out)",
  // What there is to see.
  "cat_|dog_|robot|dragon|castle|forest|mountain|ocean_|sea_|beach|sunset|sunrise|sky_|clouds_|moon_",
  "stars_|snow|smoke_|fire_|flames?_|flower|trees?_|wood(?:en)?_|stone_|marble|bronze|gold(?:en)?_",
  "silver_|glass_|metal(?:lic)?_|sand_|walls?_|brick|street_|window_|speech bubbles?|bubbles_|ribbon",
  "frame_"
])

const eastAsian = characters([
  "画|畫|绘|繪|海报|海報|插图|插圖|配图|配圖|图片|圖片|图像|圖像|一张图|一張圖|图标|圖標|图案|圖案|壁纸|壁紙|封面|漫画|拼贴|拼貼|词云|詞雲|文字雲|涂鸦|塗鴉|书法|書法",
  "照片|摄影|攝影|头像|頭像|表情包|贴纸|貼紙|标志设计|横幅|橫幅|招牌|霓虹|水彩|油彩|水墨|素描|雕|刻在|刻着|背景|风格|風格|字体|字體|思维导图|思維導圖|信息图|資訊圖表|卡片",
  "明信片|贺卡|賀卡|印在|写在[^。！？\\n]{0,8}上|寫在[^。！？\\n]{0,8}上|墙|牆|天空|星空|金色|红色|紅色|蓝色|藍色|牌子|黑板|蛋糕|印章|篆刻|剪纸|剪紙|石碑|灯笼|燈籠|圣诞|聖誕|挂在|掛在|书脊|扉页|屏幕上|絵|描い",
  "描き|描く|描か|イラスト|ポスター|画像|写真|ロゴ|アイコン|看板|ネオン|表紙|マンガ|コラージュ|ワードクラウド|落書き|書道|背景|スタイル|風の|風に|フォント|アニメ|バナー",
  "ステッカー|壁|黒板|ケーキ|掛け軸|提灯|印鑑|刺繍|インフォグラフィック|水彩|油絵|그려|그림|그린|포스터|이미지|사진|로고|아이콘|일러스트|만화|간판|네온|표지|배너|콜라주|워드\\s?클라우드|낙서|배경",
  "스타일|글꼴|수채화|유화|벽|인포그래픽|스티커|칠판|케이크|도장|현수막|등불|자수|캘리그라피|서예"
])

const romance = words([
  "dibuj|pint[aáoeu]|ilustra|cartel|póster|poster|afiche|logotipo|imagen|imágenes|foto|mural_|grafit",
  "collage|cómic|comic|tira cómica|infograf|infográf|portada|pared|muro_|neón|acuarela|óleo|letras",
  "estilo|fondo_|nube de palabras|tarjeta|retrato|paisaje|pegatina|caligraf|tipograf|pizarra|pastel_",
  "pancarta|cielo_|dorad|escrit[oa]s? (?:sobre|con)|tallad|grabad|desenh|ilustra|cartaz|imagem|imagens",
  "mural|grafite|colagem|quadrinhos|capa_|parede|aquarela|letras|fundo_|nuvem de palavras|cartão",
  "adesivo|bolo_|céu_|dourad|gravad|dessin|peint|illustr|affiche|photo|fresque|collage|bande dessinée",
  "bd_|infographie|couverture|mur_|néon|aquarelle|huile_|lettres|style (?:de|art|bd|man)|fond_",
  "nuage de mots|carte_|autocollant|calligraph|tableau|gâteau|ciel_|dorée?s?_|écrite?s? (?:sur|avec)",
  "sculpt|grav[ée]|enseigne|pancarte|disegn|dipin|illustra|manifesto|locandina|immagine|immagini",
  "murale|fumett|copertina|muro_|acquerell|lettere_|stile_|sfondo_|cartolina|adesivo|insegna|targa_"
])

const german = words([
  "zeichn|gezeichn|mal(?:e|en|t|st)_|gemal|illustr|skizz|bild(?:er|es|ern|nis)?_",
  "\\p{L}{2,20}bild(?:er|es)?_|plakat|poster|logo|foto|wandbild|graffit|collage|comic|cartoon",
  "infografik|diagramm|mindmap|wortwolke|schlagwortwolke|\\p{L}{0,20}wolke_|umschlag|buchcover|cover_",
  "titelseite|titelblatt|deckblatt|schild_|leuchtreklame|neon|leuchtschrift|aquarell|ölfarb|ölgemälde",
  "gemälde|buchstaben|schriftart|schriftzug|stil_|im stile?_|hintergrund|wand_|mauer_|karte_|postkarte",
  "aufkleber|kalligra|tafel_|torte_|kuchen_|himmel_|gold(?:en)?|geschnitz|gemeißelt|eingravier",
  "graviert|geschrieben (?:mit|aus)|banner_|fahne_|statue|skulptur|stein_|holz_|karikatur"
])

const russian = words([
  "рису|нарис|рисун|картин|изобра|иллюстр|плакат|постер|афиш|логотип|фото|граффити|коллаж|комикс",
  "инфографик|обложк|вывеск|неон|акварел|маслом|букв[аы]|буквами|шрифт|стил[еья]|фон[еу]?_|стен[аеу]_",
  "облак|открытк|наклейк|каллиграф|доск[аеу]_|торт|неб[ео]_|золот|вырез|высеч|гравир",
  "написан\\p{L}* мелом|баннер|мем_|схем|диаграмм|мурал|статуя|мозаик|портрет|пейзаж"
])

/** A picture is wanted, or something that one can see. */
export const depicting = anyOf([english, eastAsian, romance, german, russian])

// Where a text is put, or what it is made into: on a sign, as a seal, with a border. What instructions say in these words is
// left out.
const placing = [
  "(?:on|onto|upon|across|inside|along|atop) an? (?!single|separate|new|given|specific|particular|line|subject|topic|conversation|chat|few|title|word|scale|regular|high|per)\\p{L}",
  "(?<!such )(?<!well )as (?:an? |one )?(?!follows|well|possible|short|concise|brief|context|an?_|the_|json|it_|is_|in_|if_|to_|of_|such|needed|appropriate|much|many|few|long|plain|raw|valid|your|you_|user|human|this|that|part|shown|described|specified|title|starting|input|output|one_|soon|close|though|defined|above|below|required|prompt|reference|basis|base|guide|summar|string|list|array|single|bullet|noun|phrase|sentence|markdown|numbered|result|helpful|assistant|comma|query|question|paragraph|handoff|continuation|separate|third|keyword|tag|label|natural|specific|accurate|descriptive|clear|simple|compact|complete|detailed|text|written|usual|opposed|memory|previous|main|topic|name|when|before|search|follow|standalone|subject|headline|data|information|instruct|you)\\p{L}",
  "with an? (?!title|single|short|brief|concise|capital|verb|noun|gerund|period|comma|number|bullet|newline|maximum|minimum|max|min|limit|json|list|summar|clear|descriptive|few|suitable|user|human|assistant|conversation|chat|length|focus|emoji|relevant|fitting|topic|valid|word|question|total|model|language|letter|space|hash|dash|hyphen|colon|full)\\p{L}",
  "(?:around|behind|beneath|beside|next to|in front of|underneath) (?:it|them|an?|the|two)_",
  "in the (?:shape|form|middle|center|centre|corner|sky|air|rain|snow) ?",
  "in \\p{L}+ (?:script|style|lettering|writing|type|ink|light)_",
  "auf (?:ein|eine|einen|einem|einer)_ (?!zeile|wort|satz)",
  "als (?:ein|eine|einen)?_ ?(?!json|text|liste|titel|kontext|string|antwort|name|überschrift|zusammenfass|grundlage|array|einzel|kurz|assistent|ki_|sprachmodell|stichwort|schlagwort|kommagetrennt|hinweis|gedächtnis|prompt|nächst|erst|folge|thema|auch)",
  "sur (?:un|une)_ (?!seul|ligne|sujet)",
  "(?:sobre|encima de|en) (?:un|una|uma)_ (?!sol[ao]|única|línea|frase|título|tema|lista|oración|formato|resumen|palabra)",
  "(?:em|num|numa|sobre) (?:um|uma)?_ ?(?:cartaz|placa|camisa|muro)|su (?:un|una)_ (?!sola|riga)",
  "(?:в виде|в форме)_ (?!json|спис|текст|заголов|строк|одн)|en forma de",
  "sous (?:la )?forme d['’ ]?(?:e |un)"
]

/** A picture is named, which a talk about pictures may do. */
export const picture = anyOf([
  words([
    "pictures?_|images?_|photos?_|render(?:s|ed|ing)?_|scenes?_|visual",
    "(?:made|formed|built|spelled|carved|cut|shaped|woven) (?:out )?of|out of \\p{L}+s_|icons?_|maps?_",
    "charts?_|pages?_|screen_|cards?_|design|print(?:ed)? on|poems?_|song_|movie_|film_|book_|play_",
    "game_"
  ]),
  words([...placing]),
  characters([
    "(?<![意企试試])[图圖]|(?:写|寫|做|变|變|拼|组|組|刻|绣|繡|排)成(?!标题|標題|一?句|一?行|json|摘要|列表)",
    "在(?!对话|對話|会话|會話|此|以上|上述|这|這|标题|標題)[^。！？\\n]{1,8}上(?!下文|述|面的)|に(?:書|描|刻|彫|印刷)|(?:に|で)表示",
    "(?:에|위에)\\s?(?:쓴|써|쓰|적힌|새긴|새겨|그린)|呈现|呈現|展示|電影|电影|小说|小說|书名|書名|歌曲|映画|小説|本の|영화|소설|책의"
  ])
])

/** What pictures are told not to show. */
export const noText = anyOf([
  words([
    "no (?:text|words|letters|watermarks?|captions?|writing|logos?|people|humans)_(?! (?:before|after|around|other|outside|besides))",
    "without (?:any )?(?:text|words|letters|watermarks?|captions?|writing|people)_(?! (?:before|after|around|other|outside))",
    "negative prompt|watermark|ohne (?:text|schrift|worte|wasserzeichen)_",
    "sans (?:texte|mots)_(?! superflu| suppl)|sin (?:texto|palabras|letras)_(?! adicional| extra)",
    "sem (?:texto|palavras)_(?! extra| adicional)|без (?:текста|слов|надписей|букв)_"
  ]),
  characters([
    "(?:不要|没有|沒有|无|無)(?:任何)?(?:文字|水印|浮水印|字幕)|文字(?:なし|無し|を入れない)|글자\\s?없이|텍스트\\s?없이"
  ])
])

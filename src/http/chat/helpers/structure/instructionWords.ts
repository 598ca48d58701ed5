import { anyOf } from "./patterns.ts"

// How the words begin that say how to write a title, a summary, tags or questions, in European languages.
const beginnings = [
  "above|abstract|accura|additional|adicional|adapt|after|again|allgemein|already|also|alway|anführ",
  "anschluss|answer|anterior|antwort|anything|apenas|appropriate|array|asist|asked|aspas|assist|aucun|ausgeb",
  "autre|avoid|avec|based|basier|before|begin|being|below|benutzer|best|between|bisher|bitte|both|bracket",
  "brev|brief|briève|brève|cada|capital|captur|casual|case|categor|cette|character|charla|chat|chinese",
  "choose|cinco|cinq|clear|come|capable|code|colon|come|comillas|comm[aeo]|comp[al]|complet|conci|condens|contenid",
  "contenut|content|contest|contex|continu|convers|copies|core|court|crea|crie|cuatro|current|dans|darin",
  "decision|default|della|dentro|depuis|derni|describ|descri|dessen|desta|detail|detect|determin|devuel",
  "dialog|dienen|dies|direct|discus|diskus|done|drei|during|each|eine|einfach|einig|einleit|eles|else|emoji",
  "enclos|encompass|english|ensure|entire|entre|entro|envolv|eres|erklär|erläuter|erstell|erste|escrib",
  "escrev|essen|esta|event|every|exact|except|excl|exempl|explain|expla|explic|explíc|express|extra|fact",
  "fait|faites|fass|favor|faça|fett|few|fill|final|find|finish|first|five|focus|fold|folgend|follow|format",
  "four|frage|frases?$|from|full|future|futuro|füll|fünf|gave|geben|gene?r|gen[éè]r|ger[aedo]|gespräch|gist",
  "gib|give|good|gramma|grasp|grassetto|greet|guillemet|halten|have|headline|heading|help|here|history|human",
  "höchst|idea|idiom|ignor|impor|includ|inclu|inform|input|inst[er]|intent|interiezion|interject|into",
  "introdu|item|itself|jede|json|just|keep|kein|keyword|keys|know|knapp|kommentar|kontext|konversation|kurz",
  "langue|lang|last|later|lead|least|leave|length|less|lettre$|letzt|like|limit|lines?$|list|long|lower|main",
  "make|manten|many|mark|match|max|mayus|mean|mem|mention|menos|mensa|mess|might|minim|modo|moins|more|most",
  "mots|muletill|much|must|más|máxim|nachricht|name|natural|natür|need|negrit|neutral|never|newline|next",
  "nichts|nombre|nome|nossa|nothing|noun|nuestra|number|nutzer|nächst|object|obvious|ohne|omit|only|other",
  "otra|ours?$|outp|output|outra|overall|palabra|palavra|para|parol|part|pause|period|person|período|phrase",
  "plain|please|poin|ponctu|ponga|pontu|posi?bl|poss[ií]|pour|preamble|preced|predi|pref|premi|preserv|prev",
  "prim|produc|prompt|propos|proper|provid|punct|punt|purpose|qualquer|quatr|quattr|quest|quick|quot|reason",
  "redund|refer|reflect|relat|relev|remov|repeat|repet|rephras|repl|repres|requ|resp|result|resum|reto[ru]",
  "return|riass|rien|riport|rispond|role|rule|réponds|résum|same|sans|satz|schlag|schreib|schritt|sechs",
  "second|seguin|select|send|sent|separat|senza|servir|session|sevent|short|shown?$|should|siguient|simpl|since|single",
  "sint|six|solo|solamente|somente|sonst|speak|special|specif|spiegaz|sprach|später|stand|start|state|stichw",
  "still|stor[iy]|straight|string|subject|succinct|such|suffix|sugg|suit|suj|sum|superflu|supp|sure|symbol",
  "símbol|tags?$|take|talk|task|tell|tema|term|testo|text|than|that|thei?[mrs]|them|then|there|these|they",
  "this|thread|three|title?|titel|titol|titre|todo|topic|trail|transl|três|turn|twelve|twenty|títul|ultér",
  "umbruch|under|uniq|unless|unnecess|unser|unter|until|upper|usar|used?|user|usuari|utili|valid|verb",
  "vermeid|version|verwend|very|vier|virgolett|você|vorhand|vorangeh|want|were|what|when|where|which|while",
  "will|with|word|work|would|wrap|writ|wört|wort|years?$|your|zeichen|zeile|zehn|zuletzt|zurück|zusammen",
  "zusätz|échang|étiquet|überschr|únic|ассист|бесед|болтов|больше|более|боле|будет|ввод|вопрос|всё|выведи",
  "выдел|генерат|готово|даль|диалог|длин|добавл|други|если|загол|запрос|знак|использ|итог|кавыч|каждо",
  "качеств|ключев|коммент|контекст|корот|кратк|лишн|между|назван|напиш|ничего|нужн|объясн|один|одной|одну",
  "описан|основ|ответ|отвеч|отраж|перв|переск|переч|пиши|пользов|последн|последу|пожалуй|пояснен|предлож",
  "предыд|препин|придум|прост|пяти|разговор|реплик|резюм|сам|своди|сводк|сгенер|сдела|символ|слов|содерж",
  "сообщ|состав|спис|строк|тегов|текст|тема|темы|тему|толь|трёх|трех|укаж|учит|формат|чата|четыр|чтобы",
  "эт[оауи]|язык"
]
const known = anyOf([`^(?:${beginnings.join("|")})`])
const longWord = /[a-zß-öø-žа-яё]{4,}/g

// A long instruction has words of its own subject; one line of a person has hardly any that do not count.
const longestCounted = 600
const mostCounted = 4

/** How many words of a short text in lower case are none that instructions use: they may be what is to be seen. */
export const countForeignWords = (text: string): number =>
  text.length > longestCounted
    ? 0
    : Math.min(mostCounted, Array.from(text.matchAll(longWord)).filter(([word]) => !known.test(word)).length)

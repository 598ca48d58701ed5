import type { Asking } from "./askingWords.ts"
import { words } from "./patterns.ts"

export const spanish: Asking = {
  verbs: words([
    "gener[ae]|cre[ae]|escrib|d[ae]_|dame|proporcion|sug[ie]er|haz_|produ|propon|elige|resum|extra[ei]",
    "identifi|predi|determin|detect|devuelv|reformul|ponle|pon_|inventa|redact"
  ]),
  order: "before",
  nouns: {
    title: words(["títulos?_|titulos?_|nombre_|tema_|asunto_"]),
    summary: words(["resumen_|síntesis_"]),
    follow_ups: words(["preguntas? (?:de seguimiento|siguientes|relacionadas|sugeridas|que)"]),
    tags: words(["etiquetas?_|palabras? clave"]),
    queries: words(["consultas?_|búsquedas?_"]),
    language: words(["idioma_"])
  },
  phrases: {
    title: words(["titula (?:esta|la|nuestra)|generador de títulos"]),
    summary: words(["resum(?:e|ir|a)_ [^.!?]{0,30}(?:conversaci|charla|chat|diálogo|discusi)"])
  }
}

export const portuguese: Asking = {
  verbs: words([
    "ger[ae]|cri[ae]|escrev|dê_|forne|sugir|sugere|faça|produz|proponha|escolha|resum|extrai|identifi",
    "prev|determin|detect|retorn|devolv|reformul"
  ]),
  order: "before",
  nouns: {
    title: words(["títulos?_|titulos?_|nome_|tema_|assunto_|tópico_"]),
    summary: words(["resumo_|síntese_"]),
    follow_ups: words(["perguntas? (?:de acompanhamento|seguintes|relacionadas|sugeridas|que)"]),
    tags: words(["etiquetas?_|tags?_|palavras?-chave"]),
    queries: words(["consultas?_|pesquisas?_|buscas?_"]),
    language: words(["idioma_|língua_"])
  },
  phrases: {
    title: words(["gerador de títulos"]),
    summary: words(["resum(?:a|ir)_ [^.!?]{0,30}(?:conversa|bate-papo|chat|diálogo|discuss)"])
  }
}

export const french: Asking = {
  verbs: words([
    "gén[éè]r|gener|cré|écri|rédig|donne|propos|suggér|fourni|trouve|choisi|résum|extrai|identifi|prédi",
    "détermin|détect|retourn|renvoi|reformul|imagin|invent|produi|fai[st]"
  ]),
  order: "before",
  nouns: {
    title: words(["titres?_(?! de (?:livre|film))|nom_|sujet_|thème_|intitulé_"]),
    summary: words(["résumés?_|synthèse_"]),
    follow_ups: words(["questions? (?:de suivi|suivantes|complémentaires|connexes|que|suggérées)"]),
    tags: words(["étiquettes?_|mots?[- ]clés?_|tags?_"]),
    queries: words(["requêtes?_"]),
    language: words(["langue_"])
  },
  phrases: {
    title: words(["générateur de titres"]),
    summary: words(["résum(?:e|ez|er)_ [^.!?]{0,30}(?:conversation|discussion|échange|dialogue|chat)"])
  }
}

export const german: Asking = {
  verbs: words([
    "generier|erstell|erzeug|schreib|verfass|gib_|geben_|schlag|mach|formulier|wähl|find|fass",
    "zusammenfass|extrahier|nenn|ermittl|bestimm|erkenn|überleg|denk|vergib|liefer|benenn|leite|sag_",
    "vorherzusag|entwirf"
  ]),
  order: "either",
  nouns: {
    title: words(["titel[ns]?_|titelvorschl|überschrift(?:en)?_|thema_|betreff_|namen?_|bezeichnung_"]),
    summary: words(["zusammenfassung(?:en)?_|kurzfassung_"]),
    follow_ups: words([
      "anschlussfrage|folgefrage|nachfrage|weiterführende\\p{L}* fragen?_",
      "(?:passende|mögliche|nächste)\\p{L}* fragen?_"
    ]),
    tags: words(["schlagw[oö]rt|schlüsselw[oö]rt|stichw[oö]rt|tags?_"]),
    queries: words(["suchanfrage|suchbegriff"]),
    language: words(["sprache_"])
  },
  phrases: {
    title: words(["titelgenerator|benenne (?:dieses|das|unser)|welchen titel"]),
    summary: words(["fass(?:e|en|t)?_ [^.!?]{0,60}zusammen|zusammenzufassen"])
  }
}

export const russian: Asking = {
  verbs: words([
    "сгенериру|генериру|создай|создава|создать|придума|напиши|дай_|дайте_|предлож|составь|состав",
    "сформулиру|назов|подбери|выдели|извлеки|определи|предскаж|верни|выведи|перечисли|укажи|перефразиру",
    "подведи|сделай|суммиру|озаглав"
  ]),
  order: "before",
  nouns: {
    title: words(["заголов|названи|тему_|тема_|имя_"]),
    summary: words(["резюме|сводк|краткое содержание|итог|пересказ|краткое изложение"]),
    follow_ups: words([
      "(?:уточняющ|следующ|дополнительн|возможн|вероятн|последующ)\\p{L}* (?:\\p{L}+ )?вопрос",
      "вопрос\\p{L}*,? котор"
    ]),
    tags: words(["тег|ключев\\p{L}* слов|хештег"]),
    queries: words(["поисков\\p{L}* запрос"]),
    language: words(["язык_"])
  },
  phrases: {
    title: words(["генератор\\p{L}* заголовков|озаглав"]),
    summary: words(["(?:кратко )?(?:перескажи|резюмируй|суммируй|обобщи)"])
  }
}

export const italian: Asking = {
  verbs: words([
    "gener|crea|scriv|dai_|forni|sugger|propon|scegli|riassum|estra|identific|rileva|restitu|riformul",
    "trova"
  ]),
  order: "before",
  nouns: {
    title: words(["titol[oi]_|nome_|argomento_|tema_"]),
    summary: words(["riassunto_|sintesi_"]),
    follow_ups: words(["domande (?:di follow|successive|correlate|suggerite|che)"]),
    tags: words(["etichett|parole chiave|tag_"]),
    queries: words(["ricerch[ae]_"]),
    language: words(["lingua_"])
  }
}

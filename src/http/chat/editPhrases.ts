// All lower case. A space at the end keeps apart what merely begins alike: "make it" and "make italian food".

const english = [
  ...["edit:", "edit it", "edit this", "edit the picture", "edit the image", "make it ", "make this", "now make it "],
  ...["change it ", "change the ", "turn it into", "replace the ", "remove the "],
  ...["same picture but", "same picture, but", "same image but", "same image, but"]
]

const simplifiedChinese = [
  ...["把它", "把图", "把这张", "把这幅", "把这个改", "把这个变", "把背景", "把刚才", "把上一张", "将它"],
  ...["改成", "改为", "换成", "让它", "给它", "修改一下", "修改图", "编辑图", "编辑这"]
]

const traditionalChinese = [
  ...["把圖", "把這張", "把這幅", "把這個改", "把這個變", "把剛才", "把上一張", "將它"],
  ...["改為", "換成", "讓它", "給它", "修改圖", "編輯圖", "編輯這"]
]

const japanese = [
  ...["それを", "これを", "これに", "この画像を", "この画像に", "この画像の背景", "この絵を", "この絵に", "この写真を"],
  ...["さっきの画像", "前の画像", "同じ画像で", "画像を編集", "画像を修正", "もっと", "もう少し"]
]

const spanish = [
  ...["hazlo ", "hazla ", "haz que sea ", "haz que la imagen ", "ponle ", "quítale ", "quitale ", "añádele "],
  ...["cámbialo", "cámbiala", "cambialo", "cambiala", "cámbiale", "cambia el ", "cambia la ", "cambia los "],
  ...["conviértelo", "conviértela", "edita la imagen", "edita esta", "modifica el ", "modifica la "],
  ...["quita el ", "quita la ", "elimina el ", "elimina la ", "reemplaza el ", "reemplaza la "],
  ...["la misma imagen pero", "la misma imagen, pero", "misma imagen pero"]
]

const french = [
  ...["rends-le", "rends-la", "rendez-le", "rendez-la", "change-le", "change-la", "change le ", "change la "],
  ...["change l'", "change l’", "changez le ", "changez la ", "modifie ", "modifiez ", "ajoute-lui", "ajoute-y"],
  ...["remplace le ", "remplace la ", "remplace l'", "remplace l’", "enlève ", "supprime "],
  ...["transforme-le", "transforme-la", "transforme l'image", "transforme l’image", "la même image"]
]

const russian = [
  ...["сделай его", "сделай её", "сделай ее", "сделай это", "сделай так, чтобы", "сделай так чтобы"],
  ...["теперь сделай его", "теперь сделай её", "теперь сделай ее"],
  ...["измени ", "измените ", "поменяй ", "поменяйте ", "замени ", "замените ", "убери ", "уберите ", "удали "],
  ...["переделай ", "отредактируй ", "преврати его", "преврати её", "преврати ее"],
  ...["та же картинка, но", "то же изображение, но", "то же самое, но"]
]

const german = [
  ...[
    "mach es ",
    "mache es ",
    "mach das bild",
    "mache das bild",
    "mach daraus",
    "mache daraus",
    "mach den hintergrund"
  ],
  ...["ändere ", "ändern sie ", "bearbeite ", "bearbeiten sie ", "entferne ", "entfernen sie "],
  ...["ersetze ", "ersetzen sie ", "verwandle es ", "dasselbe bild", "das gleiche bild", "gleiches bild"]
]

/** How a message begins that is about the picture before it, where `EDIT_PHRASES` does not say otherwise. */
export const defaultEditPhrases: ReadonlyArray<string> = [
  ...english,
  ...simplifiedChinese,
  ...traditionalChinese,
  ...japanese,
  ...spanish,
  ...french,
  ...russian,
  ...german
]

/** Whether a message begins with one of the phrases, which are in lower case, and not merely with the letters of one. */
export const beginsWithPhrase = (message: string, phrases: ReadonlyArray<string>): boolean => {
  const text = (inQuotes.exec(message)?.[1] ?? message).toLowerCase()
  return phrases.some(
    (phrase) => text.startsWith(phrase) && !(endsInWord.test(phrase) && beginsInWord.test(text.slice(phrase.length)))
  )
}

// Programs for a terminal put what was typed into quotes.
const inQuotes = /^["'“„«「『]([^"“”„«»「」『』]+)["'”“»」』]$/u
// Only where words are set apart by spaces.
const endsInWord = /[\p{Script=Latin}\p{Script=Cyrillic}]$/u
const beginsInWord = /^[\p{L}\p{N}]/u

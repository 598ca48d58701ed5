/** How a message begins that is about the picture before it, where `EDIT_PHRASES` does not say otherwise. */
export const defaultEditPhrases: ReadonlyArray<string> = [
  ...["edit:", "edit it", "edit this", "edit the picture", "edit the image", "make it", "make this", "now make it"],
  ...["change it", "change the", "turn it into", "replace the", "remove the", "same picture but", "same image but"],
  ...["mach es", "mach das bild", "mach daraus", "ändere", "bearbeite", "entferne", "ersetze"],
  ...[
    "hazlo",
    "hazla",
    "cámbialo",
    "cámbiala",
    "cambia el",
    "cambia la",
    "rends-le",
    "rends-la",
    "change-le",
    "modifie"
  ],
  ...[
    "сделай его",
    "сделай её",
    "сделай это",
    "измени",
    "把它",
    "把这",
    "把圖",
    "把图",
    "改成",
    "让它",
    "讓它",
    "それを",
    "これを"
  ]
]

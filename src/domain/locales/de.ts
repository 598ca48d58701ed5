import type { Messages } from "./Messages.ts"

export const de: Messages = {
  originalPrompt: "Originaler Prompt",
  promptModel: "Prompt-Generierungsmodell",
  optimizedPrompt: "Optimiertes Prompt",
  imageSize: "Bildspezifikation",
  seed: "Seed",
  noPromptModel: "Original Prompt",
  imageGenerated: "Bild erfolgreich generiert!",
  hereIsTheResult: "Hier ist das Ergebnis:",
  imageAlt: "Generiertes Bild",
  preview: "Das ist eine Vorschau, kein Bild von Flux. Mit Cloudflare-Zugangsdaten entstehen echte Bilder.",
  optimizationFailed: {
    not_configured: "die Optimierung ist nicht eingerichtet",
    timeout: "die Optimierung hat zu lange gedauert",
    refused: "das Prompt-Generierungsmodell hat abgelehnt",
    unavailable: "das Prompt-Generierungsmodell ist nicht verfügbar",
    unusable_answer: "die Antwort des Prompt-Generierungsmodells war unbrauchbar"
  },
  sizeAdapted: (wanted, drawn) => `Die eingerichteten Modelle können ${wanted} nicht; das Bild entsteht in ${drawn}.`,
  seedIgnored: "Der Seed wurde weggelassen: Die eingerichteten Modelle nehmen keinen an.",
  stepsIgnored: (steps, maximum) =>
    maximum === undefined
      ? `Die Schrittzahl ${steps} wurde weggelassen: Bei diesem Modell ist sie nicht wählbar.`
      : `Die Schrittzahl ${steps} wurde weggelassen: Bei diesem Modell sind höchstens ${maximum} möglich.`,
  storageFailed: "Das Bild konnte nicht gespeichert werden und steht deshalb direkt hier. Bitte jetzt sichern.",
  imageFailed: (number, of) => `Bild ${number} von ${of} ist fehlgeschlagen:`,
  generationFailed: "Das Bild konnte nicht generiert werden:"
}

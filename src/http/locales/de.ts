import type { Messages } from "./Messages.ts"
import type { PageMessages } from "./PageMessages.ts"

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
    preview: "die Vorschau fragt kein Prompt-Generierungsmodell",
    edit: "was an einem Bild zu ändern ist, bleibt wie gesagt",
    timeout: "die Optimierung hat zu lange gedauert",
    refused: "das Prompt-Generierungsmodell hat abgelehnt",
    unavailable: "das Prompt-Generierungsmodell ist nicht verfügbar",
    quota: "die Neuronen des Tages sind aufgebraucht",
    retired: "Workers AI bietet das Prompt-Generierungsmodell nicht mehr an",
    not_allowed: "dieses Cloudflare-Konto darf das Prompt-Generierungsmodell nicht nutzen",
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
  earlierPictureGone: "Das frühere Bild ist nicht mehr gespeichert, deshalb wurde dieses ohne es gezeichnet.",
  editedPictureGone:
    "Das Bild, das geändert werden soll, ist hier nicht mehr gespeichert, deshalb wurde nichts gezeichnet. Füge es an oder beschreibe das ganze Bild.",
  generationFailed: "Das Bild konnte nicht generiert werden:",
  errors: {
    promptRefused:
      "Der Inhaltsfilter des Modells hat diesen Prompt abgelehnt. Das trifft oft harmlose: Formulieren Sie ihn anders.",
    inputRefused: "Der Inhaltsfilter des Modells hat das Eingabebild abgelehnt. Senden Sie ein anderes.",
    outputRefused:
      "Der Inhaltsfilter des Modells hat das fertige Bild abgelehnt. Ändern Sie den Prompt oder das Eingabebild.",
    rateLimited: "Im Moment sind es zu viele Anfragen. Versuchen Sie es gleich noch einmal.",
    quotaExceeded: (time) =>
      `Die kostenlosen Neuronen des Cloudflare-Kontos sind für heute verbraucht. Neue gibt es um ${time}.`,
    misconfigured: (variable) =>
      `Die Einstellung ${variable} dieses Dienstes fehlt oder ist falsch. Wenden Sie sich an den Betreiber.`,
    upstreamFailed: "Workers AI hat einen Fehler gemeldet. Versuchen Sie es später noch einmal.",
    upstreamTimeout: "Workers AI hat nicht rechtzeitig geantwortet. Versuchen Sie es später noch einmal.",
    interrupted: "Die Generierung wurde unterbrochen. Starten Sie sie neu.",
    cancelled: "Die Generierung wurde abgebrochen.",
    notReady: "Der Dienst kann das im Augenblick nicht geben. Bitte in einer Minute noch einmal versuchen.",
    emptyPrompt: "Die letzte Nachricht ist leer. Beschreiben Sie das Bild.",
    onlyFlags: "Der Prompt besteht nur aus Seitenverhältnis oder Angaben. Beschreiben Sie auch das Bild.",
    noUserMessage: "In der Anfrage steht keine Nachricht von Ihnen. Ihr Text ist der Prompt.",
    nothingToEdit: "--edit ändert ein Bild, aber in der Unterhaltung ist keines.",
    promptTooLong: "Der Prompt ist zu lang. Kürzen Sie ihn.",
    tooManyPictures: (maximum) => `Es sind zu viele Eingabebilder. Möglich sind höchstens ${maximum}.`,
    unusablePicture: "Das Eingabebild ist nicht verwendbar. Senden Sie es als JPEG, PNG oder WebP.",
    requestRefused: (detail) => `So lässt sich die Anfrage nicht ausführen: ${detail}`,
    modelNotFound: (model) => `Das Modell „${model}“ gibt es hier nicht.`,
    pictureExpired: "Dieses Bild ist abgelaufen und nicht mehr gespeichert.",
    pictureNotFound: "Unter dieser Adresse gibt es kein Bild.",
    storageFailed: "Der Bildspeicher hat einen Fehler gemeldet. Versuchen Sie es später noch einmal.",
    budgetExceeded: (time) => `Die Neuronen dieses Schlüssels reichen heute nicht mehr. Neue gibt es um ${time}.`,
    tooLarge: "Die Anfrage ist zu groß. Senden Sie weniger oder kleinere Bilder.",
    wrongKey: "Der API-Schlüssel fehlt oder ist falsch. Tragen Sie den Schlüssel dieses Dienstes ein."
  }
}

export const pageMessages: PageMessages = {
  tagline: "Ein Ort zum Zeichnen",
  addKey: "API-Schlüssel eingeben",
  changeKey: "API-Schlüssel",
  previewNotice:
    "Vorschau: Diese Bilder malt der Worker selbst, nicht Flux. Mit Cloudflare-Zugangsdaten entstehen echte Bilder.",
  prompt: "Prompt",
  promptExample: "Ein Leuchtturm in der Dämmerung, Öl auf Leinwand",
  inputPicture: "Bild zum Bearbeiten",
  inputPictureHint: "Zum Bearbeiten ein Bild hierher ziehen oder einfügen, oder",
  choosePicture: "Datei auswählen",
  removePicture: "Bild entfernen",
  ratio: "Seitenverhältnis",
  automatic: "Automatisch",
  model: "Modell",
  number: "Anzahl",
  seed: "Seed",
  randomSeed: "zufällig",
  optimize: "Prompt verbessern",
  optimizeHint: "Ein Chatmodell ergänzt Einzelheiten, bevor gezeichnet wird.",
  optimizeUnavailable: "In diesem Dienst nicht eingerichtet.",
  draw: "Zeichnen",
  cancel: "Abbrechen",
  stages: {
    sent: "Gesendet",
    opened: "Angenommen",
    drawing: "Wird gezeichnet",
    picture: (number, of) => `Bild ${number} von ${of}`,
    done: "Fertig",
    cancelled: "Abgebrochen"
  },
  neurons: (count) => `etwa ${count} Neuronen`,
  pictures: "Bilder",
  noPictures: "Gezeichnete Bilder erscheinen hier und bleiben in diesem Browser.",
  notKept: "Dieser Browser speichert für diese Seite nichts. Bitte die Bilder vor dem Verlassen herunterladen.",
  linkUntil: (time) => `Link gültig bis ${time}`,
  linkExpired: "Der Link ist abgelaufen; das Bild bleibt in diesem Browser.",
  linkMissing: "Es gibt keinen Link; das Bild bleibt in diesem Browser.",
  drawnPrompt: "Verbesserter Prompt",
  copy: "Kopieren",
  link: "Link",
  copied: "Kopiert",
  copyFailed: "Der Browser hat das Kopieren nicht erlaubt.",
  download: "Herunterladen",
  redraw: "Noch einmal zeichnen",
  edit: "Dieses Bild bearbeiten",
  remove: "Löschen",
  enlarge: "Vergrößern",
  close: "Schließen",
  apiKey: "API-Schlüssel",
  keyHint: "Der Wert von API_KEY im Worker. Er wird einmal abgefragt und bleibt in diesem Browser.",
  save: "Speichern",
  forget: "Schlüssel vergessen",
  failed: "Das hat nicht geklappt",
  tryAgain: "Noch einmal versuchen",
  requestId: "Anfrage",
  advice: {
    key: "Der Dienst kennt diesen Schlüssel nicht. Bitte den eingeben, der als API_KEY gesetzt ist.",
    quota:
      "Die kostenlosen Neuronen für heute sind aufgebraucht. Nach 00:00 UTC geht es weiter, oder sofort mit dem Tarif Workers Paid.",
    rate: (seconds) => `Im Moment sind es zu viele Anfragen. Bitte in ${seconds} s noch einmal versuchen.`,
    policy: "Der Filter des Modells hat abgelehnt. Bitte anders beschreiben; er lehnt oft auch Harmloses ab.",
    configuration: (variable) =>
      `Mit den Einstellungen des Workers stimmt etwas nicht${variable && ` (${variable})`}. Bitte berichtigen und diese Seite neu laden.`,
    tooLarge: "Das Bild ist zu groß. Bitte ein kleineres wählen.",
    model: "Dieses Modell gibt es hier nicht. Bitte ein anderes wählen.",
    request: "Bitte ändern, was hier genannt ist, und noch einmal zeichnen.",
    upstream: "Workers AI ist gescheitert. Bitte gleich noch einmal versuchen; das Log des Workers sagt mehr.",
    timeout: "Workers AI hat zu lange gebraucht. Bitte später versuchen, mit weniger oder kleineren Bildern.",
    network: "Die Verbindung ist abgebrochen. Bitte das Netz prüfen und noch einmal versuchen.",
    unreadablePicture: "Diese Datei ist nicht als Bild lesbar. Möglich sind JPEG, PNG und WebP."
  },
  setupTitle: "Fast fertig",
  setupIntro: "Der Dienst läuft. Bevor er zeichnen kann, fehlt noch:",
  settings: {
    API_KEY: "Der Schlüssel, den alle kennen müssen, die zeichnen. Am besten ein langer, zufälliger Text.",
    FLUX_CF_KV: "Der KV-Namespace, der die Bilder aufbewahrt. Ein Deploy mit wrangler legt ihn an.",
    AI: "Workers AI; damit wird ohne API-Token gezeichnet.",
    CF_ACCOUNT_ID: "Die ID des Cloudflare-Kontos, das zeichnet. Sie steht auf der Übersichtsseite von Workers.",
    CF_API_TOKEN: "Ein Cloudflare-API-Token, das Workers AI benutzen darf."
  },
  settingWrong: "Der Wert ist nicht verwendbar:",
  setupCommand: "Im Terminal, im Ordner des Projekts:",
  setupDashboard:
    "Oder im Cloudflare-Dashboard: beim Worker unter Settings, Variables and Secrets. Lokal: in .dev.vars.",
  setupBinding:
    "Im Cloudflare-Dashboard: beim Worker unter Settings, Bindings, mit genau diesem Namen. Oder im Terminal:",
  checkAgain: "Erneut prüfen",
  baseAddress: "Basisadresse für OpenAI-kompatible Programme",
  apiDescription: "API-Beschreibung"
}

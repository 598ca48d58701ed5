import type { Messages } from "./Messages.ts"
import type { PageMessages } from "./PageMessages.ts"
import type { SiteMessages } from "./SiteMessages.ts"

export const de: Messages = {
  originalPrompt: "Originaler Prompt",
  promptModel: "Prompt-Generierungsmodell",
  optimizedPrompt: "Optimierter Prompt",
  imageSize: "Bildgröße",
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
  promptUnused: "Der Prompt wurde nicht befolgt: dieses Modell entfernt nur den Hintergrund",
  wishesIgnored: (fields, model) =>
    `Weggelassen, weil ${model} das nicht oder nicht mit diesem Wert annimmt: ${fields}.`,
  betaDrawn: (model, size) =>
    `Gezeichnet von ${model} in ${size}: ein kleines Beta-Modell von Cloudflare, das sich ändern oder wegfallen kann.`,
  maskRedrawn: "Auch was außerhalb der Maske liegt, wurde neu gezeichnet und kann etwas abweichen.",
  modelReplaced: {
    capacity: (wanted, drawn) => `${wanted} hatte keine Kapazität, deshalb hat ${drawn} dieses Bild gezeichnet.`,
    retired: (wanted, drawn) =>
      `Workers AI bietet ${wanted} nicht mehr an, deshalb hat ${drawn} dieses Bild gezeichnet.`,
    quota: (wanted, drawn) =>
      `Die Neuronen für ${wanted} sind heute verbraucht, deshalb hat ${drawn} dieses Bild gezeichnet.`
  },
  storageFailed: "Das Bild konnte nicht gespeichert werden und steht deshalb direkt hier. Bitte jetzt sichern.",
  imageFailed: (number, of) => `Bild ${number} von ${of} ist fehlgeschlagen:`,
  earlierImageGone: "Das frühere Bild ist nicht mehr gespeichert, deshalb wurde dieses ohne es gezeichnet.",
  editedImageGone:
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
    creditsExhausted: (model) =>
      `Das Guthaben des Cloudflare-Kontos (AI Gateway) ist aufgebraucht oder zahlt nicht für ${model}.`,
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
    tooManyImages: (maximum) => `Es sind zu viele Eingabebilder. Möglich sind höchstens ${maximum}.`,
    unusableImage: "Das Eingabebild ist nicht verwendbar. Senden Sie es als JPEG, PNG oder WebP.",
    requestRefused: (detail) => `So lässt sich die Anfrage nicht ausführen: ${detail}`,
    modelNotFound: (model) => `Das Modell „${model}“ gibt es hier nicht.`,
    imageExpired: "Dieses Bild ist abgelaufen und nicht mehr gespeichert.",
    imageNotFound: "Unter dieser Adresse gibt es kein Bild.",
    storageFailed: "Der Bildspeicher hat einen Fehler gemeldet. Versuchen Sie es später noch einmal.",
    budgetExceeded: (left, needed, time) =>
      `Das Tagesbudget dieses Schlüssels reicht dafür nicht: übrig sind ${left}, nötig ${needed}. Neues gibt es um ${time}.`,
    neurons: (count) => `${count} Neuronen`,
    tooLarge: "Die Anfrage ist zu groß. Senden Sie weniger oder kleinere Bilder.",
    wrongKey: "Der API-Schlüssel fehlt oder ist falsch. Tragen Sie den Schlüssel dieses Dienstes ein."
  }
}

export const siteMessages: SiteMessages = {
  noScript:
    "In diesem Browser ist JavaScript abgeschaltet. Bitte für diese Adresse erlauben und neu laden, um Bilder zu erstellen. Programme brauchen es nicht.",
  imageGone: {
    expiredTitle: "Dieses Bild gibt es hier nicht mehr",
    expired:
      "Links zu Bildern gelten nur eine Zeit lang, und dieser ist abgelaufen. Wer ihn geschickt hat, kann einen neuen schicken.",
    unknownTitle: "Hier ist kein Bild",
    unknown: "Stimmt der Link? Vielleicht fehlt ein Stück.",
    failedTitle: "Dieses Bild lässt sich gerade nicht anzeigen",
    failed: "Auf unserer Seite ist etwas schiefgegangen. Bitte in einer Minute noch einmal versuchen.",
    home: "Ein Bild erstellen"
  }
}

export const pageMessages: PageMessages = {
  addKey: "API-Schlüssel eingeben",
  changeKey: "API-Schlüssel",
  previewNotice: "Vorschau: Diese Bilder malt der Worker selbst, ohne Flux. Sie kosten nichts.",
  notKept:
    "Dieser Browser speichert für diese Seite nichts. Bilder bitte herunterladen, bevor die Seite geschlossen wird.",
  keyRefused: "Der Dienst nimmt diesen Schlüssel nicht mehr an.",
  welcome: "Was soll es werden?",
  welcomeHint: "Einfach beschreiben – oder mit einem Vorschlag anfangen:",
  examplesTitle: "Vorschläge",
  examples: [
    "Ein Leuchtturm in der Abenddämmerung, Öl auf Leinwand, 3:2",
    "Geburtstagskarte mit einem Fuchs, der einen Kuchen backt, Aquarell, 4:5",
    "Unser Haus als gemütliches Puppenhaus, von oben gesehen",
    "Eine Rakete über den Bergen, Kinderbuchillustration, 16:9",
    "Eine dampfende Schüssel Ramen, Studiofoto"
  ],
  composer: "Neues Bild",
  prompt: "Prompt",
  promptExample: "Bild beschreiben",
  addImages: "Bilder zum Bearbeiten hinzufügen",
  inputImages: "Bilder zum Bearbeiten",
  removeImage: "Bild entfernen",
  shape: "Format",
  automatic: "Automatisch",
  automaticShape: "Auto",
  automaticModel: (model) => `Automatisch (${model})`,
  number: "Anzahl",
  more: "Mehr",
  back: "Zurück zu meinem Text",
  draw: "Erstellen",
  cancel: "Abbrechen",
  model: "Modell",
  modelWords: {
    "flux-1-schnell": "Der Klassiker: schnell, nur quadratisch",
    "flux-2-klein-4b": "Empfohlen: günstiger als schnell, alle Formate, Seeds und Bearbeiten",
    "flux-2-klein-9b": "Feinere Details als klein 4B, viel teurer",
    "flux-2-dev": "Das beste von allen, wenn es darauf ankommt; das teuerste",
    "lucid-origin": "Lebendig, gut für Schrift im Bild",
    "phoenix-1.0": "Hält sich eng an den Prompt",
    "stable-diffusion-xl-base-1.0": "Stable Diffusion XL",
    "stable-diffusion-xl-lightning": "Stable Diffusion XL, schneller und gröber",
    "dreamshaper-8-lcm": "Verträumt und malerisch"
  },
  takes: (time) => `dauert etwa ${time}`,
  usually: (time) => `meist etwa ${time}`,
  drawnBy: (model) => `Das übernimmt ${model}.`,
  seed: "Seed",
  randomSeed: "zufällig",
  limit: "Nachfragen, wenn es mehr kostet als (Neuronen)",
  limitNone: "nie nachfragen",
  limitQuestion: (neurons, limit) =>
    `Das kostet etwa ${neurons} Neuronen, mehr als die eingestellten ${limit}. Trotzdem erstellen?`,
  limitYes: "Ja",
  limitNo: "Lieber nicht",
  optimize: "Prompt verbessern",
  optimizeHint: "Ein Sprachmodell ergänzt Details, bevor das Bild entsteht.",
  optimizeUnavailable: "Hier nicht verfügbar.",
  choices: {
    camera: "Foto aufnehmen",
    portrait: "Hochformat",
    square: "Quadrat",
    landscape: "Querformat",
    style: "Stil",
    styles: [
      "Foto bei Tageslicht",
      "Studiofoto",
      "Öl auf Leinwand",
      "Aquarell",
      "Bleistiftskizze",
      "Kinderbuchillustration",
      "Comic",
      "Anime",
      "3D-Rendering",
      "Pixel-Art",
      "Holzschnitt",
      "minimalistisches Plakat"
    ],
    width: "Breite in Pixeln",
    height: "Höhe in Pixeln",
    range: (minimum, maximum) => `Möglich ist ${minimum} bis ${maximum}.`,
    steps: "Schritte",
    format: "Dateityp",
    eachLine: (lines) => `Jede Zeile eine eigene Anfrage (${lines})`,
    compare: "Nebeneinander mit",
    preferences: "Einstellungen",
    theme: "Aussehen",
    light: "Hell",
    dark: "Dunkel",
    language: "Sprache",
    install: "Als App installieren",
    offline: "Offline. Die Bilder sind noch da."
  },
  promptMissing: "Zuerst das Bild beschreiben.",
  promptTooLong: (limit) => `Dieses Modell liest höchstens ${limit} Zeichen. Bitte den Prompt kürzen.`,
  numberRange: (maximum) => `Möglich sind 1 bis ${maximum} Bilder auf einmal.`,
  seedRange: (maximum) => `Ein Seed ist eine ganze Zahl von 0 bis ${maximum}.`,
  tooManyImages: "So viele Bilder passen nicht; die ersten wurden genommen.",
  neurons: (count) => `ca. ${count} Neuronen`,
  free: "kostenlos",
  cost: (neurons, share) => `≈ ${neurons} Neuronen, ${share} von heute`,
  costDollars: (dollars) => `≈ ${dollars}`,
  leftToday: (left, of) => `Heute noch ${left} von ${of} Neuronen`,
  dollarsLeft: (left, of) => `Heute noch ${left} von ${of}`,
  renewed: (time) => `Neue gibt es um ${time}`,
  stages: {
    waiting: "Wartet",
    sent: "Wird gesendet",
    opened: "Angenommen",
    drawing: "Wird erstellt",
    reconnecting: "Verbindung wird wiederhergestellt",
    cancelling: "Wird abgebrochen: Begonnenes wird noch fertig",
    image: (number, of) => `Bild ${number} von ${of}`,
    done: "Fertig",
    cancelled: "Abgebrochen"
  },
  notify: "Benachrichtigen, wenn es fertig ist",
  cancelledFree: "Abgebrochen. Es wurde nichts berechnet.",
  cancelledBilled: (drawn, of, neurons) =>
    `Abgebrochen. ${drawn} von ${of} waren schon begonnen und sind fertig: Berechnet wurden etwa ${neurons} Neuronen.`,
  cancelledPerhaps: (neurons) =>
    `Abgebrochen. Schon Begonnenes wird vielleicht trotzdem berechnet: höchstens etwa ${neurons} Neuronen.`,
  images: "Bilder",
  drawAgain: "Noch einmal",
  drawAgainHint: "Dieselbe Anfrage mit einem neuen Seed",
  sameSeed: "Gleicher Seed",
  sameSeedHint: "Den Prompt ändern und erstellen: Der Bildaufbau bleibt ähnlich.",
  edit: "Bearbeiten",
  usePrompt: "Prompt übernehmen",
  download: "Herunterladen",
  remove: "Löschen",
  removed: "Gelöscht.",
  removedWithLink: (time) => `Hier gelöscht. Der Link gilt noch bis ${time}.`,
  undo: "Rückgängig",
  enlarge: "Vergrößern",
  close: "Schließen",
  previous: "Vorheriges Bild",
  next: "Nächstes Bild",
  copy: "Kopieren",
  link: "Link",
  copied: "Kopiert",
  copyFailed: "Der Browser hat das Kopieren nicht erlaubt.",
  linkUntil: (time) => `Link gültig bis ${time}`,
  linkExpired: "Der Link ist abgelaufen; das Bild bleibt in diesem Browser.",
  linkMissing: "Zu diesem Bild gibt es keinen Link.",
  improvedPrompt: "Verbesserter Prompt",
  notKeptImage: "In diesem Browser ist kein Platz mehr dafür. Bitte jetzt herunterladen.",
  otherModel: (model) => `Von ${model} erstellt: Das gewählte Modell kann das nicht.`,
  otherSize: (size) => `In ${size} erstellt, der nächsten möglichen Größe.`,
  notImproved: "Der Prompt ließ sich nicht verbessern und wurde so verwendet, wie er dasteht.",
  apiKey: "API-Schlüssel",
  keyHint: "Den Schlüssel gibt, wer diesen Dienst betreibt. Er bleibt in diesem Browser.",
  save: "Speichern",
  forget: "Schlüssel vergessen",
  failed: "Das hat nicht geklappt",
  partly: (missing, of) => (missing === 1 ? `1 von ${of} Bildern fehlt` : `${missing} von ${of} Bildern fehlen`),
  tryAgain: "Erneut versuchen",
  tryAgainIn: (seconds) => `Erneut in ${seconds}`,
  tryAgainAt: (time) => `Erneut ab ${time}`,
  dismiss: "Ausblenden",
  details: "Details",
  requestId: "Anfrage",
  advice: {
    key: "Der Dienst kennt diesen Schlüssel nicht. Fehlt ein Zeichen? Sonst bitte um einen neuen.",
    quota: (time) => `Die kostenlosen Neuronen für heute sind aufgebraucht. Neue gibt es um ${time}.`,
    budget: (time) => `Das Tagesbudget dieses Schlüssels reicht dafür nicht mehr. Neues gibt es um ${time}.`,
    rate: "Im Moment sind es zu viele Anfragen.",
    policy: "Der Filter des Modells hat abgelehnt. Das trifft oft Harmloses: Bitte anders formulieren.",
    configuration: "Dieser Dienst ist nicht richtig eingerichtet. Wer ihn betreibt, findet unter „Details“ mehr.",
    tooLarge: "Das Bild ist zu groß. Bitte ein kleineres nehmen.",
    model: "Dieses Modell gibt es hier nicht. Bitte ein anderes wählen.",
    request: "So kann der Dienst es nicht erstellen. Warum, steht unter „Details“.",
    upstream:
      "Bei Cloudflare ist etwas schiefgegangen. Bitte gleich noch einmal versuchen; vielleicht wurde es berechnet.",
    timeout:
      "Es hat zu lange gedauert und wurde vielleicht berechnet. Bitte später oder mit einem anderen Modell versuchen.",
    network: "Keine Verbindung zum Dienst. Bitte das Netz prüfen und erneut versuchen.",
    lost: "Der Dienst hat das Ergebnis nicht mehr.",
    unreadableImage: "Diese Datei ist nicht als Bild lesbar. Möglich sind JPEG, PNG und WebP."
  },
  setupTitle: "Fast fertig",
  setupIntro: "Der Dienst läuft. Bevor er Bilder erstellen kann, fehlt noch:",
  settings: {
    API_KEY: "Der Schlüssel, den alle brauchen, die Bilder erstellen. Am besten ein langer, zufälliger Text.",
    FLUX_CF_KV: "Der KV-Namespace, der die Bilder aufbewahrt. Ein Deploy mit wrangler legt ihn an.",
    AI: "Workers AI; damit geht es ohne API-Token.",
    CF_ACCOUNT_ID:
      "Die ID des Cloudflare-Kontos, das die Bilder erstellt. Sie steht auf der Übersichtsseite von Workers.",
    CF_API_TOKEN: "Ein Cloudflare-API-Token, das Workers AI benutzen darf."
  },
  settingWrong: "Der Wert ist nicht verwendbar:",
  setupVariables:
    "Die Befehle im Terminal ausführen, im Ordner des Projekts. Oder im Cloudflare-Dashboard: beim Worker unter Settings, Variables and Secrets; lokal in .dev.vars.",
  setupBindings:
    "Bindings werden im Cloudflare-Dashboard gesetzt: beim Worker unter Settings, Bindings, mit genau diesen Namen. Oder im Terminal:",
  checkAgain: "Erneut prüfen",
  baseAddress: "Basisadresse für OpenAI-kompatible Programme",
  apiReference: "API-Referenz"
}

import type { Messages } from "./Messages.ts"
import type { PageMessages } from "./PageMessages.ts"

/** French sets a no-break space before double punctuation: the labels end with it, for a colon follows them. */
const nbsp = "\u00a0"

export const fr: Messages = {
  originalPrompt: `Prompt d’origine${nbsp}`,
  promptModel: `Modèle de prompt${nbsp}`,
  optimizedPrompt: `Prompt optimisé${nbsp}`,
  imageSize: `Taille de l’image${nbsp}`,
  seed: `Graine${nbsp}`,
  noPromptModel: "Prompt d’origine",
  imageGenerated: `Image générée${nbsp}!`,
  hereIsTheResult: `Voici le résultat${nbsp}:`,
  imageAlt: "Image générée",
  preview:
    "Ceci est un aperçu, pas une image de Flux. Ajoutez des identifiants Cloudflare pour générer de vraies images.",
  optimizationFailed: {
    not_configured: "l’optimisation n’est pas configurée",
    preview: "l’aperçu n’interroge aucun modèle de prompt",
    edit: "ce qui est à changer dans une image reste tel quel",
    timeout: "l’optimisation a pris trop de temps",
    refused: "le modèle de prompt a refusé de répondre",
    unavailable: "le modèle de prompt est indisponible",
    quota: "les neurones du jour sont épuisés",
    retired: "Workers AI ne propose plus le modèle de prompt",
    not_allowed: "ce compte Cloudflare ne peut pas utiliser le modèle de prompt",
    unusable_answer: "la réponse du modèle de prompt était inutilisable"
  },
  sizeAdapted: (wanted, drawn) =>
    `Les modèles configurés n’acceptent pas ${wanted}${nbsp}; l’image est générée en ${drawn}.`,
  seedIgnored: `La graine a été ignorée${nbsp}: les modèles configurés n’en acceptent pas.`,
  stepsIgnored: (steps, maximum) =>
    maximum === undefined
      ? `Le nombre d’étapes (${steps}) a été ignoré${nbsp}: ce modèle ne permet pas de le choisir.`
      : `Le nombre d’étapes (${steps}) a été ignoré${nbsp}: ce modèle en accepte ${maximum} au maximum.`,
  storageFailed: "L’image n’a pas pu être stockée, elle est donc incluse ici. Enregistrez-la maintenant.",
  imageFailed: (number, of) => `L’image ${number} sur ${of} n’a pas pu être générée${nbsp}:`,
  earlierPictureGone: "L’image précédente n’est plus conservée ; celle-ci a donc été dessinée sans elle.",
  editedPictureGone:
    "L’image à modifier n’est plus conservée ici ; rien n’a donc été dessiné. Joignez-la, ou décrivez l’image entière.",
  generationFailed: `L’image n’a pas pu être générée${nbsp}:`,
  errors: {
    promptRefused: `Le filtre de contenu du modèle a refusé ce prompt. Il en refuse souvent d’inoffensifs${nbsp}: reformulez-le.`,
    inputRefused: "Le filtre de contenu du modèle a refusé l’image d’entrée. Envoyez-en une autre.",
    outputRefused: "Le filtre de contenu du modèle a refusé l’image obtenue. Changez le prompt ou l’image d’entrée.",
    rateLimited: "Il y a trop de requêtes en ce moment. Réessayez dans quelques secondes.",
    quotaExceeded: (time) =>
      `Le compte Cloudflare a épuisé ses neurones gratuits du jour. Ils sont renouvelés le ${time}.`,
    misconfigured: (variable) =>
      `Le réglage ${variable} de ce service manque ou est incorrect. Prévenez la personne qui l’administre.`,
    upstreamFailed: "Workers AI a échoué. Réessayez plus tard.",
    upstreamTimeout: "Workers AI n’a pas répondu à temps. Réessayez plus tard.",
    interrupted: "La génération a été interrompue. Relancez-la.",
    cancelled: "La génération a été annulée.",
    notReady: "Le service ne peut pas le donner pour le moment. Réessayez dans une minute.",
    emptyPrompt: "Le dernier message est vide. Décrivez l’image.",
    onlyFlags: "Le prompt ne contient qu’un format ou des options. Décrivez aussi l’image.",
    noUserMessage: "Il n’y a aucun message de votre part. Son texte est le prompt.",
    nothingToEdit: "--edit modifie une image, mais il n’y en a aucune dans la conversation.",
    promptTooLong: "Le prompt est trop long. Raccourcissez-le.",
    tooManyPictures: (maximum) => `Il y a trop d’images d’entrée. Le maximum est ${maximum}.`,
    unusablePicture: "L’image d’entrée est inutilisable. Envoyez-la en JPEG, PNG ou WebP.",
    requestRefused: (detail) => `La requête ne peut pas être exécutée ainsi${nbsp}: ${detail}`,
    modelNotFound: (model) => `Le modèle «${nbsp}${model}${nbsp}» n’existe pas ici.`,
    pictureExpired: "Cette image a expiré et n’est plus conservée.",
    pictureNotFound: "Il n’y a aucune image à cette adresse.",
    storageFailed: "Le stockage des images a échoué. Réessayez plus tard.",
    budgetExceeded: (time) =>
      `Les neurones de cette clé ne suffisent plus pour aujourd’hui. Ils sont renouvelés le ${time}.`,
    tooLarge: "La requête est trop volumineuse. Envoyez des images moins nombreuses ou plus petites.",
    wrongKey: "La clé API manque ou est incorrecte. Saisissez la clé de ce service."
  }
}

export const pageMessages: PageMessages = {
  tagline: "Un endroit pour dessiner",
  addKey: "Saisir la clé API",
  changeKey: "Clé API",
  previewNotice:
    "Aperçu : ces images sont peintes par le Worker lui-même, pas par Flux. Ajoutez vos identifiants Cloudflare pour en dessiner de vraies.",
  prompt: "Prompt",
  promptExample: "Un phare au crépuscule, huile sur toile",
  inputPicture: "Image à modifier",
  inputPictureHint: "Déposez ou collez une image à modifier, ou",
  choosePicture: "choisissez un fichier",
  removePicture: "Retirer l’image",
  ratio: "Format",
  automatic: "Automatique",
  model: "Modèle",
  number: "Images",
  seed: "Graine",
  randomSeed: "aléatoire",
  optimize: "Améliorer le prompt",
  optimizeHint: "Un modèle de chat ajoute des détails avant le dessin.",
  optimizeUnavailable: "Non configuré sur ce service.",
  draw: "Dessiner",
  cancel: "Annuler",
  stages: {
    sent: "Envoyée",
    opened: "Acceptée",
    drawing: "Dessin en cours",
    picture: (number, of) => `Image ${number} sur ${of}`,
    done: "Terminé",
    cancelled: "Annulé"
  },
  neurons: (count) => `environ ${count} neurones`,
  pictures: "Images",
  noPictures: "Vos dessins apparaissent ici et restent dans ce navigateur.",
  notKept: "Ce navigateur ne conserve rien pour cette page. Téléchargez les images avant de partir.",
  linkUntil: (time) => `Lien valable jusqu’à ${time}`,
  linkExpired: "Le lien a expiré ; l’image est conservée dans ce navigateur.",
  linkMissing: "Il n’y a pas de lien ; l’image est conservée dans ce navigateur.",
  drawnPrompt: "Prompt amélioré",
  copy: "Copier",
  link: "Lien",
  copied: "Copié",
  copyFailed: "Le navigateur n’a pas autorisé la copie.",
  download: "Télécharger",
  redraw: "Redessiner",
  edit: "Modifier cette image",
  remove: "Supprimer",
  enlarge: "Agrandir",
  close: "Fermer",
  apiKey: "Clé API",
  keyHint: "La valeur d’API_KEY dans le Worker. Elle est demandée une seule fois et reste dans ce navigateur.",
  save: "Enregistrer",
  forget: "Oublier la clé",
  failed: "Cela n’a pas fonctionné",
  tryAgain: "Réessayer",
  requestId: "Requête",
  advice: {
    key: "Le service ne connaît pas cette clé. Saisissez celle qui est définie comme API_KEY.",
    quota: "Les neurones gratuits du jour sont épuisés. Réessayez après 00:00 UTC ou passez à l’offre Workers Paid.",
    rate: (seconds) => `Trop de requêtes en ce moment. Réessayez dans ${seconds} s.`,
    policy: "Le filtre du modèle a refusé. Décrivez l’image autrement ; il refuse souvent des demandes anodines.",
    configuration: (variable) =>
      `Un réglage du Worker est incorrect${variable && ` (${variable})`}. Corrigez-le, puis rechargez cette page.`,
    tooLarge: "L’image est trop grande. Choisissez-en une plus petite.",
    model: "Ce service n’a pas ce modèle. Choisissez-en un autre.",
    request: "Modifiez ce qui est indiqué ici, puis redessinez.",
    upstream: "Workers AI a échoué. Réessayez dans un instant ; le journal du Worker en dit plus.",
    timeout: "Workers AI a mis trop de temps. Réessayez plus tard, avec moins d’images ou un format plus petit.",
    network: "La connexion a été perdue. Vérifiez le réseau, puis réessayez.",
    unreadablePicture: "Ce fichier ne peut pas être lu comme une image. Utilisez JPEG, PNG ou WebP."
  },
  setupTitle: "Presque prêt",
  setupIntro: "Le service fonctionne. Avant de pouvoir dessiner, il faut définir :",
  settings: {
    API_KEY: "La clé que doivent connaître ceux qui dessinent. Choisissez un long texte aléatoire.",
    FLUX_CF_KV: "L’espace de noms KV qui conserve les images. Un déploiement avec wrangler le crée.",
    AI: "Workers AI, qui dessine sans jeton d’API.",
    CF_ACCOUNT_ID: "L’identifiant du compte Cloudflare qui dessine. Il figure sur la page d’aperçu de Workers.",
    CF_API_TOKEN: "Un jeton d’API Cloudflare autorisé à utiliser Workers AI."
  },
  settingWrong: "Sa valeur est inutilisable :",
  setupCommand: "Dans un terminal, dans le dossier du projet :",
  setupDashboard:
    "Ou dans le tableau de bord Cloudflare : Settings du Worker, Variables and Secrets. En local : dans .dev.vars.",
  setupBinding:
    "Dans le tableau de bord Cloudflare : Settings du Worker, Bindings, sous ce nom exact. Ou dans un terminal :",
  checkAgain: "Vérifier à nouveau",
  baseAddress: "Adresse de base pour les programmes compatibles OpenAI",
  apiDescription: "Description de l’API"
}

import type { Messages } from "./Messages.ts"

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
    timeout: "l’optimisation a pris trop de temps",
    refused: "le modèle de prompt a refusé de répondre",
    unavailable: "le modèle de prompt est indisponible",
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
  generationFailed: `L’image n’a pas pu être générée${nbsp}:`
}

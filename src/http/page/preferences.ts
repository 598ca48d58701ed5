import { stored } from "./stored.ts"

/** The languages of the page by their tags, each in its own words. */
export const languages: Readonly<Record<string, string>> = {
  en: "English",
  "zh-CN": "简体中文",
  "zh-Hant": "繁體中文",
  ja: "日本語",
  es: "Español",
  fr: "Français",
  ru: "Русский",
  de: "Deutsch"
}

/** The tag of the language that was chosen here; empty for what the server chooses. */
export const chosenLanguage = stored("flux-language", "")

/** `light` or `dark` where that was chosen here; empty for what the system says. */
export const chosenTheme = stored<"" | "light" | "dark">("flux-theme", "")

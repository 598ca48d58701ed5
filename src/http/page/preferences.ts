import { stored } from "./stored.ts"

/** The language that was chosen here; empty for what the server chooses. */
export const chosenLanguage = stored("flux-language", "")

/** `light` or `dark` where that was chosen here; empty for what the system says. */
export const chosenTheme = stored<"" | "light" | "dark">("flux-theme", "")

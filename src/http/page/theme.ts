import { chosenTheme } from "./preferences.ts"

const question = "prefers-color-scheme"

/** What is meant for one theme alone: rules of the style, and colours of the browser's own bars. */
const parts = () => {
  const metas = document.querySelectorAll<HTMLMetaElement>(`meta[media*="${question}"]`)
  return [
    ...[...document.styleSheets]
      .flatMap(({ cssRules }) => [...cssRules])
      .flatMap((rule) => (rule instanceof CSSMediaRule && rule.conditionText.includes(question) ? rule.media : []))
      .map((media) => ({ system: media.mediaText, show: (text: string) => (media.mediaText = text) })),
    ...Array.from(metas, (meta) => ({ system: meta.media, show: (text: string) => (meta.media = text) }))
  ]
}

let found: ReturnType<typeof parts> | undefined

/** Shows the page in the theme that was chosen, whatever the system says: the styles themselves ask the system alone. */
export const showTheme = (): void => {
  const theme = chosenTheme.get()
  found ??= parts()
  for (const { show, system } of found) show(theme === "" ? system : system.includes(theme) ? "all" : "not all")
  document.documentElement.style.colorScheme = theme
}

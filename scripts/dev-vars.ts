/** The key of the local service as long as `.dev.vars` sets none. */
export const LOCAL_KEY = "sk-local"

/** What `npm start` adds to the settings of `.dev.vars`, and what it can tell about them. */
export interface LocalDefaults {
  /** Variables to give to the Worker; they hold no value of `.dev.vars`. */
  readonly vars: Readonly<Record<string, string>>
  /** The setting that says who gets in. `default` is `LOCAL_KEY`. */
  readonly key: "default" | "API_KEY" | "API_KEYS"
  /** Who draws: the preview, Workers AI over REST, or what `FLUX_BACKEND` of `.dev.vars` names. */
  readonly backend: "preview" | "rest" | "chosen"
  /** The credential that is missing where only one of the two is set. */
  readonly missing: "CF_ACCOUNT_ID" | "CF_API_TOKEN" | undefined
}

// The grammar of dotenv, with which wrangler reads the file. `parseEnv` of node:util differs where it matters: after
// `API_KEY= ` with a blank at the end it takes the next line for the value.
const LINE =
  /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm

/** The settings in the text of a `.dev.vars` file, read as wrangler reads them. */
export const parseDevVars = (text: string): Record<string, string> => {
  const settings: Record<string, string> = {}
  for (const [, name, raw = ""] of text.replace(/\r\n?/g, "\n").matchAll(LINE)) {
    if (name === undefined) continue
    const trimmed = raw.trim()
    const value = trimmed.replace(/^(['"`])([\s\S]*)\1$/gm, "$2")
    settings[name] = trimmed.startsWith('"') ? value.replaceAll("\\n", "\n").replaceAll("\\r", "\r") : value
  }
  return settings
}

/**
 * The defaults of the local service for the settings of `.dev.vars`. An empty setting counts as unset. The key is given
 * where neither `API_KEY` nor `API_KEYS` is set; the preview where nothing is said about who draws.
 */
export const localDefaults = (settings: Readonly<Record<string, string>>): LocalDefaults => {
  const isSet = (name: string) => (settings[name] ?? "") !== ""
  const key = isSet("API_KEY") ? "API_KEY" : isSet("API_KEYS") ? "API_KEYS" : "default"
  const unset = (["CF_ACCOUNT_ID", "CF_API_TOKEN"] as const).filter((name) => !isSet(name))
  const backend = isSet("FLUX_BACKEND") ? "chosen" : unset.length === 0 ? "rest" : "preview"
  return {
    vars: {
      ...(key === "default" ? { API_KEY: LOCAL_KEY } : {}),
      ...(backend === "preview" ? { FLUX_BACKEND: "preview" } : {})
    },
    key,
    backend,
    missing: unset.length === 1 ? unset[0] : undefined
  }
}

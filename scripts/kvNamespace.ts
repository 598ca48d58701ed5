/** The KV namespace of the pictures in `wrangler.toml`, which a first deploy makes and names. */
const block = /^(\[\[kv_namespaces\]\][^[]*?^binding = "FLUX_CF_KV"\n)(id = .*\n)?/m

/** The title that wrangler gives to the namespace that it makes for a Worker. */
export const namespaceTitle = (worker: string): string => `${worker}-flux-cf-kv`

/** The name of the Worker by its settings, as far as no option says otherwise. */
export const workerName = (settings: string): string | undefined => /^name = "([^"]+)"$/m.exec(settings)?.[1]

/** Whether the namespace is bound by its title alone, and so is made anew by a deploy that does not find the Worker's binding. */
export const lacksNamespaceId = (settings: string): boolean => {
  const found = block.exec(settings)
  return found !== null && found[2] === undefined
}

/** The settings with the id of the namespace in them. */
export const withNamespaceId = (settings: string, id: string): string =>
  settings.replace(block, (_, begin: string) => `${begin}id = "${id}"\n`)

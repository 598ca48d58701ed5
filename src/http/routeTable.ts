/** What has to be known of an API. */
interface Routes {
  readonly groups: Readonly<
    Record<string, { readonly endpoints: Readonly<Record<string, { readonly method: string; readonly path: string }>> }>
  >
}

/** An address of the API, whatever its method. */
export interface Route {
  /** With its parameters as they are declared: `/image/:key`. */
  readonly path: string
  readonly methods: ReadonlyArray<string>
}

/** Finds the route of a path, for what has to be known of it outside of its handler. `documents` are read beside the API. */
export const routeTable = (api: Routes, documents: ReadonlyArray<string>): ((path: string) => Route | undefined) => {
  const methods = new Map(documents.map((path) => [path, new Set(["GET", "HEAD", "OPTIONS"])]))
  for (const group of Object.values(api.groups)) {
    for (const { method, path } of Object.values(group.endpoints)) {
      const known = methods.get(path) ?? new Set(["OPTIONS"])
      methods.set(path, known.add(method))
      if (method === "GET") known.add("HEAD")
    }
  }
  const routes = [...methods].map(([path, names]) => ({
    // Linear: anchored, and no part can share its text with the next.
    pattern: new RegExp(`^${path.replace(/:[^/]+/g, "[^/]+")}$`),
    route: { path, methods: [...names].sort() }
  }))
  return (path) => routes.find(({ pattern }) => pattern.test(path))?.route
}

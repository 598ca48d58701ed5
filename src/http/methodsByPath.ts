/** What has to be known of an API. */
interface Routes {
  readonly groups: Readonly<
    Record<string, { readonly endpoints: Readonly<Record<string, { readonly method: string; readonly path: string }>> }>
  >
}

/** For a path, the methods that its endpoints have: the answer to a request with another one names them. */
export const methodsByPath = (api: Routes): ((path: string) => ReadonlyArray<string>) => {
  const endpoints = Object.values(api.groups).flatMap((group) => Object.values(group.endpoints))
  const routes = endpoints.map(({ method, path }) => ({
    pattern: new RegExp(`^${path.replace(/:[^/]+/g, "[^/]+")}$`),
    methods: method === "GET" ? ["GET", "HEAD"] : [method]
  }))
  return (path) => {
    const methods = routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods)
    return methods.length > 0 ? [...new Set([...methods, "OPTIONS"])] : []
  }
}

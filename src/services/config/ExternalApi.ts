/**
 * The chat completions address for `EXTERNAL_API_BASE` as people paste it: a whole endpoint (`…/chat/completions`, with its
 * query) is used exactly as it is, a path that names a version (`/v1`, `/api/paas/v4`) gets the rest of it, any other `/v1` as
 * well. `undefined` where it is not an http(s) address, or holds a name or a password, which `fetch` refuses.
 */
export const chatCompletionsUrl = (base: string): string | undefined => {
  const url = URL.parse(base.trim())
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return undefined
  url.hash = ""
  const path = url.pathname.replace(/\/+$/, "")
  if (path.endsWith("/chat/completions")) {
    url.pathname = path
    return url.href
  }
  const versioned = /\/v\d[^/]*(\/|$)/.test(path) ? path : `${path}/v1`
  url.pathname = `${versioned}/chat/completions`
  return url.href
}

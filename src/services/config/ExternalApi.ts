/**
 * The chat completions address for `EXTERNAL_API_BASE` as people paste it: a path that names a version (`/v1`,
 * `/api/paas/v4`) is used as it is, otherwise `/v1` is added; a pasted `/chat/completions` makes no difference.
 * `undefined` where it is not an http(s) address.
 */
export const chatCompletionsUrl = (base: string): string | undefined => {
  const url = URL.parse(base.trim())
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const path = url.pathname.replace(/\/+$/, "").replace(/\/chat\/completions$/, "")
  const versioned = /\/v\d[^/]*(\/|$)/.test(path) ? path : `${path}/v1`
  url.pathname = `${versioned}/chat/completions`
  return url.href
}

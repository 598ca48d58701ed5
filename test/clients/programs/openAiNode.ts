/** What openai-node sends with each request, as LobeChat and LibreChat do too. */
export const openAiNodeHeaders = (userAgent: string) => ({
  accept: "application/json",
  authorization: "Bearer sk-test",
  "content-type": "application/json",
  "user-agent": userAgent,
  "x-stainless-retry-count": "0",
  "x-stainless-lang": "js",
  "x-stainless-package-version": "4.104.0",
  "x-stainless-os": "Linux",
  "x-stainless-arch": "x64",
  "x-stainless-runtime": "node",
  "x-stainless-runtime-version": "v22.20.0"
})

/**
 * The service worker: shows the page, and with it the pictures that this browser keeps, where there is no network. It answers
 * for the page's own files alone, so that nothing of the API ever passes through it.
 */
const kept: ReadonlyArray<string> = ["/", "/manifest.webmanifest", "/icon.svg", "/icon.png"]

/** What a worker's events have beyond those of a page, whose types are the ones here. */
interface WorkerEvent extends Event {
  readonly request: Request
  readonly respondWith: (response: Promise<Response>) => void
  readonly waitUntil: (work: Promise<unknown>) => void
}

/** From the network, and from what it gave before where there is none. */
const load = async (request: Request, path: string): Promise<Response> => {
  const cache = await caches.open("flux-page")
  try {
    const response = await fetch(request)
    // Not a failure, and not a page that asks for settings: the service has said what may be kept.
    if (response.ok && !response.headers.get("cache-control")?.includes("no-store")) {
      await cache.put(path, response.clone())
    }
    return response
  } catch (cause) {
    const known = await cache.match(path)
    if (known) return known
    throw cause
  }
}

// The casts: this script runs as a service worker, where these are such events.
addEventListener("install", (event) => {
  ;(event as WorkerEvent).waitUntil(Promise.all(kept.map((path) => load(new Request(path), path))))
})

addEventListener("fetch", (event) => {
  const asked = event as WorkerEvent
  const { origin, pathname } = new URL(asked.request.url)
  if (asked.request.method !== "GET" || origin !== location.origin || !kept.includes(pathname)) return
  asked.respondWith(load(asked.request, pathname))
})

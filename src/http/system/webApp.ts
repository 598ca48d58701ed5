import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import { AppConfig } from "../../services/Config.ts"
import { icon, iconPng, serviceWorker } from "../page/page.generated.ts"

const manifestPath = "/manifest.webmanifest"
const iconPath = "/icon.svg"
const iconPngPath = "/icon.png"
const workerPath = "/sw.js"

/** What makes an app of the page at `/`. */
export const webAppPaths: ReadonlyArray<string> = [manifestPath, iconPath, iconPngPath, workerPath]

const kept = { "cache-control": "public, max-age=300", "x-content-type-options": "nosniff" }

/** The colours are those of the page (tokens.css). The icon fills its square, and so a mask of any form. */
const manifestOf = (title: string) => ({
  id: "/",
  name: title,
  short_name: title,
  start_url: "/",
  scope: "/",
  display: "standalone",
  background_color: "#faf8f5",
  theme_color: "#faf8f5",
  icons: [
    { src: iconPath, sizes: "any", type: "image/svg+xml", purpose: "any" },
    { src: iconPngPath, sizes: "192x192", type: "image/png", purpose: "any maskable" }
  ]
})

const Manifest = HttpRouter.use((router) =>
  Effect.flatMap(AppConfig, ({ title }) =>
    router.add(
      "GET",
      manifestPath,
      HttpServerResponse.text(JSON.stringify(manifestOf(title)), {
        contentType: "application/manifest+json",
        headers: kept
      })
    )
  )
)

/** The manifest, the icons, and the service worker, which shows the page where there is no network. */
export const WebApp = Layer.mergeAll(
  Manifest,
  HttpRouter.add(
    "GET",
    iconPath,
    HttpServerResponse.text(icon, {
      contentType: "image/svg+xml",
      headers: { ...kept, "content-security-policy": "default-src 'none'" }
    })
  ),
  HttpRouter.add(
    "GET",
    iconPngPath,
    Effect.sync(() =>
      HttpServerResponse.uint8Array(Uint8Array.fromBase64(iconPng), { contentType: "image/png", headers: kept })
    )
  ),
  HttpRouter.add(
    "GET",
    workerPath,
    // Not kept: a browser that looks for a newer one finds it at once.
    HttpServerResponse.text(serviceWorker, {
      contentType: "text/javascript",
      headers: {
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; connect-src 'self'"
      }
    })
  )
)

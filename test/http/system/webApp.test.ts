import { describe, expect, it } from "vitest"
import { pixelsOf } from "../../support/metadata.ts"
import { testApp } from "../../support/testApp.ts"

interface Manifest {
  readonly name: string
  readonly icons: ReadonlyArray<{ readonly src: string; readonly sizes: string; readonly type: string }>
}

const manifestWith = async (env: Readonly<Record<string, string>> = {}): Promise<Manifest> =>
  (await testApp({ env }).fetch("/manifest.webmanifest")).json()

describe("the manifest", () => {
  it("makes the page an app, with the name of the place", async () => {
    const response = await testApp().fetch("/manifest.webmanifest")
    expect(response.headers.get("content-type")).toMatch(/^application\/manifest\+json\b/)
    expect(await response.json()).toMatchObject({ name: "Flux API Worker", start_url: "/", display: "standalone" })
    const name = 'A "family" </script> 日本'
    expect(await manifestWith({ TITLE: name })).toMatchObject({ name, short_name: name })
  })

  it("names icons that there are, of the type and size that it says", async () => {
    const { icons } = await manifestWith()
    expect(icons.length).toBeGreaterThan(1)
    for (const { sizes, src, type } of icons) {
      const response = await testApp().fetch(src)
      expect(response.status).toBe(200)
      expect(response.headers.get("content-type")).toBe(type)
      expect(response.headers.get("x-content-type-options")).toBe("nosniff")
      if (type !== "image/png") continue
      const { width, height } = await pixelsOf(Buffer.from(await response.arrayBuffer()))
      expect(`${width}x${height}`).toBe(sizes)
    }
  })

  it("is named by the page, as are the icons", async () => {
    const page = await (await testApp().fetch("/")).text()
    for (const path of ["/manifest.webmanifest", "/icon.svg", "/icon.png"]) expect(page).toContain(`href="${path}"`)
  })
})

describe("the service worker", () => {
  it("is a script that may reach nothing but this service, and is looked for anew each time", async () => {
    const { headers } = await testApp().fetch("/sw.js")
    expect(headers.get("content-type")).toMatch(/^text\/javascript\b/)
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; connect-src 'self'")
    expect(headers.get("cache-control")).toBe("no-store")
  })
})

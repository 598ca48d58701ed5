import { byId } from "./dom.ts"

/** What some browsers give a page that can be installed. */
interface InstallPrompt extends Event {
  readonly prompt: () => Promise<unknown>
}

interface TypedScripts {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: () => string }
  ) => { readonly createScriptURL: (text: string) => string }
}

// The cast: not every browser has it, and TypeScript does not know it yet.
const { trustedTypes } = window as { readonly trustedTypes?: TypedScripts }

const address = "/sw.js"

/** Makes the page an app: it can be installed, and opens without a network, with the pictures that are kept here. */
export const startApp = (): void => {
  const policy = trustedTypes?.createPolicy("worker", { createScriptURL: () => address })
  // Where a browser lets no worker in, the page needs the network, as ever.
  navigator.serviceWorker?.register(policy?.createScriptURL(address) ?? address).catch(() => undefined)

  const install = byId("install", HTMLButtonElement)
  let offer: InstallPrompt | undefined
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault()
    // The cast: it is the event of that name.
    offer = event as InstallPrompt
    install.hidden = false
  })
  addEventListener("appinstalled", () => {
    install.hidden = true
  })
  install.addEventListener("click", () => {
    install.hidden = true
    void offer?.prompt()
  })

  const notice = byId("offline", HTMLElement)
  const look = () => {
    notice.hidden = navigator.onLine
  }
  addEventListener("online", look)
  addEventListener("offline", look)
  look()
}

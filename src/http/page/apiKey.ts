import { listModels } from "./account.ts"
import { byId } from "./dom.ts"
import { onInvitation } from "./invitation.ts"
import { messages } from "./messages.ts"
import { ServiceFailure } from "./ServiceFailure.ts"

const storageName = "flux-api-key"
const dialog = byId("key-dialog", HTMLDialogElement)
const field = byId("key", HTMLInputElement)
const problem = byId("key-error", HTMLElement)
const forget = byId("key-forget", HTMLButtonElement)
const button = byId("key-button", HTMLButtonElement)
const refused = byId("key-refused", HTMLElement)

let key = ""

const keep = (value: string): void => {
  key = value
  button.textContent = value === "" ? messages.addKey : messages.changeKey
  forget.hidden = value === ""
  refused.hidden = true
  try {
    if (value === "") localStorage.removeItem(storageName)
    else localStorage.setItem(storageName, value)
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

const storedKey = (): string => {
  try {
    return localStorage.getItem(storageName) ?? ""
  } catch {
    return ""
  }
}

/** The key of this browser; empty where there is none yet. */
export const currentKey = (): string => key

/** Asks for the key, and tries it; `undefined` where the user does not give one. */
export const askKey = (reason = ""): Promise<string | undefined> => {
  problem.textContent = reason
  field.value = key
  dialog.returnValue = ""
  if (!dialog.open) dialog.showModal()
  field.select()
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "saved" ? key : undefined), { once: true })
  )
}

/** Sets the dialog up; `onModels` gets the models whenever a key has been accepted, and none when it is gone. */
export const startKey = (onModels: (ids: ReadonlyArray<string>, key: string) => void): void => {
  keep(storedKey())
  const tryOut = async (candidate: string): Promise<boolean> => {
    try {
      onModels(await listModels(candidate), candidate)
    } catch (failure) {
      if (failure instanceof ServiceFailure && failure.code === "invalid_api_key") return false
    }
    return true
  }
  const check = async (): Promise<void> => {
    refused.hidden = await tryOut(key)
  }
  byId("key-form", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault()
    const candidate = field.value.trim()
    if (!(await tryOut(candidate))) {
      problem.textContent = messages.advice.key
      field.select()
      return
    }
    keep(candidate)
    dialog.close("saved")
  })
  byId("key-cancel", HTMLButtonElement).addEventListener("click", () => dialog.close(""))
  forget.addEventListener("click", () => {
    keep("")
    onModels([], "")
    dialog.close("")
  })
  onInvitation((invited) => {
    if (key === "" || key === invited) {
      keep(invited)
      void check()
    } else {
      void askKey(messages.otherKey)
      field.value = invited
    }
  })
  button.addEventListener("click", () => void askKey())
  byId("key-again", HTMLButtonElement).addEventListener("click", () => void askKey())
  // Another tab has another key.
  addEventListener("storage", ({ key: name }) => {
    if (name === storageName) keep(storedKey())
  })
  if (key !== "") void check()
}

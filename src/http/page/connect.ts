import { chatClients } from "./clients.ts"
import { copyField, copyLine } from "./copyLine.ts"
import { element } from "./dom.ts"
import { modelName } from "./format.ts"
import { messages } from "./messages.ts"
import { findModel } from "./plan.ts"
import { service } from "./service.ts"
import { openSheet } from "./sheet.ts"

/** The models that draw here, by names that every program can write: the one that edits as `klein`, as docs/clients.md does. */
const modelNames = (): ReadonlyArray<string> => {
  const ids = new Set([service.defaultModel, service.sizedModel].filter((id) => id !== ""))
  return [...ids].map((id) => findModel(id)?.aliases.find((name) => !name.startsWith("flux-2")) ?? modelName(id))
}

/** Shows for each program what is to be entered in it. */
export const openConnect = (key: string): void => {
  const select = element(
    "select",
    { ariaLabel: messages.connectTo },
    ...chatClients.map(({ name }) => element("option", { textContent: name }))
  )
  const fields = element("div", { className: "stack" })
  const show = (): void => {
    const client = chatClients[select.selectedIndex]
    if (!client) return
    const address = location.origin + client.path
    const { addressField, configuration, keyField, models } = client
    const names = modelNames()
    fields.replaceChildren(
      ...(configuration
        ? [copyLine(JSON.stringify(configuration(address, key), undefined, 2), client.name, key)]
        : [
            copyField(messages.address + (addressField ? ` (${addressField})` : ""), address),
            copyField(keyField, client.path === "/mcp" ? `Bearer ${key}` : key, key),
            ...(client.path === "/mcp" ? [] : [copyField(messages.model, models ? models(names) : names.join(", "))])
          ])
    )
  }
  select.addEventListener("change", show)
  show()
  openSheet(messages.connect, select, fields)
}

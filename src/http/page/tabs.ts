/** What a tab tells the others. */
export type TabMessage = { readonly type: "added" | "removed"; readonly id: string }

const channel = new BroadcastChannel("flux-pictures")

export const tellTabs = (message: TabMessage): void => channel.postMessage(message)

export const listenToTabs = (hear: (message: TabMessage) => void): void =>
  channel.addEventListener("message", ({ data }) => hear(data))

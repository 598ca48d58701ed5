/** The key that came with the address, until somebody takes it. */
let invited = ""
let tell = (): void => undefined

/** Takes the key out of the address at once: it is to stay in no history, and in no link that is copied from there. */
const take = (): void => {
  const found = /^#key=(.+)$/.exec(location.hash)?.[1]
  if (found === undefined) return
  history.replaceState(history.state, "", location.pathname + location.search)
  try {
    invited = decodeURIComponent(found).trim()
  } catch {
    invited = found
  }
  tell()
}

take()
addEventListener("hashchange", take)

/** Hands the key of an invite link to `use`: the one that the page was opened with, and any that comes later. */
export const onInvitation = (use: (key: string) => void): void => {
  tell = () => {
    if (invited !== "") use(invited)
    invited = ""
  }
  tell()
}

/** What {@link onInvitation} understands. */
export const inviteLink = (key: string): string => `${location.origin}/#key=${encodeURIComponent(key)}`

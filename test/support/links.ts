/** The links of the pictures in a chat answer, in their order. */
export const linksIn = (content: string): ReadonlyArray<string> =>
  Array.from(content.matchAll(/!\[[^[\]\n]*\]\(([^\s()]+)\)/g), ([, link = ""]) => link)

/** The key of a stored picture, which is the last part of its link. */
export const keyOf = (link: string): string => link.slice(link.lastIndexOf("/") + 1)

/** Under which the picture of a link is stored. */
export const storedUnder = (link: string): string => keyOf(link).replace(/\.\w+$/, "")

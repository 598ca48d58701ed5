/** The element of the page with this id, which has to be of that class. */
export const byId = <T extends HTMLElement>(id: string, type: new () => T): T => {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`The page has no ${type.name} #${id}`)
}

/** A new element with properties and children. Texts stay texts. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: ReadonlyArray<Node | string>
): HTMLElementTagNameMap[K] => {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
}

/** A new SVG element. */
export const svg = (
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: ReadonlyArray<SVGElement>
): SVGElement => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value))
  made.append(...children)
  return made
}

const strokes = {
  add: "M12 5v14M5 12h14",
  camera: "M4 8h4l1.500-3h5L16 8h4v11H4zM8.500 13a3.500 3.500 0 1 0 7 0 3.500 3.500 0 1 0-7 0",
  download: "M12 4v11m-5-4 5 5 5-5M5 20h14",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1m2 4a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5m4-5v5",
  close: "M6 6l12 12M18 6 6 18",
  previous: "m15 5-7 7 7 7",
  next: "m9 5 7 7-7 7",
  preferences:
    "M4 7h9m5 0h2M4 17h2m5 0h9M13 7a2.500 2.500 0 1 0 5 0 2.500 2.500 0 1 0-5 0M6 17a2.500 2.500 0 1 0 5 0 2.500 2.500 0 1 0-5 0",
  heart: "M12 20C6 15 3 12 3 8.500a4.500 4.500 0 0 1 9-1 4.500 4.500 0 0 1 9 1C21 12 18 15 12 20z",
  menu: "M5 12h.01M12 12h.01M19 12h.01"
}

export const icon = (name: keyof typeof strokes): SVGElement =>
  svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: strokes[name] }))

/** A button that says what it does. */
export const textButton = (text: string, use: () => void, className = "pill"): HTMLButtonElement => {
  const button = element("button", { type: "button", className, textContent: text })
  button.addEventListener("click", use)
  return button
}

/** A button that shows what it does, and has a name. */
export const iconButton = (name: keyof typeof strokes, text: string, use: () => void): HTMLButtonElement => {
  const button = element("button", { type: "button", className: "icon", ariaLabel: text, title: text }, icon(name))
  button.addEventListener("click", use)
  return button
}

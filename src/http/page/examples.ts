import { byId, element } from "./dom.ts"
import { messages } from "./messages.ts"

/** Offers prompts to begin with; `choose` puts one into the form, for nothing is drawn that was not asked for. */
export const startExamples = (choose: (prompt: string) => void): void => {
  byId("examples", HTMLElement).append(
    ...messages.examples.map((prompt) => {
      const button = element("button", { type: "button", className: "example", textContent: prompt })
      button.addEventListener("click", () => choose(prompt))
      return element("li", {}, button)
    })
  )
}

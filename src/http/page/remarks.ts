import { element } from "./dom.ts"
import { formatPixels, formatTime, modelName } from "./format.ts"
import { messages } from "./messages.ts"
import { promptWishes } from "./promptWishes.ts"
import { linkEnd, type ShownImage } from "./ShownImage.ts"
import { service } from "./service.ts"

/**
 * What was done otherwise than asked, as sentences. Before a request is `settled` nobody knows whether its prompt was improved.
 */
export const remarksOn = (
  image: ShownImage,
  { kept, settled }: { readonly kept: boolean; readonly settled: boolean }
): ReadonlyArray<string> => {
  const { model, request, revisedPrompt, size, url } = image
  const wishes = promptWishes(request.prompt)
  const wantedModel = wishes.model ?? request.model
  const wantedSize = wishes.size ?? request.size
  return [
    ...(kept ? [] : [messages.notKeptImage]),
    ...(wantedModel && wantedModel !== model ? [messages.otherModel(modelName(model))] : []),
    ...(wantedSize && wantedSize !== size ? [messages.otherSize(formatPixels(size))] : []),
    ...(settled && request.improve && request.inputs.length === 0 && !revisedPrompt ? [messages.notImproved] : []),
    ...(url ? [] : [messages.linkMissing])
  ]
}

/** The prompt that was drawn, where it is not the one that was written. */
export const improvedPrompt = ({ revisedPrompt }: ShownImage): ReadonlyArray<HTMLElement> =>
  revisedPrompt
    ? [
        element(
          "details",
          { className: "meta" },
          element("summary", { textContent: messages.improvedPrompt }),
          revisedPrompt
        )
      ]
    : []

/** The service's own words, without what the page says of itself. */
export const tellable = (warnings: ReadonlyArray<string>): ReadonlyArray<string> =>
  service.preview ? warnings.filter((warning) => !warning.includes("preview")) : warnings

/** The facts of a picture, in a line. */
export const factsOf = ({ drawnAt, model, neurons, seed, size }: ShownImage, count: string): string =>
  [
    formatPixels(size),
    modelName(model),
    ...(seed === undefined ? [] : [`${messages.seed} ${seed}`]),
    ...(neurons > 0 ? [count] : []),
    formatTime(drawnAt)
  ].join(" · ")

/** Whether the link works, and until when; empty where there is none, which is a remark. */
export const lifeOf = (image: ShownImage): string => {
  const end = linkEnd(image)
  if (!end) return ""
  return end > new Date() ? messages.linkUntil(formatTime(end)) : messages.linkExpired
}

/** The words of the service behind something to open: they are English. */
export const details = (lines: ReadonlyArray<string>): HTMLElement =>
  element(
    "details",
    { className: "meta" },
    element("summary", { textContent: messages.details }),
    ...lines.map((line) => element("p", { lang: "en", textContent: line }))
  )

import { countCharacters } from "../../domain/characters.ts"
import { InvalidRequest } from "../../domain/Errors.ts"
import type { GenerationPlan } from "../../domain/GenerationPlan.ts"
import { unusableBeginning } from "../inputImages/InputImage.ts"

/** The most pictures that a request can start from. */
export const maximumInputs = 4

export const tooManyInputs = (given: number): InvalidRequest =>
  new InvalidRequest({
    message: `At most ${maximumInputs} input pictures can be used; ${given} were sent.`,
    param: "image",
    reason: "tooManyImages"
  })

const reasonOf = (message: string): string =>
  message.startsWith(unusableBeginning) ? message.slice(unusableBeginning.length) : `. ${message}`

/** What is wrong with a picture that is a mask. */
export const ofMask = <E>(error: E): E | InvalidRequest =>
  error instanceof InvalidRequest
    ? new InvalidRequest({ message: `The mask can't be used${reasonOf(error.message)}`, param: "mask" })
    : error

export const promptTooLong = (prompt: string, { model }: GenerationPlan): InvalidRequest => {
  // The model counts UTF-16 units. Both numbers are told in characters, or they would not say how much to cut.
  const fitting = countCharacters(prompt.slice(0, model.promptLimit).replace(/[\uD800-\uDBFF]$/, ""))
  return new InvalidRequest({
    message: `The prompt has ${countCharacters(prompt)} characters; ${model.id} takes at most ${fitting} of them. Shorten it.`,
    param: "prompt",
    reason: "promptTooLong"
  })
}

export const formatRefused = (wanted: string, given: string): InvalidRequest =>
  new InvalidRequest({
    message: `The model draws ${given}, and ${wanted} needs the Images binding, which is not bound as IMAGES.`,
    param: "output_format"
  })

import * as Effect from "effect/Effect"
import { InvalidRequest } from "../domain/Errors.ts"

/** The longest raw prompt, in characters, whatever its model takes: it is bounded before anything looks at it. */
export const maximumPrompt = 32 * 1024

/** Refuses a prompt of more than {@link maximumPrompt} characters. `param` is the field that holds it. */
export const boundPrompt = (text: string, param: string): Effect.Effect<string, InvalidRequest> =>
  isTooLong(text)
    ? Effect.fail(
        new InvalidRequest({
          message: `The prompt is longer than 32 KB (${maximumPrompt.toLocaleString("en")} characters). Shorten it.`,
          param,
          reason: "promptTooLong"
        })
      )
    : Effect.succeed(text)

/** A character outside of the basic plane is two code units, so that only texts of up to twice the length are counted. */
const isTooLong = (text: string): boolean =>
  text.length > 2 * maximumPrompt || (text.length > maximumPrompt && Array.from(text).length > maximumPrompt)

/**
 * The beginning and the end of a long text, by which a background request of a chat program is known; a shorter one as it
 * is. White space around it is not counted.
 */
export const beginningAndEnd = (text: string): string => {
  const trimmed = text.trim()
  if (trimmed.length <= maximumPrompt) return trimmed
  const half = maximumPrompt / 2
  return `${trimmed.slice(0, half)}\n…\n${trimmed.slice(-half)}`
}

import { beginningAndEnd } from "../../promptBound.ts"
import type { ChatCompletionRequest } from "../ChatApi.ts"
import { type HelperAnswer, recognizeHelper } from "./HelperRequest.ts"
import { helperProbe } from "./helperProbe.ts"

/**
 * The answer to a request that a program makes by itself; `undefined` where a picture is wanted. Such requests carry whole
 * conversations: only the beginning and the end of a long text are looked at.
 */
export const readHelper = (body: ChatCompletionRequest): HelperAnswer | undefined => {
  const probe = helperProbe(body)
  const messages = probe.messages.map(({ content, role }) => ({ role, content: beginningAndEnd(content) }))
  return recognizeHelper({ ...probe, messages })
}

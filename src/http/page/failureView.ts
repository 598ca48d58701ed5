import { byId, element } from "./dom.ts"
import { messages } from "./messages.ts"
import { ServiceFailure } from "./ServiceFailure.ts"

const panel = byId("failure", HTMLElement)

const adviceFor = ({ code, param, retryAfterSeconds }: ServiceFailure): string => {
  const { advice } = messages
  switch (code) {
    case "invalid_api_key":
      return advice.key
    case "insufficient_quota":
      return advice.quota
    case "rate_limit_exceeded":
      return advice.rate(retryAfterSeconds)
    case "content_policy_violation":
      return advice.policy
    case "configuration_error":
      return advice.configuration(param)
    case "payload_too_large":
      return advice.tooLarge
    case "model_not_found":
      return advice.model
    case "upstream_timeout":
      return advice.timeout
    case "upstream_error":
    case "internal_error":
      return advice.upstream
    case "network":
      return advice.network
    case "unreadable_picture":
      return advice.unreadablePicture
    default:
      return advice.request
  }
}

export const clearFailure = (): void => panel.replaceChildren()

/** Says what went wrong and what to do about it, with what the service said, and its request id for the log. */
export const showFailure = (cause: unknown, retry?: () => void): void => {
  const failure = cause instanceof ServiceFailure ? cause : new ServiceFailure("", String(cause))
  const parts: Array<Node> = [
    element("strong", { textContent: messages.failed }),
    element("p", { textContent: adviceFor(failure) })
  ]
  if (failure.message) parts.push(element("p", { lang: "en", textContent: failure.message }))
  if (failure.requestId) {
    parts.push(element("small", {}, `${messages.requestId}: `, element("code", { textContent: failure.requestId })))
  }
  if (retry) {
    const again = element("button", { type: "button", textContent: messages.tryAgain })
    again.addEventListener("click", retry)
    parts.push(again)
  }
  panel.replaceChildren(...parts)
  panel.scrollIntoView({ block: "nearest" })
}

import { element, textButton } from "./dom.ts"
import { formatSeconds, formatTime } from "./format.ts"
import { messages } from "./messages.ts"
import { details } from "./remarks.ts"
import type { ServiceFailure } from "./ServiceFailure.ts"

/** What somebody with a key can do about it; never a setting to change, which is not theirs. */
export const adviceFor = ({ code, ownBudget, retryAt }: ServiceFailure): string => {
  const { advice } = messages
  const time = formatTime(retryAt ?? new Date())
  switch (code) {
    case "invalid_api_key":
      return advice.key
    case "insufficient_quota":
      return ownBudget ? advice.budget(time) : advice.quota(time)
    case "rate_limit_exceeded":
      return advice.rate
    case "content_policy_violation":
      return advice.policy
    case "configuration_error":
      return advice.configuration
    case "payload_too_large":
      return advice.tooLarge
    case "model_not_found":
      return advice.model
    case "upstream_timeout":
      return advice.timeout
    case "upstream_error":
    case "internal_error":
    case "server_error":
      return advice.upstream
    case "network":
      return advice.network
    case "job_not_found":
    case "image_not_found":
      return advice.lost
    case "generation_cancelled":
      return messages.stages.cancelled
    case "unreadable_picture":
      return advice.unreadableImage
    default:
      return advice.request
  }
}

const soonSeconds = 120

/** A button that can be used from a time on, and says so. */
const retryButton = (retryAt: Date | undefined, retry: () => void): HTMLButtonElement => {
  const button = textButton(messages.tryAgain, retry)
  if (!retryAt) return button
  const look = () => {
    const left = Number(retryAt) - Date.now()
    button.disabled = left > 0
    button.textContent =
      left <= 0
        ? messages.tryAgain
        : left < soonSeconds * 1000
          ? messages.tryAgainIn(formatSeconds(left + 999))
          : messages.tryAgainAt(formatTime(retryAt))
    if (left <= 0 || !button.isConnected) clearInterval(timer)
  }
  const timer = setInterval(look, 500)
  queueMicrotask(look)
  return button
}

/** Says what went wrong and what to do about it; what the service itself said is behind *Details*. */
export const failureNote = (
  failure: ServiceFailure,
  about: { readonly title: string; readonly job: string | undefined },
  retry: () => void,
  dismiss: () => void
): HTMLElement => {
  const { code, message, param, requestId } = failure
  const told = [
    message,
    [code, param].filter((text) => text !== "").join(", "),
    // Either of them finds it in the log.
    [requestId, about.job].some(Boolean) ? `${messages.requestId}: ${requestId || about.job}` : ""
  ].filter((text) => text !== "")
  return element(
    "div",
    { className: "failure", role: "alert" },
    element("strong", { textContent: about.title }),
    element("p", { textContent: adviceFor(failure) }),
    ...(told.length > 0 ? [details(told)] : []),
    element("div", { className: "actions" }, retryButton(failure.retryAt, retry), textButton(messages.dismiss, dismiss))
  )
}

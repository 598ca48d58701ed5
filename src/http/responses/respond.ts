import * as Effect from "effect/Effect"
import type * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Stream from "effect/Stream"
import type { GenerationEvent } from "../../domain/GenerationEvent.ts"
import { type Cost, noCost } from "../../domain/Usage.ts"
import type { ServerSentEvent, SseEncoder } from "../../services/SseEncoder.ts"
import { failureText } from "../chat/chatText.ts"
import { encodeEvents } from "../encodeEvents.ts"
import { eventStream, generationHeaders } from "../eventStream.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { errorSentence } from "../locales/errorSentence.ts"
import type { Messages } from "../locales/Messages.ts"
import { tellCost } from "../toldCost.ts"
import {
  beginning,
  delta,
  ending,
  openingOf,
  type ResponseEvent,
  type ResponsesAnswer,
  tellEvent,
  wholeResponse
} from "./responsesAnswer.ts"

/** The whole answer as JSON. */
export const completeResponse = Effect.fnUntraced(function* (answer: ResponsesAnswer) {
  const tell = tellEvent(answer)
  const told = yield* Stream.runFold(
    answer.events,
    () => openingOf(answer),
    (before, event) => tell(before, event)[0]
  )
  const response = wholeResponse(answer, told)
  return jsonResponse(response, { headers: generationHeaders(response.usage ?? tellCost(noCost), answer.jobId) })
})

/**
 * The answer as a stream: the words as they come, and each picture as an item of its own where it was asked for. A failure is
 * told as text, which every client shows, and then as an error in every form that clients read.
 */
export const streamResponse = (
  answer: ResponsesAnswer,
  options: {
    readonly sse: SseEncoder["Service"]
    readonly messages: Messages
    /** As it is estimated: what is billed is only known at the end. */
    readonly cost: Cost
  }
): Effect.Effect<HttpServerResponse.HttpServerResponse> => {
  const { cost, messages, sse } = options
  const told = encodeEvents<ReturnType<typeof openingOf>, GenerationEvent, ResponseEvent>(answer.events, {
    initial: openingOf(answer),
    event: tellEvent(answer),
    success: (state) => ending(answer, state),
    failure: ({ body, error }) => {
      const { code, message, param } = body.error
      const sentence = error ? errorSentence(error, messages) : message
      return [
        delta(answer, failureText(sentence, messages)),
        { type: "error", code, message, param, error: body.error }
      ]
    }
  })
  const events = Stream.concat(Stream.fromIterable(beginning(answer)), told).pipe(
    Stream.mapAccum(
      () => 0,
      (number, event) => [number + 1, [numbered(event, number)]] as const
    )
  )
  return eventStream({ events, heartbeat: { comment: "keep-alive" }, cost, jobId: answer.jobId, sse })
}

const numbered = ({ type, ...fields }: ResponseEvent, sequence_number: number): ServerSentEvent => ({
  event: type,
  data: JSON.stringify({ type, sequence_number, ...fields })
})

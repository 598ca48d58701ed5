import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { AppConfig } from "../../services/Config.ts"
import { Generations } from "../../services/Generations.ts"
import { ImageTransformer } from "../../services/ImageTransformer.ts"
import { Provenance } from "../../services/Provenance.ts"
import { RateLimiter } from "../../services/RateLimiter.ts"
import { SseEncoder } from "../../services/SseEncoder.ts"
import { CurrentCaller } from "../Authorization.ts"
import { chatWords } from "../chat/chatStyle.ts"
import { reportError, type ServiceError } from "../errors.ts"
import { eventStream, generationHeaders } from "../eventStream.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { messagesFor } from "../locales/messagesFor.ts"
import { negotiateLocale } from "../locales/negotiateLocale.ts"
import { originsOf } from "../origins.ts"
import { requesterOf } from "../requester.ts"
import { tellCost } from "../toldCost.ts"
import { decodeTool } from "./decodeTool.ts"
import { type RpcCall, RpcId, rpcDefect, rpcError } from "./rpc.ts"
import { makeSmallImage } from "./smallImage.ts"
import { failedTool, type Step, toolSteps } from "./toolAnswer.ts"
import type { ToolName } from "./tools.ts"

type Sent = HttpServerRequest.HttpServerRequest

/** The tools that draw: one generation, told step by step where the caller wants that, and as a whole where not. */
export const makeDrawingTool = Effect.gen(function* () {
  const config = yield* AppConfig
  const generations = yield* Generations
  const limiter = yield* RateLimiter
  const sse = yield* SseEncoder
  const small = makeSmallImage(yield* ImageTransformer, yield* Provenance)

  const understand = Effect.fnUntraced(function* (tool: DrawingToolName, call: RpcCall, sent: Sent) {
    const caller = yield* CurrentCaller
    yield* limiter.check(caller)
    const origins = yield* originsOf(sent, config.publicBaseUrl)
    const drawing = yield* decodeTool(tool, call.params.arguments, origins)
    const { idempotencyKey } = call.meta
    const requester = yield* requesterOf(sent, typeof idempotencyKey === "string" ? idempotencyKey : undefined)
    const messages = messagesFor(config.locale ?? negotiateLocale(sent.headers["accept-language"]))
    return { drawing, requester, origins, messages }
  })

  const draw = Effect.fnUntraced(function* (
    { drawing, messages, origins, requester }: Effect.Success<ReturnType<typeof understand>>,
    reply: Reply
  ) {
    const generation = yield* generations.start(drawing.request, requester)
    const { jobId } = generation
    const words = chatWords(config.chatStyle, drawing.request, messages, origins)
    const answer = { ...drawing, generation, origins, words, small }
    const { progressToken } = reply
    if (progressToken === undefined) {
      const last = Option.getOrUndefined(yield* Stream.runLast(toolSteps(answer, false)))
      const spent = last?._tag === "Result" ? last.cost : undefined
      return jsonResponse(lastMessage(reply, last), {
        headers: generationHeaders(spent ?? tellCost(generation), jobId)
      })
    }
    const events = Stream.map(toolSteps(answer, true), (step) => ({
      data: JSON.stringify(
        step._tag === "Progress"
          ? { jsonrpc: "2.0", method: "notifications/progress", params: { progressToken, ...step.told } }
          : lastMessage(reply, step)
      )
    }))
    return yield* eventStream({ events, heartbeat: { comment: "keep-alive" }, cost: generation, jobId, sse })
  })

  /** Gives what there is to do once a call is understood. Whatever a tool can't do it tells as its result. */
  return Effect.fnUntraced(function* (tool: DrawingToolName, call: RpcCall, sent: Sent) {
    const reply = replyTo(call, sent)
    const fail = (error: ServiceError) =>
      Effect.as(reportError(error), jsonResponse(reply.answer(failedTool(error)), {}))
    const understood = yield* Effect.result(understand(tool, call, sent))
    return understood._tag === "Failure"
      ? fail(understood.failure)
      : Effect.catch(draw(understood.success, reply), fail)
  })
})

type DrawingToolName = Exclude<ToolName, "list_models">

/** How a call is answered. */
interface Reply extends Pick<RpcCall, "id" | "answer"> {
  /** Absent where progress is not told. */
  readonly progressToken: RpcId | undefined
}

const replyTo = (call: RpcCall, sent: Sent): Reply => ({
  id: call.id,
  answer: call.answer,
  progressToken: progressTokenOf(call, sent)
})

const isProgressToken = Schema.is(RpcId)

/** Progress is told to those who ask for it, and can read a stream. */
const progressTokenOf = ({ meta: { progressToken } }: RpcCall, { headers }: Sent): RpcId | undefined =>
  isProgressToken(progressToken) && headers.accept?.includes("text/event-stream") ? progressToken : undefined

const lastMessage = ({ answer, id }: Reply, step: Step | undefined): object =>
  step?._tag === "Result" ? answer(step.result) : rpcError(id, rpcDefect)

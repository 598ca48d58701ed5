import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { noCost } from "../../domain/Usage.ts"
import { AppConfig } from "../../services/Config.ts"
import { Generations } from "../../services/Generations.ts"
import { SseEncoder } from "../../services/SseEncoder.ts"
import { Api } from "../Api.ts"
import { withDeployment } from "../deployment.ts"
import { drawErrors } from "../drawErrors.ts"
import { unmetField } from "../fields.ts"
import { acceptedJob } from "../jobs/jobAnswer.ts"
import { messagesFor } from "../locales/messagesFor.ts"
import { negotiateLocale } from "../locales/negotiateLocale.ts"
import { refusalSentence } from "../locales/refusalSentence.ts"
import { originsOf } from "../origins.ts"
import { decodeWith, readJson } from "../requestBody.ts"
import { prefersAsync, requesterOf } from "../requester.ts"
import { readWebhook } from "../webhookField.ts"
import { readWishes } from "../wishes/readWishes.ts"
import { ChatCompletionRequest } from "./ChatApi.ts"
import { completeChat, streamChat } from "./chatAnswer.ts"
import { chatWords } from "./chatStyle.ts"
import { decodeChat, lastUserMessage, noUserMessage, wantsImages } from "./decodeChat.ts"
import { defaultEditPhrases } from "./editPhrases.ts"
import { readHelper } from "./helpers/readHelper.ts"

const decodeBody = decodeWith(Schema.Struct({ ...ChatCompletionRequest.fields, ...unmetField }))

/** Chat, as JSON and as a stream: one generation, told in words. */
export const ChatHandlers = HttpApiBuilder.group(
  Api,
  "chat",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const generations = yield* Generations
    const sse = yield* SseEncoder

    const messagesOf = ({ headers }: HttpServerRequest.HttpServerRequest) =>
      messagesFor(config.locale ?? negotiateLocale(headers["accept-language"]))

    const read = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
      const wishes = yield* Effect.flatMap(readJson(request), readWishes)
      const body = yield* decodeBody(withDeployment(request, wishes))
      if (!lastUserMessage(body.messages)) {
        return yield* noUserMessage()
      }
      const told = { streamed: body.stream ?? false, includeUsage: body.stream_options?.include_usage ?? false }
      const helper = (yield* Effect.fromResult(config.helperRequests)) === "answer" ? readHelper(body) : undefined
      if (helper) return { ...told, _tag: "Helper", model: body.model, text: helper.text } as const
      const origins = yield* originsOf(request, config.publicBaseUrl)
      const wanted = yield* decodeChat(body, origins, config.editPhrases ?? defaultEditPhrases)
      return { ...told, _tag: "Drawing", wanted, origins, images: wantsImages(body), webhook: body.webhook } as const
    })

    const answer = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
      // Of the body no more is kept than what is read here: its base64 would stay for as long as a model draws.
      const asked = yield* read(request)
      const messages = messagesOf(request)
      const stream = { sse, messages, includeUsage: asked.includeUsage }
      if (asked._tag === "Helper") {
        const { defaultModel } = yield* Effect.fromResult(config.models)
        const model = asked.model ?? defaultModel.id
        const said = { model, opening: asked.text, events: Stream.empty, write: () => [], images: false }
        return yield* asked.streamed ? streamChat(said, { ...stream, cost: noCost }) : completeChat(said)
      }
      const { images, origins, streamed, wanted, webhook } = asked
      const requester = yield* requesterOf(request)
      const later = prefersAsync(request)
      const hook = yield* readWebhook(webhook, { config, later, origins })
      const job = later ? yield* generations.submit(wanted, requester, hook) : undefined
      if (job) return acceptedJob(job)
      const generation = yield* generations.start(wanted, requester)
      const drawn = {
        model: generation.plan.model.id,
        prompt: wanted.originalPrompt,
        ...chatWords(config.chatStyle, wanted, messages, origins),
        events: generation.events,
        images,
        jobId: generation.jobId
      }
      return yield* streamed ? streamChat(drawn, { ...stream, cost: generation }) : completeChat(drawn)
    })

    return handlers.handleRaw("createChatCompletion", ({ request }) =>
      drawErrors.answer(answer(request), (error) => refusalSentence(error, messagesOf(request)))
    )
  })
)

import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as Stream from "effect/Stream"
import { JobNotFound } from "../../domain/Errors.ts"
import { type Cost, noCost } from "../../domain/Usage.ts"
import { AppConfig } from "../../services/Config.ts"
import { Generations } from "../../services/Generations.ts"
import { Identifiers } from "../../services/Identifiers.ts"
import { SseEncoder } from "../../services/SseEncoder.ts"
import { Api } from "../Api.ts"
import { CurrentCaller } from "../Authorization.ts"
import { chatWords } from "../chat/chatStyle.ts"
import { hardBreak } from "../chat/chatText.ts"
import { defaultEditPhrases } from "../chat/editPhrases.ts"
import { readHelper } from "../chat/helpers/readHelper.ts"
import { drawErrors } from "../drawErrors.ts"
import { tellQuality } from "../images/decodeImages.ts"
import { jsonResponse } from "../jsonResponse.ts"
import { messagesFor } from "../locales/messagesFor.ts"
import { negotiateLocale } from "../locales/negotiateLocale.ts"
import { originsOf } from "../origins.ts"
import { decodeWith, readJson } from "../requestBody.ts"
import { prefersAsync, requesterOf } from "../requester.ts"
import { readWebhook } from "../webhookField.ts"
import { decodeResponses, inTheseWords, readAsk, type Wanted } from "./decodeResponses.ts"
import { echoOf } from "./echo.ts"
import { acceptedResponse, describeResponse } from "./jobResponse.ts"
import { type DeletedResponse, ResponsesRequest, responseErrors } from "./ResponsesApi.ts"
import { completeResponse, streamResponse } from "./respond.ts"
import { imageIds, readJobReference, textIds } from "./responseIds.ts"
import type { ResponsesAnswer } from "./responsesAnswer.ts"

type Sent = HttpServerRequest.HttpServerRequest
type Drawing = Extract<Wanted, { readonly _tag: "Drawing" }>

const decodeBody = decodeWith(ResponsesRequest)

/** Responses, as JSON and as a stream: one generation, told in the words of chat, and its pictures as items. */
export const ResponsesHandlers = HttpApiBuilder.group(
  Api,
  "responses",
  Effect.fnUntraced(function* (handlers) {
    const config = yield* AppConfig
    const generations = yield* Generations
    const sse = yield* SseEncoder

    const messagesOf = ({ headers }: Sent) => messagesFor(config.locale ?? negotiateLocale(headers["accept-language"]))

    const read = Effect.fnUntraced(function* (sent: Sent) {
      const body = yield* Effect.flatMap(readJson(sent), decodeBody)
      const origins = yield* originsOf(sent, config.publicBaseUrl)
      const ask = yield* readAsk(body, origins)
      const { images, tool } = ask
      const asked = {
        origins,
        tool,
        images,
        echo: echoOf(body, tool),
        model: body.model || undefined,
        streamed: body.stream ?? false,
        background: body.background ?? false,
        webhook: body.webhook
      }
      const answers = (yield* Effect.fromResult(config.helperRequests)) === "answer"
      const helper = answers ? readHelper(ask.chat) : undefined
      const wanted: Wanted = helper
        ? { _tag: "Words", text: helper.text }
        : yield* decodeResponses(ask, origins, config.editPhrases ?? defaultEditPhrases)
      return { ...asked, wanted }
    })

    const create = Effect.fnUntraced(function* (sent: Sent) {
      // Of the body no more is kept than what is read here: its base64 would stay for as long as a model draws.
      const { background, echo, images, model, origins, streamed, tool, wanted, webhook } = yield* read(sent)
      const messages = messagesOf(sent)
      const createdAt = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      const common = { createdAt, echo, background: false }
      const answer = (told: ResponsesAnswer, cost: Cost) =>
        streamed ? streamResponse(told, { sse, messages, cost }) : completeResponse(told)

      /** Nothing is drawn. */
      const say = Effect.fnUntraced(function* (opening: string) {
        const named = model ?? (yield* Effect.fromResult(config.models)).defaultModel.id
        const ids = textIds((yield* Identifiers).next())
        return yield* answer({ ...common, ids, model: named, opening, events: Stream.empty, write: () => [] }, noCost)
      })

      const draw = Effect.fnUntraced(function* ({ lacking, request }: Drawing) {
        const requester = yield* requesterOf(sent)
        const preferred = prefersAsync(sent)
        const wantsJob = preferred || background
        const later = wantsJob && !streamed
        const hook = yield* readWebhook(webhook, { config, later, origins })
        const job = later ? yield* generations.submit(request, requester, hook) : undefined
        if (job) return acceptedResponse(job, echo, { images, preferred })
        // What is asked for in the background goes on without its client, and can be asked for again.
        const repeatable = requester.repeatable || wantsJob
        const generation = yield* generations.start(request, { ...requester, repeatable })
        const random = (yield* Identifiers).next()
        const action = request.inputs.length > 0 ? "edit" : "generate"
        const words = chatWords(config.chatStyle, request, messages, origins)
        const drawn: ResponsesAnswer = {
          ...common,
          ids: imageIds(generation.keys, random, images),
          model: generation.plan.model.id,
          prompt: request.originalPrompt,
          opening: words.opening + (lacking ? `⚠️ ${messages.earlierImageGone}${hardBreak}` : ""),
          events: Stream.mapError(generation.events, inTheseWords(tool)),
          write: words.write,
          jobId: generation.jobId,
          ...(images && { images: { action, quality: tellQuality(tool?.quality) } })
        }
        return yield* answer(drawn, generation)
      })

      switch (wanted._tag) {
        case "Words":
          return yield* say(wanted.text)
        case "Gone":
          return yield* say(messages.editedImageGone)
        case "Drawing":
          return yield* draw(wanted).pipe(
            Effect.mapError(inTheseWords(tool)),
            Effect.catch((error) =>
              error._tag === "ImageNotFound" && wanted.recalled ? say(messages.editedImageGone) : Effect.fail(error)
            )
          )
      }
    })

    /** The answer of a job, by the id of the response. */
    const find = Effect.fnUntraced(function* (id: string) {
      const reference = readJobReference(id)
      if (!reference) return yield* new JobNotFound()
      const caller = yield* CurrentCaller
      const { images, jobId } = reference
      return {
        ...(yield* generations.events(jobId, caller, { after: -1, wait: false, bytes: images })),
        images,
        caller
      }
    })

    const get = Effect.fnUntraced(function* (id: string, sent: Sent, cancelled = false) {
      const { events, images, job } = yield* find(id)
      const origins = yield* originsOf(sent, config.publicBaseUrl)
      return yield* describeResponse(job, events, {
        images,
        origins,
        messages: messagesOf(sent),
        style: config.chatStyle,
        cancelled
      })
    })

    /** Only what runs can be cancelled. */
    const cancel = Effect.fnUntraced(function* (id: string) {
      const { caller, job } = yield* find(id)
      if (job.status !== "running") return yield* new JobNotFound()
      yield* generations.cancel(job.id, caller)
    })

    const deleted = (id: string): DeletedResponse => ({ id, object: "response", deleted: true })

    return handlers
      .handleRaw("createResponse", ({ request }) => drawErrors.answer(create(request)))
      .handleRaw("getResponse", ({ params, request }) => responseErrors.answer(get(params.id, request)))
      .handleRaw("deleteResponse", ({ params }) =>
        responseErrors.answer(Effect.as(cancel(params.id), jsonResponse(deleted(params.id), {})))
      )
      .handleRaw("cancelResponse", ({ params, request }) =>
        responseErrors.answer(Effect.andThen(cancel(params.id), get(params.id, request, true)))
      )
  })
)

import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { QuotaExceeded } from "../../domain/Errors.ts"
import type { OptimizationFailure } from "../../domain/GenerationEvent.ts"
import { estimateTextNeurons } from "../../domain/TextModelCatalogue.ts"
import { nextDay, roundNeurons } from "../../domain/Usage.ts"
import type { WorkersAiImprover } from "../config/Optimization.ts"
import type { QuotaMemory } from "../fluxModel/QuotaMemory.ts"
import type { Transport } from "../fluxModel/Transport.ts"
import { reportAttempt } from "../RequestReport.ts"
import { traced } from "../Telemetry.ts"
import { type PromptImprover, promptIn } from "./PromptImprover.ts"
import { messagesFor } from "./systemMessage.ts"
import { readTextAnswer, type TextFailure } from "./textAnswer.ts"

/** A text model of Workers AI, over the transport that brings pictures. It is asked once. */
export const workersAiImprover = (
  { model, systemMessage }: WorkersAiImprover,
  { send }: Transport,
  quota: QuotaMemory["Service"]
): PromptImprover => {
  const estimate = (prompt: string, limit: number): number => {
    const said = messagesFor(prompt, limit, systemMessage).map(({ content }) => content)
    return roundNeurons(estimateTextNeurons(model, said.join("\n")))
  }

  const ask: PromptImprover["ask"] = Effect.fnUntraced(function* (prompt, limit) {
    // What is left to try is left to the picture.
    if (yield* quota.isExhausted) return yield* Effect.fail({ reason: "quota" as const, neurons: 0 })
    const input = {
      messages: messagesFor(prompt, limit, systemMessage),
      max_tokens: model.maximumTokens,
      ...model.fields
    }
    const answer = yield* Effect.andThen(
      reportAttempt,
      send({ id: model.id, output: "json" }, { _tag: "Json", fields: input })
    ).pipe(
      traced("workers_ai.run", { kind: "client", attributes: { model: model.id } }),
      // It may have been billed before it broke off.
      Effect.mapError(() => ({ reason: "unavailable" as const, neurons: estimate(prompt, limit) }))
    )
    const told = readTextAnswer(answer, model)
    if (told._tag === "Failure") {
      const reason = reasonOf(told)
      yield* Effect.annotateLogs(Effect.logWarning("Workers AI did not improve a prompt", told.message), {
        model: model.id,
        status: told.status,
        ...(told.code !== undefined && { code: told.code })
      })
      if (reason === "quota") {
        const renewsAt = nextDay(yield* Clock.currentTimeMillis)
        yield* quota.exhausted(new QuotaExceeded({ renewsAt }))
      }
      return yield* Effect.fail({ reason, neurons: told.neurons ?? 0 })
    }
    yield* quota.drawn
    if (told.answeredBy !== undefined && nameOf(told.answeredBy) !== nameOf(model.id)) {
      yield* Effect.annotateLogs(Effect.logWarning("Another text model answered than was asked"), {
        model: model.id,
        answeredBy: told.answeredBy
      })
    }
    return yield* promptIn(told.completion, limit, told.neurons ?? estimate(prompt, limit))
  })

  return { model: model.id, estimate, ask }
}

/** The codes as they are for pictures: https://developers.cloudflare.com/workers-ai/platform/errors/ */
const reasonOf = ({ code, message, status }: TextFailure): OptimizationFailure => {
  switch (code) {
    case 3036:
    case 4006:
      return "quota"
    case 3042:
    case 5007:
    case 5028:
      return "retired"
    case 3023:
    case 3041:
    case 5016:
    case 5018:
    case 5035:
      return "not_allowed"
    case 3007:
    case 3008:
      return "timeout"
    case 3030:
    case 8007:
      return /nsfw|flagged/i.test(message) ? "refused" : "unavailable"
  }
  if (status === 410) return "retired"
  return status === 408 || status === 504 ? "timeout" : "unavailable"
}

const nameOf = (id: string): string | undefined => id.split("/").at(-1)

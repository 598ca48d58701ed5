import * as Schema from "effect/Schema"
import { GenerationRequest } from "../../domain/GenerationRequest.ts"
import { Webhook } from "../../domain/Webhook.ts"
import { Claim } from "../ledger/LedgerMessage.ts"

/** A generation that has been claimed, for a runner to draw. */
export const RunMessage = Schema.Struct({
  claim: Claim,
  caller: Schema.Struct({
    name: Schema.String,
    neuronBudget: Schema.optionalKey(Schema.Finite),
    microdollarBudget: Schema.optionalKey(Schema.Finite)
  }),
  request: GenerationRequest,
  webhook: Schema.optionalKey(Webhook),
  /** Of the log lines of the request that asked for it. */
  annotations: Schema.Record(Schema.String, Schema.Json),
  /** The span to which its own belong, where traces are exported. */
  span: Schema.optionalKey(Schema.Struct({ traceId: Schema.String, spanId: Schema.String, sampled: Schema.Boolean }))
})
export type RunMessage = typeof RunMessage.Type

export const RunMessageJson = Schema.fromJsonString(Schema.toCodecJson(RunMessage))

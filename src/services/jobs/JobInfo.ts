import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { Report } from "../RequestReport.ts"
import { PlanData, SizeData } from "./planCodec.ts"

/** What is known of a generation once it has begun. */
export const Opening = Schema.Struct({
  plan: PlanData,
  inputs: Schema.Array(SizeData),
  neurons: Schema.Number,
  n: Schema.Int,
  quality: Schema.optionalKey(Schema.Literals(["low", "medium", "high", "maximum"])),
  /** Of the request's report. */
  fields: Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Number, Schema.Boolean]))
})
export type Opening = typeof Opening.Type

/** How a generation ended. `error` is an encoded DrawError. */
export const Outcome = Schema.Struct({
  error: Schema.optionalKey(Schema.Unknown),
  report: Schema.Struct({
    fields: Opening.fields.fields,
    stages: Schema.Record(Schema.String, Schema.Number),
    attempts: Schema.Int
  })
})
export type Outcome = { readonly error?: unknown; readonly report: Report }

/** A generation at this moment. Times are in milliseconds since 1970. */
export const JobInfo = Schema.Struct({
  id: Schema.String,
  status: Schema.Literals(["running", "completed", "failed", "cancelled"]),
  createdAt: Schema.Number,
  expiresAt: Schema.Number,
  /** The request that asked did not begin it. */
  joined: Schema.Boolean,
  opening: Opening
})
export type JobInfo = typeof JobInfo.Type

/** What travels in frames after the JobInfo. A stream that ends without `End` has been broken off, or was not waited for. */
export const Message = Schema.Union([
  Schema.TaggedStruct("Event", { sequence: Schema.Int, event: Schema.Unknown }),
  Schema.TaggedStruct("End", { status: JobInfo.fields.status, outcome: Outcome })
])
export type Message = typeof Message.Type

const optionOf =
  <A>(decode: (value: unknown) => Option.Option<A>) =>
  (value: unknown): A | undefined =>
    Option.getOrUndefined(decode(value))

export const readOpening = optionOf(Schema.decodeUnknownOption(Schema.fromJsonString(Opening)))
export const readOutcome = optionOf(Schema.decodeUnknownOption(Schema.fromJsonString(Outcome)))
export const readMessage = optionOf(Schema.decodeUnknownOption(Message))

const readInfo = optionOf(Schema.decodeUnknownOption(Schema.fromJsonString(JobInfo)))

/** The header that carries a JobInfo beside a stream of frames. */
export const infoHeader = "x-flux-job"

/** Headers hold ASCII only. */
export const encodeInfo = (info: JobInfo): string => encodeURIComponent(JSON.stringify(info))

export const decodeInfo = (header: string): JobInfo | undefined => readInfo(decodeURIComponent(header))

/** What the Worker asks of a GenerationObject. The request's own frames follow. */
export const Ask = Schema.Struct({
  caller: Schema.Struct({ name: Schema.String, neuronBudget: Schema.optionalKey(Schema.Number) }),
  keyed: Schema.Boolean,
  repeat: Schema.Boolean,
  /** Whether the events are wanted now. */
  follow: Schema.Boolean,
  /** Of the request's log lines. */
  annotations: Schema.Record(Schema.String, Schema.Unknown)
})
export type Ask = typeof Ask.Type

export const readAsk = optionOf(Schema.decodeUnknownOption(Ask))

import * as Effect from "effect/Effect"
import type * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { ImageFile } from "../../domain/ImageFile.ts"
import { Webhook } from "../../domain/Webhook.ts"
import type { ImageGenerator } from "../ImageGenerator.ts"
import type { ImageStore } from "../ImageStore.ts"
import type { JobDescription } from "../JobDescription.ts"
import type { Ledger } from "../Ledger.ts"
import { Claim } from "../ledger/LedgerMessage.ts"
import type { Telemetry } from "../Telemetry.ts"
import type { Webhooks } from "../Webhooks.ts"
import { Delivery, deliver, nextTry, type Told } from "./delivering.ts"
import { type RunMessage, RunMessageJson } from "./RunMessage.ts"
import { reportLost, runJob } from "./running.ts"

/** What of the platform's context is used. */
export interface RunnerContext {
  readonly storage: Pick<DurableObjectStorage, "get" | "put" | "setAlarm" | "deleteAll">
}

export type RunnerServices = ImageGenerator | ImageStore | JobDescription | Ledger | Telemetry | Webhooks

const readMessage = Schema.decodeUnknownOption(RunMessageJson)

/** What is stored of a job, so that one that is lost with its object can be reported, and its end told. */
const Owned = Schema.Struct({
  caller: Schema.Struct({ name: Schema.String }),
  claim: Claim,
  webhook: Schema.optionalKey(Webhook)
})
const readOwned = Schema.decodeUnknownOption(Owned)
const readDelivery = Schema.decodeUnknownOption(Delivery)

/**
 * The Durable Object that draws one job, named by the job's id. It draws inside its alarm, which may run for about 15 minutes
 * and is tried again when the object is restarted in the middle: by then what was to be drawn is gone with the memory of the
 * first try, so the job is reported as lost, and never drawn again. Where its end is to be told to a webhook, further alarms
 * follow until it was taken, or tried often enough; then nothing is left of the object.
 */
export class RunnerObject {
  readonly #storage: RunnerContext["storage"]
  readonly #runtime: ManagedRuntime.ManagedRuntime<RunnerServices, never>
  #message: RunMessage | undefined
  /** Pictures that Workers KV refused, by their numbers. */
  readonly #images = new Map<number, ImageFile>()

  constructor({ storage }: RunnerContext, runtime: ManagedRuntime.ManagedRuntime<RunnerServices, never>) {
    this.#storage = storage
    this.#runtime = runtime
  }

  async fetch(request: Request): Promise<Response> {
    return request.method === "POST" ? this.#accept(await request.text()) : this.#tell(new URL(request.url).pathname)
  }

  async alarm(): Promise<void> {
    const message = this.#message
    this.#message = undefined
    const owned = Option.getOrUndefined(readOwned(await this.#storage.get("owned")))
    const before = Option.getOrUndefined(readDelivery(await this.#storage.get("delivery")))
    if (message) await this.#runtime.runPromise(runJob(message, this.#images))
    else if (owned && !before) await this.#runtime.runPromise(reportLost(owned.caller, owned.claim))
    const webhook = owned?.webhook
    const again = webhook && (await this.#deliver({ ...owned, webhook }, before))
    if (again === undefined) await this.#storage.deleteAll()
    else await this.#storage.setAlarm(again)
  }

  /** Tells the end of a job to its webhook. When to do so again. */
  async #deliver(owned: Told, before: Delivery | undefined): Promise<number | undefined> {
    const delivery = await this.#runtime.runPromise(nextTry(owned, before))
    if (!delivery) return undefined
    await this.#storage.put("delivery", delivery)
    return this.#runtime.runPromise(deliver(delivery, owned))
  }

  async #accept(body: string): Promise<Response> {
    const message = Option.getOrUndefined(readMessage(body))
    if (!message) return new Response(null, { status: 400 })
    this.#message = message
    const { caller, claim, webhook } = message
    await this.#storage.put("owned", { caller: { name: caller.name }, claim, ...(webhook && { webhook }) })
    await this.#storage.setAlarm(this.#runtime.runSync(Effect.clockWith(({ currentTimeMillis }) => currentTimeMillis)))
    return new Response(null, { status: 202 })
  }

  #tell(path: string): Response {
    const index = /^\/images\/(\d{1,2})$/.exec(path)?.[1]
    const file = index === undefined ? undefined : this.#images.get(Number(index))
    return file ? new Response(file.bytes) : new Response(null, { status: 404 })
  }
}

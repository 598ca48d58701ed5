import * as Effect from "effect/Effect"
import type * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { ImageFile } from "../../domain/ImageFile.ts"
import type { ImageGenerator } from "../ImageGenerator.ts"
import type { ImageStore } from "../ImageStore.ts"
import type { Ledger } from "../Ledger.ts"
import { Claim } from "../ledger/LedgerMessage.ts"
import type { Telemetry } from "../Telemetry.ts"
import { type RunMessage, RunMessageJson } from "./RunMessage.ts"
import { reportLost, runJob } from "./running.ts"

/** What of the platform's context is used. */
export interface RunnerContext {
  readonly storage: Pick<DurableObjectStorage, "get" | "put" | "setAlarm" | "deleteAll">
}

export type RunnerServices = ImageGenerator | ImageStore | Ledger | Telemetry

const readMessage = Schema.decodeUnknownOption(RunMessageJson)

/** What is stored of a job, so that one that is lost with its object can be reported. */
const Owned = Schema.Struct({ caller: Schema.Struct({ name: Schema.String }), claim: Claim })
const readOwned = Schema.decodeUnknownOption(Owned)

/**
 * The Durable Object that draws one job, named by the job's id. It draws inside its alarm, which may run for about 15 minutes
 * and is tried again when the object is restarted in the middle: by then what was to be drawn is gone with the memory of the
 * first try, so the job is reported as lost, and never drawn again.
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
    if (message) await this.#runtime.runPromise(runJob(message, this.#images))
    else if (owned) await this.#runtime.runPromise(reportLost(owned.caller, owned.claim))
    await this.#storage.deleteAll()
  }

  async #accept(body: string): Promise<Response> {
    const message = Option.getOrUndefined(readMessage(body))
    if (!message) return new Response(null, { status: 400 })
    this.#message = message
    await this.#storage.put("owned", { caller: { name: message.caller.name }, claim: message.claim })
    await this.#storage.setAlarm(this.#runtime.runSync(Effect.clockWith(({ currentTimeMillis }) => currentTimeMillis)))
    return new Response(null, { status: 202 })
  }

  #tell(path: string): Response {
    const index = /^\/images\/(\d{1,2})$/.exec(path)?.[1]
    const file = index === undefined ? undefined : this.#images.get(Number(index))
    return file ? new Response(file.bytes) : new Response(null, { status: 404 })
  }
}

/** A generation that a request could join: it runs, or its result is still kept and may have been paid for. */
export interface JoinableJob {
  readonly id: string
  /** Of what is drawn. */
  readonly digest: string
  /** How many requests have joined it so far. */
  readonly joins: number
}

/** What a request says of itself. */
export interface JoinRequest {
  /** Of what is to be drawn. */
  readonly digest: string
  /** It carries an `Idempotency-Key`; the jobs it is held against are those of the same key. */
  readonly keyed: boolean
  /** It says that it has been sent before. */
  readonly repeat: boolean
}

/** What becomes of a request. */
export type Joining =
  | { readonly _tag: "Draw" }
  | { readonly _tag: "Join"; readonly id: string }
  /** The same `Idempotency-Key` has come with another request. */
  | { readonly _tag: "Conflict" }

/**
 * Decides whether a request joins an earlier one of the same identity. It does so only where it marks itself, by its key or
 * as a repeat. Everything else draws anew, for four equal requests at once are four pictures.
 *
 * It joins the job that most likely was its own: one that fewer have joined, then the newest. `jobs` are in the order of
 * their coming.
 */
export const chooseJob = (request: JoinRequest, jobs: ReadonlyArray<JoinableJob>): Joining => {
  if (request.keyed && jobs.some(({ digest }) => digest !== request.digest)) return { _tag: "Conflict" }
  if (!request.keyed && !request.repeat) return { _tag: "Draw" }
  const chosen = jobs
    .filter(({ digest }) => digest === request.digest)
    .reduce<JoinableJob | undefined>((best, job) => (best && best.joins < job.joins ? best : job), undefined)
  return chosen ? { _tag: "Join", id: chosen.id } : { _tag: "Draw" }
}

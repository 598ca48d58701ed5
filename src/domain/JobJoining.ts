/** A generation that a request could join: it runs, or its result is still kept and may have been paid for. */
export interface JoinableJob {
  readonly id: string
  /** Of what is drawn. */
  readonly digest: string
  /** Its client is known to have gone without the result. */
  readonly abandoned: boolean
  /** How many requests have joined it so far. */
  readonly joins: number
  /** How many are following it now. */
  readonly followers: number
}

/** What a request says of itself. */
export interface Claim {
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
 * Decides whether a request joins an earlier one of the same identity. It does so only where it is known to be a repeat: by
 * its key, by its own word, or because the earlier client has gone. Everything else draws anew, for four equal requests at
 * once are four pictures.
 *
 * A repeat joins the job that most likely was its own: one whose client has gone, then one that nobody follows, then one
 * that fewer have joined, then the newest. `jobs` are in the order of their coming.
 */
export const chooseJob = (claim: Claim, jobs: ReadonlyArray<JoinableJob>): Joining => {
  if (claim.keyed && jobs.some(({ digest }) => digest !== claim.digest)) return { _tag: "Conflict" }
  const open = claim.keyed || claim.repeat ? jobs : jobs.filter(({ abandoned }) => abandoned)
  const chosen = open
    .filter(({ digest }) => digest === claim.digest)
    .toReversed()
    .toSorted((a, b) => Number(b.abandoned) - Number(a.abandoned) || a.followers - b.followers || a.joins - b.joins)[0]
  return chosen ? { _tag: "Join", id: chosen.id } : { _tag: "Draw" }
}

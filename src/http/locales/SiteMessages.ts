/** What pages say that have no program of their own. One file for each language. */
export interface SiteMessages {
  /** In the place of the page at `/` where a browser runs no scripts. */
  readonly noScript: string
  /** The page behind a link to a picture that is no longer there, or never was. */
  readonly imageGone: {
    readonly expiredTitle: string
    readonly expired: string
    readonly unknownTitle: string
    readonly unknown: string
    readonly failedTitle: string
    readonly failed: string
    /** Leads to the page at `/`. */
    readonly home: string
  }
}

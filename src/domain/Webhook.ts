import * as Schema from "effect/Schema"

/** Where the end of a job is told. */
export const Webhook = Schema.Struct({
  /** Public, and https. */
  url: Schema.String,
  /** How the links to the pictures begin. */
  link: Schema.String
})
export type Webhook = typeof Webhook.Type

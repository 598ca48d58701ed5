import * as Schema from "effect/Schema"

/** The body of every failure, and of one in the middle of a stream. */
export const ErrorBody = Schema.Struct({
  error: Schema.Struct({
    message: Schema.NonEmptyString,
    type: Schema.NonEmptyString,
    param: Schema.NullOr(Schema.String),
    code: Schema.NullOr(Schema.String)
  })
})

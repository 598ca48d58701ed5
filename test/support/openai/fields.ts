import * as Schema from "effect/Schema"

/** A whole number that is not negative: a count of tokens, an index. */
export const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** Seconds since 1970: above what 2001 had and below what milliseconds would be. */
export const Seconds = Schema.Int.check(Schema.isBetween({ minimum: 1_000_000_000, maximum: 9_999_999_999 }))

/** Base64 of at least one byte. */
export const Base64Text = Schema.NonEmptyString.check(Schema.isBase64())

/** An absolute http(s) address, as a client can fetch it and as markdown can hold it. */
export const WebAddress = Schema.String.check(Schema.isPattern(/^https?:\/\/[^\s()]+$/))

/** A size in pixels, `1024x576`; never `auto`, for an answer knows its size. */
export const PixelSize = Schema.String.check(Schema.isPattern(/^[1-9]\d{0,4}x[1-9]\d{0,4}$/))

import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as SchemaIssue from "effect/SchemaIssue"

/** A value that is written as one text, which stands for it wherever it is read again. */
export const textCodec = <T>(options: {
  readonly is: (value: unknown) => value is T
  readonly write: (value: T) => string
  /** `undefined` for a text that stands for nothing. */
  readonly read: (text: string) => T | undefined
}): Schema.Codec<T, string> =>
  Schema.String.pipe(
    Schema.decodeTo(Schema.declare(options.is), {
      decode: SchemaGetter.transformEffect((text: string, parse) => {
        const value = options.read(text)
        return value === undefined
          ? Effect.fail(new SchemaIssue.InvalidValue({ message: "stands for nothing" }, text, parse))
          : Effect.succeed(value)
      }),
      encode: SchemaGetter.transform(options.write)
    })
  )

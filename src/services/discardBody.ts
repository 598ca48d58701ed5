import * as Effect from "effect/Effect"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Option from "effect/Option"

/** Lets go of an answer whose body nobody will read, so that its connection is free. */
export const discardBody = (response: HttpClientResponse.HttpClientResponse): Effect.Effect<void> =>
  Option.match(HttpClientResponse.toWeb(response), {
    onNone: () => Effect.void,
    // A body that is already broken needs no letting go.
    onSome: ({ body }) => Effect.ignore(Effect.tryPromise(async () => body?.cancel()))
  })

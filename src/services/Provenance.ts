import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { ConfigurationError } from "../domain/Errors.ts"
import type { ImageFile } from "../domain/ImageFile.ts"
import { AppConfig } from "./Config.ts"
import { markImage } from "./provenance/markImage.ts"
import { readLayout } from "./provenance/marks.ts"
import type { Statement } from "./provenance/packet.ts"

/** Has pictures say in their own bytes where they come from. */
export class Provenance extends Context.Service<
  Provenance,
  {
    /** Whether it is settled what pictures say: asked before one is paid for. */
    readonly available: Effect.Effect<void, ConfigurationError>
    /**
     * The picture with what it has to say in it, to be stored and told in place of the one that was drawn. One that can't be
     * marked stays as it is: it has been paid for.
     */
    readonly mark: (file: ImageFile, origin: Omit<Statement, "createdAt">) => Effect.Effect<ImageFile>
  }
>()("flux/services/Provenance") {
  /** XMP metadata in the vocabulary of the IPTC. */
  static readonly layerXmp = Layer.succeed(Provenance, {
    available: Effect.void,
    mark: Effect.fnUntraced(
      function* (file, origin) {
        const createdAt = yield* Clock.currentTimeMillis
        const layout = yield* readLayout(file)
        const marked = markImage(file, layout, { ...origin, createdAt })
        return marked ?? (yield* Effect.as(Effect.logWarning("A picture's metadata could not be added to"), file))
      },
      (marked, file) =>
        // A defect here must not lose a picture that has been paid for.
        Effect.catchDefect(marked, (cause) => Effect.as(Effect.logError("A picture could not be marked", cause), file))
    )
  })

  /** Leaves pictures as they came. */
  static readonly layerOff = Layer.succeed(Provenance, { available: Effect.void, mark: Effect.succeed })

  /** As the settings say. Where they say something unknown, it is not available. */
  static readonly layer = Layer.unwrap(
    Effect.gen(function* () {
      const { provenance } = yield* AppConfig
      const chosen = yield* Effect.result(Effect.fromResult(provenance))
      if (chosen._tag === "Failure") {
        return Layer.succeed(Provenance, { available: Effect.fail(chosen.failure), mark: Effect.succeed })
      }
      return chosen.success === "off" ? Provenance.layerOff : Provenance.layerXmp
    })
  )
}

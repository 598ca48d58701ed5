import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import * as Stream from "effect/Stream"
import type { DrawError } from "../../domain/Errors.ts"
import type { GeneratedImage, GenerationEvent } from "../../domain/GenerationEvent.ts"
import type { GenerationPlan } from "../../domain/GenerationPlan.ts"
import type { GenerationRequest } from "../../domain/GenerationRequest.ts"
import type { ImageFile } from "../../domain/ImageFile.ts"
import type { ImageKey } from "../../domain/ImageKey.ts"
import { formatSize } from "../../domain/ImageSize.ts"
import type { PreparedGeneration } from "../../domain/PreparedGeneration.ts"
import { sumCosts } from "../../domain/Usage.ts"
import { FluxModel } from "../FluxModel.ts"
import { ImageStore } from "../ImageStore.ts"
import { ImageTransformer } from "../ImageTransformer.ts"
import type { ReadyPrompt } from "../PromptOptimizer.ts"
import { Provenance } from "../Provenance.ts"
import { report, timed } from "../RequestReport.ts"
import { makeComposing } from "./composing.ts"
import { makeDrawWith } from "./drawWith.ts"
import { tellOutcomes } from "./outcomes.ts"
import type { Tally } from "./Tally.ts"

/** All that a drawing follows from. */
export interface Commission {
  readonly prepared: PreparedGeneration
  readonly ready: ReadyPrompt
  /** The pictures to start from, as small as the model wants them. */
  readonly inputs: ReadonlyArray<ImageFile>
  /** In the form that the model wants. */
  readonly mask?: ImageFile
  /** Makes the pictures to start from fit another model. */
  readonly fitTo: (plan: GenerationPlan) => Effect.Effect<ReadonlyArray<ImageFile>>
  readonly tally: Tally
}

/** How many pictures of one request are drawn at a time. */
export const parallelDraws = 4

/** The part of a generation that costs: pictures are drawn, converted, marked and stored. */
export const makeDrawing = Effect.gen(function* () {
  const flux = yield* FluxModel
  const store = yield* ImageStore
  const transformer = yield* ImageTransformer
  const provenance = yield* Provenance
  const compose = makeComposing(transformer)
  const drawWith = makeDrawWith(flux)

  const convert = (file: ImageFile, { outputFormat }: GenerationRequest) =>
    outputFormat === undefined || outputFormat === file.mediaType
      ? Effect.succeed(file)
      : transformer.convert(file, outputFormat).pipe(
          // It has been paid for: better the picture as it is than none.
          Effect.catch((error) => Effect.as(Effect.logWarning("A picture could not be converted", error), file))
        )

  const keep = (file: ImageFile, key: ImageKey | undefined) =>
    key
      ? timed("store")(store.put(file, key)).pipe(
          Effect.map((stored) => ({ key: stored, storageFailed: false })),
          Effect.catch((error) =>
            Effect.as(Effect.logError("A picture could not be stored", error), { storageFailed: true })
          )
        )
      : Effect.succeed({ storageFailed: false })

  const drawImage = Effect.fnUntraced(function* (
    commission: Commission,
    index: number
  ): Effect.fn.Return<GeneratedImage, DrawError> {
    const { inputs, prepared } = commission
    const { request } = prepared
    const { drawn, model, replaced, ...seed } = yield* drawWith(commission, index)
    const [picture] = prepared.inputs
    const composed =
      prepared.mask && picture
        ? yield* compose({ painted: drawn.file, picture, mask: prepared.mask }, request.outputFormat)
        : { file: drawn.file, notices: [] }
    const notices = [...replaced, ...composed.notices]
    const converted = yield* convert(composed.file, request)
    // Behind the conversion, which leaves metadata out: what is stored and told has to say where it comes from.
    const file = yield* provenance.mark(converted, originOf(flux.preview, inputs.length > 0, model.id))
    yield* report({ size: formatSize(file.size), ...(replaced.length > 0 && { model: model.id }) })
    return {
      file,
      size: file.size,
      mediaType: file.mediaType,
      ...(yield* keep(file, prepared.keys[index])),
      model: model.id,
      ...seed,
      ...sumCosts([drawn]),
      preview: flux.preview,
      ...(notices.length > 0 && { notices })
    }
  })

  /** One picture needs no fibers beside the one that waits for it. */
  const single = (commission: Commission) =>
    Stream.fromEffect(
      Effect.map(drawImage(commission, 0), (image): GenerationEvent => ({ _tag: "ImageReady", index: 0, image }))
    )

  /** Told in the order of their numbers. As soon as any drawing ends the next begins, however long the first takes. */
  const several = (commission: Commission, n: number) => {
    const places = Semaphore.makeUnsafe(parallelDraws)
    return Stream.range(0, n - 1).pipe(
      Stream.mapEffect((index) => Effect.result(places.withPermit(drawImage(commission, index))), { concurrency: n }),
      tellOutcomes(n),
      Stream.mapAccumEffect(
        (): ImageFile | undefined => undefined,
        (newest, event) => {
          const events: ReadonlyArray<GenerationEvent> = [event]
          if (event._tag === "ImageReady") return Effect.succeed([event.image.file, events] as const)
          const last = event._tag === "ImageFailed" && event.index === n - 1
          return Effect.as(last && newest ? keepAgain(newest, commission) : Effect.void, [newest, events] as const)
        }
      )
    )
  }

  /** The last key finds the last picture that succeeded, also where the last one has failed. */
  const keepAgain = (file: ImageFile, { prepared }: Commission) => Effect.asVoid(keep(file, prepared.keys.at(-1)))

  return (commission: Commission): Stream.Stream<GenerationEvent, DrawError> => {
    const { prepared, ready } = commission
    const { plan, request } = prepared
    const { n, originalPrompt } = request
    const begun: ReadonlyArray<GenerationEvent> = [
      { _tag: "PromptReady", originalPrompt, prompt: ready.prompt, source: ready.source, plan, n },
      ...Array.from({ length: n }, (_, index) => ({ _tag: "Drawing", index }) as const)
    ]
    const pictures = n === 1 ? single(commission) : several(commission, n)
    return Stream.concat(Stream.fromArray(begun), withCostOf(ready)(pictures))
  }
})

/** What a picture says of where it comes from. */
export const originOf = (preview: boolean, edited: boolean, model: string) => {
  if (preview) return { source: "preview" } as const
  return { source: edited ? "edited" : "drawn", model } as const
}

/** Adds what the prompt has cost to the first picture: whoever adds the pictures up knows what all of it cost. */
const withCostOf =
  ({ neurons }: ReadyPrompt) =>
  <E>(events: Stream.Stream<GenerationEvent, E>): Stream.Stream<GenerationEvent, E> =>
    neurons === 0
      ? events
      : Stream.mapAccum(
          events,
          () => neurons,
          (left, event): readonly [number, ReadonlyArray<GenerationEvent>] => {
            if (event._tag !== "ImageReady") return [left, [event]]
            const { image } = event
            return [0, [{ ...event, image: { ...image, ...sumCosts([image, { neurons: left }]) } }]]
          }
        )

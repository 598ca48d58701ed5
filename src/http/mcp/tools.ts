import * as Schema from "effect/Schema"
import { ratioSizes } from "../../domain/ImageSize.ts"
import { Quality } from "../../domain/Quality.ts"
import { maximumInputs } from "../../services/imageGenerator/refusals.ts"
import { drawingFields, optional } from "../fields.ts"
import { ImageEditRequest, ImagesResponse, imageFields } from "../images/ImagesSchemas.ts"
import { ModelObject } from "../models/ModelsApi.ts"

/** The arguments of both tools that draw. They are those of the Images API, and what hosts are known to say for them. */
export const DrawingArguments = Schema.Struct({
  prompt: imageFields.prompt,
  size: drawingFields.size,
  aspect_ratio: drawingFields.size,
  n: drawingFields.n,
  seed: drawingFields.seed,
  steps: drawingFields.steps,
  model: drawingFields.model,
  negative_prompt: drawingFields.negative_prompt,
  guidance: drawingFields.guidance,
  strength: drawingFields.strength,
  quality: imageFields.quality,
  output_format: imageFields.output_format,
  images: ImageEditRequest.fields.images,
  image: ImageEditRequest.fields.image,
  mask: ImageEditRequest.fields.mask,
  /** Whether a small picture comes with the link. */
  inline: optional(Schema.Boolean)
})
export type DrawingArguments = typeof DrawingArguments.Type

/** What is told of pictures beside the text. */
export const ImageResults = Schema.Struct({
  images: Schema.Array(
    Schema.Struct({
      /** Absent where the picture could not be stored: then it is in `content`. */
      url: ImagesResponse.fields.data.value.fields.url,
      size: ImagesResponse.fields.size,
      seed: ImagesResponse.fields.data.value.fields.seed,
      revised_prompt: ImagesResponse.fields.data.value.fields.revised_prompt
    })
  ),
  model: ImagesResponse.fields.model,
  errors: ImagesResponse.fields.errors,
  warnings: ImagesResponse.fields.warnings
})
export type ImageResults = typeof ImageResults.Type

export const Models = Schema.Struct({
  models: Schema.Array(
    Schema.Struct({
      id: ModelObject.fields.id,
      names: Schema.Array(Schema.String),
      /** Whether it draws where no model is named. */
      default: Schema.Boolean,
      sizes: Schema.String,
      /** Whether it takes pictures to start from. */
      edits: Schema.Boolean,
      seed: Schema.Boolean,
      seconds: Schema.Finite
    })
  )
})
export type Models = typeof Models.Type

type Nullable<S extends Schema.Top> = ReturnType<typeof optional<S>>

/** A field as it is where it is set: a model that is shown `null` as a choice takes it. */
const whenSet = <S extends Schema.Top>(field: Nullable<S>): S => field.schema.members[0].members[0]

/** Shown to a model, which decides by it: an argument that may be left out. */
const shown = <S extends Schema.Top>(schema: S, description: string) =>
  Schema.optionalKey(schema.annotate({ description }))

const ratios = [...ratioSizes.keys()].join(", ")

const shownFields = {
  size: shown(whenSet(drawingFields.size), `Pixels ("1024x576") or a ratio: ${ratios}. Square by default.`),
  n: shown(whenSet(drawingFields.n), "How many pictures, 1 by default."),
  seed: shown(whenSet(drawingFields.seed), "The same seed and prompt draw the same picture."),
  steps: shown(whenSet(drawingFields.steps), "More take longer and cost more. Better left out."),
  model: shown(whenSet(drawingFields.model), "A name from list_models. Better left out: the fitting one is chosen."),
  negative_prompt: shown(
    whenSet(drawingFields.negative_prompt),
    "What is not to be seen, for models that take that. Better said in the prompt."
  ),
  quality: shown(Quality, "medium by default."),
  output_format: shown(ImagesResponse.fields.output_format, "By default what the model gives."),
  inline: shown(whenSet(DrawingArguments.fields.inline), "false: the link alone, without a small picture.")
}

const GenerateInput = Schema.Struct({
  prompt: imageFields.prompt.annotate({
    description: "What to draw, in any language: subject, surroundings, style, light. Texts to be seen go in quotes."
  }),
  ...shownFields
})

const EditInput = Schema.Struct({
  prompt: imageFields.prompt.annotate({ description: "What to change, and what to keep." }),
  images: Schema.Array(Schema.String)
    .annotate({
      description: `1 to ${maximumInputs} pictures: links of earlier results, https addresses or data: URLs.`
    })
    .check(Schema.isMinLength(1), Schema.isMaxLength(maximumInputs)),
  ...shownFields,
  mask: shown(
    Schema.String,
    "A PNG of the size of the one picture, by link or as a data: URL: what is transparent in it is drawn anew by a small model."
  ),
  strength: shown(
    whenSet(drawingFields.strength),
    "How far to go from the picture, 0 to 1, for models that take that."
  ),
  size: shown(
    whenSet(drawingFields.size),
    `Pixels ("1024x576") or a ratio: ${ratios}. By default like the first picture.`
  )
})

const jsonSchema = (schema: Schema.Top): object => Schema.toJsonSchemaDocument(schema).schema

/** It doesn't say that other arguments are taken too: hosts with strict schemas turn such a tool down. */
const inputSchema = (schema: Schema.Top): object => ({ ...jsonSchema(schema), additionalProperties: undefined })

const drawing = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true }

const imagesSchema = jsonSchema(ImageResults)

/** The tools as a model is told of them. */
export const tools = [
  {
    name: "generate_image",
    title: "Draw a picture",
    description:
      "Draws new pictures from a description and gives their links. Use it where nothing of an earlier picture has to " +
      "stay; to change a picture use edit_image. `size` takes a ratio (1:1, 3:2, 2:3, 4:3, 3:4, 16:9, 9:16, 21:9 and " +
      "others) or pixels. Show the picture by repeating its markdown image in your answer.",
    inputSchema: inputSchema(GenerateInput),
    outputSchema: imagesSchema,
    annotations: { title: "Draw a picture", ...drawing }
  },
  {
    name: "edit_image",
    title: "Change a picture",
    description:
      "Changes a picture, or puts several together, as the prompt says, and gives the link of the new one. Use it where " +
      'a picture is there already and shall stay like it is but for something ("make it winter", "the same cat on a ' +
      'roof"): give its link in `images`, and say in words what to change; a mask is seldom needed.',
    inputSchema: inputSchema(EditInput),
    outputSchema: imagesSchema,
    annotations: { title: "Change a picture", ...drawing }
  },
  {
    name: "list_models",
    title: "List the models",
    description: "Tells the models that can draw, with their sizes. Needed only where somebody asks for another model.",
    inputSchema: { type: "object", properties: {}, additionalProperties: false },
    outputSchema: jsonSchema(Models),
    annotations: { title: "List the models", readOnlyHint: true, openWorldHint: false }
  }
] as const

export type ToolName = (typeof tools)[number]["name"]

export const isToolName = (name: unknown): name is ToolName => tools.some((tool) => tool.name === name)

/** For a model that has these tools among others. */
export const instructions =
  "Pictures: generate_image draws new ones, edit_image changes one by its link. A result has the link as a markdown " +
  "image; repeat it in your answer, for people do not see what a tool gives. Links end after a while."

import type { DrawRequest } from "../../domain/DrawRequest.ts"

/** The input of a model, in the one form that it takes. */
export type ModelInput =
  | { readonly _tag: "Json"; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly _tag: "Multipart"; readonly form: FormData }

/** Says to a model what it takes and nothing else: since August 2026 one unknown field makes it refuse the whole call. */
export const modelInput = (request: DrawRequest): ModelInput => {
  const { guidance, inputs, mask, model, negativePrompt, prompt, seed, size, steps, strength } = request
  if (model.partner) {
    const { quality } = request
    const images = inputs.map(({ dataUrl }) => dataUrl)
    const wish = {
      prompt,
      size,
      images,
      ...(model.seed && seed !== undefined && { seed }),
      ...(quality && { quality })
    }
    return { _tag: "Json", fields: model.partner.input({ ...wish, ...(steps !== undefined && { steps }) }) }
  }
  const fields = {
    prompt,
    ...(model.sizes._tag === "Range" && { width: size.width, height: size.height }),
    ...(model.steps && steps !== undefined && { [model.steps.field]: steps }),
    ...(model.seed && seed !== undefined && { seed }),
    ...(model.negativePrompt && negativePrompt !== undefined && { negative_prompt: negativePrompt }),
    ...(model.guidance && guidance !== undefined && { guidance }),
    ...(model.strength !== undefined && strength !== undefined && { strength })
  }
  if (model.encoding === "json") {
    const [picture] = inputs
    // The bytes of a file, each as a number: base64 is not known to be taken for all of them.
    const pictures = {
      ...(model.needs && picture && { image: Array.from(picture.bytes) }),
      ...(model.needs === "mask" && mask && { mask: Array.from(mask.bytes) })
    }
    return { _tag: "Json", fields: { ...fields, ...pictures } }
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value))
  for (const [index, file] of inputs.entries()) {
    form.append(`input_image_${index}`, file.blob, `${index}.${file.extension}`)
  }
  return { _tag: "Multipart", form }
}

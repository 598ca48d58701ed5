import { readImage } from "./images.ts"
import type { Inputs } from "./inputs.ts"
import { models, type Rule } from "./models.ts"
import { aiError, type SampleImage, type UpstreamError } from "./wire.ts"

/** A call that its model accepts: what it is to draw and how it delivers that. */
export interface Job {
  readonly prompt: string
  readonly seed: string
  readonly width: number
  readonly height: number
  readonly format: "jpeg" | "png"
  readonly delivery: SampleImage["delivery"]
  /** What is billed for it, where the model tells it. */
  readonly neurons: number | undefined
}

/** The refusal of what is not in a schema. */
export const badInput = (problem: string): UpstreamError => aiError(400, 5006, `Error: ${problem}`, "Bad input: ")
const invalidImage = (problem: string): UpstreamError => aiError(400, 3030, `Model input is not valid: ${problem}`)

const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value)

const isBase64 = (value: string): boolean => {
  try {
    return Uint8Array.fromBase64(value).length > 0
  } catch {
    return false
  }
}

/** The values of a form are text; this is the number that a numeric field's text stands for. */
const numberOrText = (rule: Rule, value: unknown, isForm: boolean): unknown => {
  if (!isForm || typeof value !== "string") return value
  if (rule.type === "integer") return /^-?\d+$/.test(value) ? Number(value) : value
  if (rule.type === "number") return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return value
}

/** What is wrong with the value of a field. */
export const checkField = (name: string, rule: Rule, value: unknown): UpstreamError | undefined => {
  const mismatch = (expected: string) =>
    badInput(`Type mismatch of '/${name}', '${expected}' not in '${typeOf(value)}'`)
  switch (rule.type) {
    case "string": {
      if (typeof value !== "string") return mismatch("string")
      // UTF-16 units: whether the service counts these or code points is not known, and of the two they are never fewer.
      if (value.length < (rule.minimum ?? 0)) return badInput(`Length of '/${name}' must be >= ${rule.minimum}`)
      return value.length > (rule.maximum ?? value.length)
        ? badInput(`Length of '/${name}' must be <= ${rule.maximum}`)
        : undefined
    }
    case "integer":
    case "number": {
      if (typeof value !== "number" || !Number.isFinite(value)) return mismatch(rule.type)
      if (rule.type === "integer" && !Number.isSafeInteger(value)) return mismatch(rule.type)
      if (value < (rule.minimum ?? value)) return badInput(`Value of '/${name}' must be >= ${rule.minimum}`)
      return value > (rule.maximum ?? value) ? badInput(`Value of '/${name}' must be <= ${rule.maximum}`) : undefined
    }
    case "array":
      return Array.isArray(value) ? undefined : mismatch("array")
    case "object":
      return typeOf(value) === "object" ? undefined : mismatch("object")
    case "base64":
      if (typeof value !== "string") return mismatch("string")
      return isBase64(value) ? undefined : aiError(400, 5004, `Invalid data: '/${name}' is not valid base64`)
    case "picture": {
      if (typeof value !== "object" || value === null || !("width" in value && "height" in value))
        return mismatch("file")
      const { width, height } = value
      if (typeof width !== "number" || typeof height !== "number") return invalidImage("input image is not an image")
      return width > 512 || height > 512 ? invalidImage("input image must be smaller than 512x512") : undefined
    }
  }
}

/** Of a picture whose size has been checked. */
const tilesOf = (image: unknown): number => {
  const { height, width } = Object(image)
  return (width * height) / 512 ** 2
}

const isByte = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 256

const pictureIn = (value: unknown) =>
  Array.isArray(value) && value.every(isByte) ? readImage(Uint8Array.from(value)) : undefined

/** What is wrong with the files that a model can't do without. */
const pictureFault = (
  required: ReadonlyArray<"image" | "mask">,
  values: Readonly<Record<string, unknown>>
): UpstreamError | undefined => {
  for (const name of required) {
    const told = name === "mask" ? "mask_image" : "image"
    if (values[name] === undefined) return invalidImage(`missing required input ${told}`)
    if (!pictureIn(values[name])) return invalidImage(`cannot identify ${told}`)
  }
  if (!required.includes("mask")) return undefined
  const [image, mask] = [pictureIn(values.image), pictureIn(values.mask)]
  return image?.width === mask?.width && image?.height === mask?.height
    ? undefined
    : invalidImage("image and mask_image must have the same size")
}

/** Holds `inputs` against the schema of `model`: any field that it does not name is refused, with its real name. */
export const planJob = (model: string, inputs: Inputs): Job | UpstreamError => {
  const schema = models.get(model)
  if (schema === undefined) return aiError(400, 5007, `No such model ${model} or task`, "No such model: ")
  if (inputs._tag === "Unreadable") return inputs.error
  if (schema.input === "multipart" && inputs._tag === "Json") {
    return badInput("required properties at '/' are 'multipart'")
  }
  if (schema.input === "json" && inputs._tag === "Form") return badInput("required properties at '/' are 'prompt'")
  const unknown = Object.keys(inputs.fields).filter((name) => !Object.hasOwn(schema.fields, name))
  if (unknown.length > 0) {
    const names = unknown.map((name) => `/${name}`).join(", ")
    return badInput(`Additional or unevaluated properties '${names}' at '/' not allowed`)
  }
  if (inputs._tag === "Form" && inputs.repeated.length > 0)
    return badInput(`Repeated '/${inputs.repeated.join(", /")}'`)
  if (!Object.hasOwn(inputs.fields, "prompt")) return badInput("required properties at '/' are 'prompt'")
  const values: Record<string, unknown> = {}
  for (const [name, rule] of Object.entries(schema.fields)) {
    if (!Object.hasOwn(inputs.fields, name)) continue
    const value = numberOrText(rule, inputs.fields[name], inputs._tag === "Form")
    const error = checkField(name, rule, value)
    if (error !== undefined) return error
    values[name] = value
  }
  const missing = pictureFault(schema.requires ?? [], values)
  if (missing) return missing
  const width = Number(values.width ?? schema.width)
  const height = Number(values.height ?? schema.height)
  if (width === 0 || height === 0) return aiError(400, 3030, "Model input is not valid: width and height must not be 0")
  const { format, delivery } = schema
  const steps = Number(values.steps ?? values.num_steps ?? schema.steps)
  const inputTiles = Object.entries(values).flatMap(([name, value]) =>
    schema.fields[name]?.type === "picture" ? [tilesOf(value)] : []
  )
  const neurons = schema.neurons?.({ tiles: tilesOf({ width, height }), steps, inputTiles })
  return { neurons, prompt: String(values.prompt), seed: String(values.seed ?? ""), width, height, format, delivery }
}

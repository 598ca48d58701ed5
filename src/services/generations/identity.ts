import { createHash } from "node:crypto"
import type { GenerationRequest, InputImage } from "../../domain/GenerationRequest.ts"

/**
 * The SHA-256 of what is to be drawn, in hexadecimal. How it is to be told (the dialect, `stream`, `response_format`, the
 * way in which the prompt was written) is no part of it.
 */
export const digestOf = (request: GenerationRequest): string => {
  const { inputs, model, n, optimize, outputFormat, prompt, quality = "medium", seed, size, steps } = request
  const drawn = [
    prompt,
    model?.toLowerCase(),
    size?.width,
    size?.height,
    n,
    seed,
    steps,
    quality,
    optimize,
    outputFormat,
    inputs.map(digestOfInput)
  ]
  return sha256(JSON.stringify(drawn.map((part) => part ?? null)))
}

const digestOfInput = (input: InputImage): string => {
  switch (input._tag) {
    case "Inline":
      return sha256(input.file.bytes)
    case "Stored":
      return input.key.name
    case "Remote":
      return input.url.href
  }
}

const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex")

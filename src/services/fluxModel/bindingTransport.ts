import type { ModelInput } from "./modelInput.ts"
import { exchange, type Transport } from "./Transport.ts"

/**
 * The same options for every call, but for the gateway, and no signal among them: the binding keeps the options of the latest call, so that
 * concurrent calls with different ones would disturb each other.
 */
const options = { returnRawResponse: true } as const

/** Where the call goes is decided before the options can be those of another. Every account has this gateway. */
const partnerOptions = { ...options, gateway: { id: "default" } } as const

export const bindingTransport = (ai: Ai): Transport => ({
  way: "binding",
  secrets: [],
  send: (model, input) =>
    exchange(
      model,
      // The catalogue's ids are not all in the typings, and those that are have input types of their own.
      () =>
        ai.run(
          model.id as keyof AiModels,
          bindingInput(input) as never,
          model.partner ? partnerOptions : options
        ) as Promise<unknown> as Promise<Response>
    )
})

const bindingInput = (input: ModelInput): unknown => {
  if (input._tag === "Json") return input.fields
  // A Response writes the boundary into the content type; with the bare form it would be missing.
  const encoded = new Response(input.form)
  return { multipart: { body: encoded.body, contentType: encoded.headers.get("content-type") } }
}

import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Schema from "effect/Schema"
import { Authorization } from "../Authorization.ts"
import { ErrorBody } from "../errors.ts"
import { optional } from "../fields.ts"

const Address = Schema.Union([Schema.String, Schema.Struct({ url: Schema.String })])

/** A picture as a `data:` URL or a link of this service. */
export const ProvenanceRequest = Schema.Struct({
  image: optional(Schema.Union([Address, Schema.Struct({ image_url: Address })])),
  image_url: optional(Address)
}).annotate({ identifier: "ProvenanceRequest" })
export type ProvenanceRequest = typeof ProvenanceRequest.Type

const ProvenanceForm = Schema.Struct({ image: Schema.String.annotate({ format: "binary" }) })
  .annotate({ identifier: "ProvenanceForm" })
  .pipe(HttpApiSchema.asMultipart())

/** What a picture's own bytes say of where it comes from; `null` for what they don't say. Nothing in them proves it. */
export const ProvenanceObject = Schema.Struct({
  object: Schema.Literal("provenance"),
  media_type: Schema.Literals(["image/jpeg", "image/png", "image/webp"]),
  size: Schema.String,
  /** From XMP, of any tool: `http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia` for one drawn by AI. */
  digital_source_type: Schema.NullOr(Schema.String),
  ai_system: Schema.NullOr(Schema.String),
  creator_tool: Schema.NullOr(Schema.String),
  credit: Schema.NullOr(Schema.String),
  /** Whether there is a manifest of the C2PA. Its signature is not checked. */
  c2pa: Schema.Boolean
}).annotate({ identifier: "Provenance" })
export type ProvenanceObject = typeof ProvenanceObject.Type

export class ProvenanceApi extends HttpApiGroup.make("provenance")
  .add(
    HttpApiEndpoint.post("readProvenance", "/v1/provenance", {
      payload: [
        ProvenanceRequest,
        ProvenanceForm,
        ...(["image/jpeg", "image/png", "image/webp"] as const).map((contentType) =>
          Schema.Uint8Array.pipe(HttpApiSchema.asUint8Array({ contentType }))
        )
      ],
      success: ProvenanceObject,
      error: ([400, 401, 404, 413, 429, 500, 502] as const).map((status) =>
        ErrorBody.pipe(HttpApiSchema.status(status))
      )
    })
  )
  .middleware(Authorization) {}

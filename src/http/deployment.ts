import type * as HttpServerRequest from "effect/http/HttpServerRequest"
import { deploymentIn } from "./addresses.ts"
import { type Fields, isUnset } from "./wishes/values.ts"

/** In an address of Azure's form the deployment is the model, where the body names none. */
export const withDeployment = (request: HttpServerRequest.HttpServerRequest, fields: Fields): Fields => {
  if (!isUnset(fields.model)) return fields
  const model = deploymentIn(request.originalUrl)
  return model === undefined ? fields : { ...fields, model }
}

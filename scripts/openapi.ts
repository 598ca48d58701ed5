/**
 * `npm run openapi`: openapi.json, the contract of the service, from the API's definition and the words about it. It is
 * committed, so that a change of the contract is seen as one, and it is what the Worker serves: making it takes five times the
 * CPU that a request has on the free plan.
 */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { openApiText } from "./openapi/document.ts"
import { PROJECT } from "./wrangler.ts"

writeFileSync(join(PROJECT, "openapi.json"), openApiText())

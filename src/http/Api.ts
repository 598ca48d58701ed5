import * as HttpApi from "effect/http-api/HttpApi"
import * as OpenApi from "effect/http-api/OpenApi"
import { ChatApi } from "./chat/ChatApi.ts"
import { ImagesApi } from "./images/ImagesApi.ts"
import { JobsApi } from "./jobs/JobsApi.ts"
import { McpApi } from "./mcp/McpApi.ts"
import { ModelsApi } from "./models/ModelsApi.ts"
import { PicturesApi } from "./pictures/PicturesApi.ts"
import { ProvenanceApi } from "./provenance/ProvenanceApi.ts"
import { ResponsesApi } from "./responses/ResponsesApi.ts"
import { SystemApi } from "./system/SystemApi.ts"
import { UsageApi } from "./usage/UsageApi.ts"

/** Everything the service offers over HTTP. */
export class Api extends HttpApi.make("flux-api-worker")
  .add(ChatApi, ImagesApi, JobsApi, McpApi, ModelsApi, PicturesApi, ProvenanceApi, ResponsesApi, SystemApi, UsageApi)
  .annotate(OpenApi.Title, "Flux API Worker") {}

import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"
import type { DrawError } from "../domain/Errors.ts"
import type { Job, JobEvent } from "../domain/Job.ts"

/** Tells a job as its wire format does. Whoever knows the format has its Layer. */
export class JobDescription extends Context.Service<
  JobDescription,
  {
    /** `link` is how links to pictures begin. */
    readonly describe: (job: Job, happened: Stream.Stream<JobEvent, DrawError>, link: string) => Effect.Effect<object>
  }
>()("flux/services/JobDescription") {}

/**
 * `npm run soak`: mixed requests against the built Worker in workerd, with faults in a tenth of what it calls. Ends with
 * status 1 where a picture is lost, memory grows, or the log tells of a defect. `--requests`, `--concurrency` and `--seed`
 * change the run.
 */
import { parseArgs } from "node:util"
import { soak } from "../test/soak/soak.ts"

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "20000" },
    concurrency: { type: "string", default: "16" },
    seed: { type: "string", default: "20261122" }
  }
})

const report = await soak({
  requests: Number(values.requests),
  concurrency: Number(values.concurrency),
  seed: Number(values.seed),
  faults: 0.1
})

const { faults, memory, pictures, problems, requests, seconds } = report
const rate = Math.round(requests / seconds)
console.log(
  `soak: ${requests} requests in ${Math.round(seconds)} s (${rate}/s), ${pictures} pictures, ${faults} faults`
)
console.log(`soak: memory ${memory.filter((_, index) => index % 5 === 4).join(", ")} MiB`)
for (const problem of problems.slice(0, 10)) console.error(`soak: ${problem}`)
console.log(problems.length === 0 ? "soak: nothing was lost" : `soak: ${problems.length} problems`)
process.exit(problems.length === 0 ? 0 : 1)

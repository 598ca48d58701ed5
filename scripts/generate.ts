/** `npm run generate`: the files named `*.generated.ts`. wrangler runs it before it bundles. */
import "./build-page.ts"
import "./build-openapi.ts"

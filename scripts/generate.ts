/** `npm run generate`: the files named `*.generated.ts`. wrangler runs it before it bundles. */
// First, for the page is bundled with its texts.
import "./build-locales.ts"
import "./build-page.ts"
import "./build-openapi.ts"

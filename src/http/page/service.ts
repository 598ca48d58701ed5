import type { ServiceInfo } from "./ServiceInfo.ts"

/** What the server put into the page. */
// The cast: the data come from the server that this page came from, typed there as ServiceInfo.
export const service = JSON.parse(document.getElementById("service")?.textContent ?? "") as ServiceInfo

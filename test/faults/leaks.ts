import { expect } from "vitest"
import type { TestApp } from "../support/layers/testLayers.ts"
import type { Outcome } from "./dialects.ts"
import { accountId, secrets } from "./service.ts"

const stackTrace = /\n\s+at .+:\d+|node_modules|\.ts:\d+/

/** Neither the answer nor the log may tell a secret, nor the answer anything of the inside of the service. */
export const expectNoLeaks = (app: TestApp, { body, headers }: Outcome): void => {
  const told = `${JSON.stringify([...headers])}\n${body}`
  for (const secret of [...Object.values(secrets), accountId]) expect(told).not.toContain(secret)
  expect(body.replaceAll("\\n", "\n")).not.toMatch(stackTrace)
  const logged = app.logs.join("\n")
  for (const secret of Object.values(secrets)) expect(logged).not.toContain(secret)
}

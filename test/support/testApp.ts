import { onTestFinished } from "vitest"
import { type AppOptions, makeApp, type TestApp } from "./layers/testLayers.ts"

/** The HTTP side for the running test, which disposes of it at its end. */
export const testApp = (options?: AppOptions): TestApp => {
  const app = makeApp(options)
  onTestFinished(() => app.dispose())
  return app
}

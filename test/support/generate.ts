/** What is generated is made before any test runs, so that each tests what the sources say now, in a fresh clone too. */
export const setup = async (): Promise<void> => {
  await import("../../scripts/generate.ts")
}

import { afterAll, afterEach, beforeAll, expect } from "vitest"
import { ImageFile } from "../../src/domain/ImageFile.ts"
import { linksIn } from "../support/links.ts"
import { imageOf } from "../support/pictures.ts"
import { API_KEY, type RunningService, startService } from "../support/service.ts"

/** The service for the tests of one file, and what every run asks of it. */
export const useService = () => {
  let running: RunningService | undefined
  beforeAll(async () => {
    running = await startService({ ai: "rest" })
  })
  afterEach(() => running?.reset())
  afterAll(() => running?.close())

  const service = (): RunningService => running ?? expect.unreachable("The service has not started.")
  /** How many pictures Workers AI was asked for. */
  const drawn = (): number => service().workersAi.calls.length
  return {
    service,
    drawn,
    apiKey: API_KEY,
    baseURL: () => `${service().url}/v1`,
    /** A text has the link of one picture, which is kept, and which was drawn anew. */
    expectPictureIn: async (text: string, calls = 1): Promise<string> => {
      const links = linksIn(text)
      expect(links, text).toHaveLength(1)
      expect((await fetch(links[0] ?? "")).headers.get("content-type")).toMatch(/^image\//)
      expect(drawn()).toBe(calls)
      return links[0] ?? ""
    },
    /** The last picture was drawn from others: how many. */
    inputs: (): number =>
      Object.keys(service().workersAi.calls.at(-1)?.fields ?? {}).filter((name) => name.startsWith("input_image"))
        .length
  }
}

/** Base64 of a whole picture, bare or as a `data:` URL. */
export const expectPicture = (base64: string | null | undefined): void =>
  void expect(ImageFile.fromBase64((base64 ?? "").replace(/^data:[^,]*,/, ""))).toBeDefined()

/** A small picture to start from. */
export const inputPicture = (text = "one"): Promise<ImageFile> =>
  imageOf({ width: 64, height: 64 }, { mediaType: "image/png", text })

/** What a promise fails with. */
export const failureOf = (promise: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(promise).then(
    () => expect.unreachable("It did not fail."),
    (error: unknown) => error
  )

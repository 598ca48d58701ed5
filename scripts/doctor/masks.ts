import { readPixel, readPngHeader, unpackPng } from "../../src/services/png/decodePng.ts"
import { encodePng } from "../../src/services/png/encodePng.ts"
import { type Finding, failed, ok, told } from "./checks.ts"
import { at, type Deployment } from "./Deployment.ts"

const DRAW_MS = 150_000
const SIDE = 512

/** A PNG whose left half has the one colour, and its right half the other. */
const halves = async (left: ReadonlyArray<number>, right: ReadonlyArray<number>): Promise<string> => {
  const bytes = await encodePng(
    SIDE,
    SIDE,
    (line) => {
      for (let i = 0; i < line.length; i++) line[i] = (i < 2 * SIDE ? left : right)[i % 4] ?? 0
    },
    4
  )
  return `data:image/png;base64,${bytes.toBase64()}`
}

type Rgb = readonly [red: number, green: number, blue: number]

/** The mean colours of the middles of both halves. */
const colours = async (bytes: Uint8Array<ArrayBuffer>): Promise<readonly [Rgb, Rgb] | undefined> => {
  const header = readPngHeader(bytes)
  const pixels = header && (await unpackPng(header))
  if (!pixels) return undefined
  const { height, width } = pixels.header
  const mean = (from: number, to: number): Rgb => {
    const sum = [0, 0, 0]
    const colour = new Uint8Array(4)
    let count = 0
    for (let y = Math.floor(height * 0.3); y < height * 0.7; y += 4) {
      for (let x = Math.floor(width * from); x < width * to; x += 4) {
        readPixel(pixels, x, y, colour)
        for (let i = 0; i < 3; i++) sum[i] = (sum[i] ?? 0) + (colour[i] ?? 0)
        count++
      }
    }
    const [red = 0, green = 0, blue = 0] = sum.map((value) => Math.round(value / count))
    return [red, green, blue]
  }
  return [mean(0.1, 0.4), mean(0.6, 0.9)]
}

const isGreen = ([red, green, blue]: Rgb): boolean => green > 170 && red < 110 && blue < 110

/**
 * Has the left half of a green picture drawn anew as a red wall, which costs nothing. Which colour of a mask the model repaints,
 * and whether the Images binding can put pictures together, Cloudflare's documents leave open.
 */
export const checkMask = async ({ ask }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const check = "a mask"
  const image = await halves([40, 220, 40, 255], [40, 220, 40, 255])
  const mask = await halves([0, 0, 0, 0], [0, 0, 0, 255])
  const answer = await ask("/v1/images/edits", {
    body: { prompt: "a plain red brick wall", image, mask, output_format: "png", response_format: "b64_json" },
    timeoutMs: DRAW_MS
  })
  if (answer.status !== 200) return [failed(check, told(answer), "masks do not work here: tell what was seen")]
  const base64 = at(answer.json, "data", 0, "b64_json")
  const seen = typeof base64 === "string" ? await colours(Uint8Array.fromBase64(base64)) : undefined
  if (!seen) return [failed(check, "drawn, but the answer is no PNG", "bind IMAGES: npm run deploy")]
  const [inside, outside] = seen
  if (isGreen(inside) && !isGreen(outside)) {
    const advice = "the model repaints black: turn `repaint` in src/services/imageGenerator/masks.ts"
    return [failed(check, "the part that was to stay was repainted", advice)]
  }
  const repainted = isGreen(inside)
    ? failed(check, `nothing was repainted (${inside})`, "the model ignores the mask: tell what was seen")
    : ok(check, `repainted (${inside}), ${answer.seconds.toFixed(1)} s`)
  const warnings = at(answer.json, "warnings")
  const whole = Array.isArray(warnings) && warnings.some((text) => String(text).includes("outside of the mask"))
  const kept: Finding = whole
    ? { check: "outside of a mask", outcome: "note", seen: "redrawn", advice: "bind IMAGES: npm run deploy" }
    : isGreen(outside)
      ? ok("outside of a mask", "as it was")
      : failed(
          "outside of a mask",
          `changed (${outside})`,
          "Images puts pictures together otherwise: tell what was seen"
        )
  return [repainted, kept]
}

/** Has a green picture changed a little by img2img, which costs nothing, with all that its model takes. */
export const checkImageToImage = async ({ ask }: Deployment): Promise<ReadonlyArray<Finding>> => {
  const check = "img2img"
  const image = await halves([40, 220, 40, 255], [40, 120, 220, 255])
  const answer = await ask("/v1/images/edits", {
    body: {
      ...{ model: "img2img", prompt: "a meadow by a lake", image, response_format: "b64_json" },
      ...{ negative_prompt: "people", guidance: 7.5, strength: 0.5 }
    },
    timeoutMs: DRAW_MS
  })
  return [
    answer.status === 200
      ? ok(check, `${at(answer.json, "size")}, ${answer.seconds.toFixed(1)} s`)
      : failed(check, told(answer), "this model does not work here: tell what was seen")
  ]
}

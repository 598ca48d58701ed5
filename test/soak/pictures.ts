import { drawPicture } from "../support/workers-ai/images.ts"

/** The length of a picture, in bytes. */
const pictureBytes = 30_000

const base = Buffer.from(
  await drawPicture({
    width: 64,
    height: 64,
    format: "jpeg",
    prompt: "soak",
    seed: "",
    minimumBytes: pictureBytes
  })
)
const startOfImage = base.subarray(0, 2)
const rest = base.subarray(2)

const digits = 10

/** The picture with that number: the same for the same number, and for no other. */
export const numberedPicture = (number: number): Buffer => {
  const text = Buffer.from(String(number).padStart(digits, "0"))
  const comment = Buffer.from([0xff, 0xfe, 0, digits + 2])
  return Buffer.concat([startOfImage, comment, text, rest])
}

/** The number of a picture, where it is one of these to the last byte. */
export const numberOf = (bytes: Buffer): number | undefined => {
  const number = Number(bytes.subarray(6, 6 + digits))
  return Number.isSafeInteger(number) && bytes.equals(numberedPicture(number)) ? number : undefined
}

/** Names a number in a prompt. */
export const promptFor = (number: number): string => `A fox, number ${number} of many`

/** The number in a prompt, wherever in a body that stands. */
export const numberIn = (body: string): number => Number(/number (\d+) of many/.exec(body)?.[1] ?? Number.NaN)

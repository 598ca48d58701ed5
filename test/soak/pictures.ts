import { drawImage } from "../support/workers-ai/images.ts"

/** The length of a picture, in bytes. */
const imageBytes = 30_000

const base = Buffer.from(
  await drawImage({
    width: 64,
    height: 64,
    format: "jpeg",
    prompt: "soak",
    seed: "",
    minimumBytes: imageBytes
  })
)
const startOfImage = base.subarray(0, 2)
const rest = base.subarray(2)

const digits = 10

/** The picture with that number: the same for the same number, and for no other. */
export const numberedImage = (number: number): Buffer => {
  const text = Buffer.from(String(number).padStart(digits, "0"))
  const comment = Buffer.from([0xff, 0xfe, 0, digits + 2])
  return Buffer.concat([startOfImage, comment, text, rest])
}

/** A picture as the service keeps it: one of these to the last byte, but for the segment that says where it comes from. */
export interface MarkedImage {
  readonly number: number
  readonly mark: Buffer
}

const markBegin = Buffer.from([0xff, 0xe1])
const markName = Buffer.from("http://ns.adobe.com/xap/1.0/\0")

export const readMarked = (bytes: Buffer): MarkedImage | undefined => {
  if (!bytes.subarray(2, 4).equals(markBegin) || !bytes.subarray(6, 6 + markName.length).equals(markName))
    return undefined
  const end = 4 + bytes.readUInt16BE(4)
  const number = Number(bytes.subarray(end + 4, end + 4 + digits))
  // Copied, so that the whole picture is not kept for its sake.
  const found = { number, mark: Buffer.from(bytes.subarray(2, end)) }
  return Number.isSafeInteger(number) && bytes.equals(writeMarked(found)) ? found : undefined
}

export const writeMarked = ({ mark, number }: MarkedImage): Buffer =>
  Buffer.concat([startOfImage, mark, numberedImage(number).subarray(startOfImage.length)])

/** The number of a picture, where it is one of these and marked. */
export const numberOf = (bytes: Buffer): number | undefined => readMarked(bytes)?.number

/** Names a number in a prompt. */
export const promptFor = (number: number): string => `A fox, number ${number} of many`

/** The number in a prompt, wherever in a body that stands. */
export const numberIn = (body: string): number => Number(/number (\d+) of many/.exec(body)?.[1] ?? Number.NaN)

import { copyButton } from "./actions.ts"
import { textButton } from "./dom.ts"
import { fileName } from "./download.ts"
import { messages } from "./messages.ts"
import type { ShownImage } from "./ShownImage.ts"
import { announce } from "./toast.ts"

/** Clipboards take pictures as PNG only. */
const asPng = async (bytes: Blob): Promise<Blob> => {
  if (bytes.type === "image/png") return bytes
  const bitmap = await createImageBitmap(bytes)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0)
  return canvas.convertToBlob()
}

const copyImage = async (bytes: Blob): Promise<void> => {
  try {
    // The promise goes into the item: some browsers want the write at once after the click.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": asPng(bytes) })])
    announce(messages.copied)
  } catch {
    announce(messages.copyFailed)
  }
}

/** Copies the picture; nothing where the browser has no clipboard, as on pages that came over plain http. */
export const copyImageButton = (bytes: Blob): ReadonlyArray<HTMLButtonElement> =>
  "clipboard" in navigator && "ClipboardItem" in window ? [copyButton(messages.image, () => void copyImage(bytes))] : []

/** Hands the picture to the share sheet; nothing where the system has none for pictures. */
export const shareButton = (image: ShownImage, bytes: Blob): ReadonlyArray<HTMLButtonElement> => {
  const files = [new File([bytes], fileName(image), { type: bytes.type })]
  const data = { files, text: image.request.prompt }
  if (!("canShare" in navigator) || !navigator.canShare(data)) return []
  // A sheet that is closed again rejects.
  return [textButton(messages.share, () => void navigator.share(data).catch(() => undefined))]
}

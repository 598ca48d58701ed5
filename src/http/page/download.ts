import { endingOf } from "./DrawRequest.ts"
import { element } from "./dom.ts"
import { messages } from "./messages.ts"
import type { ShownImage } from "./ShownImage.ts"
import { announce } from "./toast.ts"
import { type ZipEntry, zip } from "./zip.ts"

/** An archive that every program opens. */
const largest = { files: 60_000, bytes: 2 ** 31 }

export const fileName = (image: ShownImage): string =>
  `flux-${Number(image.drawnAt)}-${image.index + 1}.${endingOf(image)}`

const save = (file: Blob, name: string): void => {
  const href = URL.createObjectURL(file)
  element("a", { href, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}

/** Saves a picture as a file, and several as an archive; as more than one where they are too many for one. */
export const download = async (
  images: ReadonlyArray<ShownImage>,
  read: (image: ShownImage) => Promise<Blob | undefined>
): Promise<void> => {
  let lost = 0
  const archives: Array<Array<ZipEntry>> = []
  let room = 0
  for (const image of images) {
    const bytes = await read(image)
    if (!bytes) {
      lost += 1
      continue
    }
    const name = fileName(image)
    if (images.length === 1) save(bytes, name)
    room -= bytes.size
    if (room < 0 || archives.at(-1)?.length === largest.files) {
      archives.push([])
      room = largest.bytes - bytes.size
    }
    // Requests of the same millisecond have equal names.
    const same = archives.at(-1)?.filter((entry) => entry.name === name).length ?? 0
    archives.at(-1)?.push({ bytes, name: same ? `${same}-${name}` : name, time: image.drawnAt })
  }
  if (lost > 0) announce(messages.partly(lost, images.length))
  if (images.length === 1) return
  for (const [place, entries] of archives.entries()) {
    save(await zip(entries), `flux-${new Date().toISOString().slice(0, 10)}${place ? `-${place + 1}` : ""}.zip`)
  }
}

/**
 * How a picture's pixels are to be turned before they are seen: 1 for not at all, 2 to 4 for a flip or half a turn, 5 to 8
 * for a quarter of a turn, by which width and height change places.
 */
export type Orientation = number

const orientationTag = 0x0112
const shortType = 3

/** The orientation in EXIF data, which begins with its TIFF header (TIFF 6.0, section 2); 1 where it tells none. */
export const readOrientation = (exif: Uint8Array | undefined): Orientation => {
  if (exif === undefined || exif.length < 8) return 1
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength)
  const order = view.getUint16(0)
  const little = order === 0x4949
  if ((!little && order !== 0x4d4d) || view.getUint16(2, little) !== 42) return 1
  const directory = view.getUint32(4, little)
  if (directory + 2 > exif.length) return 1
  const count = view.getUint16(directory, little)
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + 12 * index
    if (entry + 12 > exif.length) return 1
    if (view.getUint16(entry, little) !== orientationTag) continue
    const value = view.getUint16(entry + 2, little) === shortType ? view.getUint16(entry + 8, little) : 1
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

export const swapsSides = (orientation: Orientation): boolean => orientation >= 5

/**
 * The name of a format that no model takes, by the first bytes of a file; `undefined` for JPEG, PNG, WebP and whatever is
 * not known.
 */
export const recognizeForeignFormat = (bytes: Uint8Array): string | undefined => {
  const head = latin1(bytes.subarray(0, 1024))
  return signatures.find(([signature]) => head.startsWith(signature))?.[1] ?? mediaFormat(head) ?? xmlFormat(head)
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")

const signatures: ReadonlyArray<readonly [string, string]> = [
  ["GIF87a", "GIF"],
  ["GIF89a", "GIF"],
  ["II*\0", "TIFF"],
  ["MM\0*", "TIFF"],
  ["II+\0", "TIFF"],
  ["MM\0+", "TIFF"],
  ["%PDF-", "PDF"],
  ["8BPS", "Photoshop"],
  ["\0\0\x01\0", "ICO"],
  ["\xff\x0a", "JPEG XL"],
  ["\0\0\0\x0cJXL ", "JPEG XL"],
  ["\0\0\0\x0cjP  ", "JPEG 2000"],
  ["\xff\x4f\xff\x51", "JPEG 2000"],
  ["\x1aE\xdf\xa3", "a video"]
]

const heicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]

/** ISO/IEC 14496-12: a box `ftyp` with a brand, and those that it is compatible with. */
const mediaFormat = (head: string): string | undefined => {
  if (head.startsWith("BM") && head.slice(6, 10) === "\0\0\0\0") return "BMP"
  if (head.slice(4, 8) !== "ftyp") return undefined
  const length = [...head.slice(0, 4)].reduce((total, character) => total * 256 + character.charCodeAt(0), 0)
  const box = head.slice(8, Math.min(length, 256))
  const brands = [
    box.slice(0, 4),
    ...Array.from({ length: 60 }, (_, index) => box.slice(8 + index * 4, 12 + index * 4))
  ]
  if (brands.some((brand) => brand === "avif" || brand === "avis")) return "AVIF"
  return brands.some((brand) => heicBrands.includes(brand)) ? "HEIC" : "a video"
}

const xmlFormat = (head: string): string | undefined => {
  const text = head.replace(/^(?:\xef\xbb\xbf)?\s*/, "").toLowerCase()
  return text.startsWith("<svg") || (/^<(?:\?xml|!--|!doctype svg)/.test(text) && text.includes("<svg"))
    ? "SVG"
    : undefined
}

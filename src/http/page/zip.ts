/** A file of an archive. */
export interface ZipEntry {
  /** In ASCII. */
  readonly name: string
  readonly time: Date
  readonly bytes: Blob
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  return sum
})

const crc32 = (bytes: Uint8Array): number => {
  let sum = -1
  for (const byte of bytes) sum = (table[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8)
  return ~sum >>> 0
}

type Part = Blob | Uint8Array<ArrayBuffer> | string

/** Numbers as a ZIP file has them: the least byte first, of two or four bytes each. */
const fields = (...numbers: ReadonlyArray<readonly [value: number, size: 2 | 4]>): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    numbers.flatMap(([value, size]) => Array.from({ length: size }, (_, place) => (value >>> (8 * place)) & 255))
  )

/** The day and the time of MS-DOS: from 1980 on, in steps of two seconds. */
const dosTime = (time: Date): number =>
  (((Math.max(1980, time.getFullYear()) - 1980) << 25) |
    ((time.getMonth() + 1) << 21) |
    (time.getDate() << 16) |
    (time.getHours() << 11) |
    (time.getMinutes() << 5) |
    (time.getSeconds() >> 1)) >>>
  0

/**
 * An archive of files as they are: pictures are compressed already. It takes less than 65,536 files and 4 GiB; one file at a
 * time is in memory.
 */
export const zip = async (entries: ReadonlyArray<ZipEntry>): Promise<Blob> => {
  const files: Array<Part> = []
  const directory: Array<Part> = []
  let offset = 0
  let directorySize = 0
  for (const { bytes, name, time } of entries) {
    const sum = crc32(new Uint8Array(await bytes.arrayBuffer()))
    const about = fields(
      [20, 2],
      [0, 4],
      [dosTime(time), 4],
      [sum, 4],
      [bytes.size, 4],
      [bytes.size, 4],
      [name.length, 2],
      [0, 2]
    )
    files.push(fields([0x04034b50, 4]), about, name, bytes)
    directory.push(fields([0x02014b50, 4], [20, 2]), about, fields([0, 4], [0, 2], [0, 4], [offset, 4]), name)
    offset += 30 + name.length + bytes.size
    directorySize += 46 + name.length
  }
  const end = fields(
    [0x06054b50, 4],
    [0, 4],
    [entries.length, 2],
    [entries.length, 2],
    [directorySize, 4],
    [offset, 4],
    [0, 2]
  )
  return new Blob([...files, ...directory, end], { type: "application/zip" })
}

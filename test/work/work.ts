/** Something that reads a text which comes from outside; what it gives back, or that it refuses, is of no interest here. */
export interface Reader {
  readonly name: string
  readonly read: (text: string) => unknown
}

/** How a text can be built that makes a careless pattern begin again and again: of pieces, with an end that does not fit. */
export interface Shape {
  readonly name: string
  readonly make: (length: number) => string
}

const length = 8000
const factor = 4

/** Below this, in milliseconds of the processor, its growth is not worth a look: quadratic work takes far longer. */
const negligible = 15

/** The time that this thread had the processor: others that are busy do not count. */
const millis = (read: () => unknown): number => {
  const before = process.threadCpuUsage()
  read()
  const { system, user } = process.threadCpuUsage(before)
  return (system + user) / 1000
}

const least = (tries: number, read: () => unknown): number =>
  Math.min(...Array.from({ length: tries }, () => millis(read)))

/**
 * By how much the time grows where the text grows to four times its length: linear work gives about 4, quadratic work 16.
 * 0 where the longer text takes no time worth a look.
 */
const growth = ({ read }: Reader, { make }: Shape): number => {
  const longer = make(length * factor)
  if (millis(() => read(longer)) < negligible) return 0
  const shorter = make(length)
  // The shorter one first and more often, so that both are run by compiled code.
  const time = least(5, () => read(shorter))
  return least(3, () => read(longer)) / Math.max(time, negligible / factor ** 2)
}

/** Between the growth of linear work and that of quadratic work. */
const tooMuchGrowth = 12

/** Whether work grows too much each time that it is measured, for the sake of busy machines. */
export const growsTooMuch = (reader: Reader, shape: Shape): boolean =>
  [1, 2, 3].every(() => growth(reader, shape) > tooMuchGrowth)

import { clamp } from "./math.ts"

// Only the letters of "preview", drawn as strokes: they stay sharp at any size.

type Point = readonly [x: number, y: number]
type Stroke = ReadonlyArray<Point>

// Two dozen chords to the full turn look round at the size of a label.
const arc = (x: number, y: number, radius: number, from: number, to: number): Stroke => {
  const chords = Math.ceil(Math.abs(to - from) * 24)
  return Array.from({ length: chords + 1 }, (_, i): Point => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / chords)
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
}

const bar = (x: number, from: number, to: number): Stroke => [
  [x, from],
  [x, to]
]

const zigzag = (...xs: ReadonlyArray<number>): Stroke => xs.map((x, i): Point => [x, i % 2])

interface Glyph {
  readonly width: number
  readonly strokes: ReadonlyArray<Stroke>
}

// In units of the x-height: 0 is the top of a small letter, 1 its base line. Angles in turns, clockwise from the right.
const glyphs: Record<string, Glyph> = {
  p: { width: 1, strokes: [bar(0, 0, 1.45), arc(0.5, 0.5, 0.5, 0, 1)] },
  r: { width: 0.55, strokes: [bar(0, 0, 1), arc(0.42, 0.42, 0.42, 0.5, 0.8)] },
  e: { width: 1, strokes: [[[0, 0.5], ...arc(0.5, 0.5, 0.5, 0, -0.86)]] },
  v: { width: 0.86, strokes: [zigzag(0, 0.43, 0.86)] },
  i: { width: 0, strokes: [bar(0, 0, 1), bar(0, -0.43, -0.42)] },
  w: { width: 1.3, strokes: [zigzag(0, 0.34, 0.65, 0.96, 1.3)] }
}

const gap = 0.36

/** A straight piece of a stroke. */
export interface Segment {
  readonly from: Point
  readonly to: Point
}

/** A word as segments and its length, in units of the x-height. Letters that have no glyph are left out. */
export const layOut = (word: string): { readonly length: number; readonly segments: ReadonlyArray<Segment> } => {
  const segments: Array<Segment> = []
  let left = 0
  for (const letter of word) {
    const glyph = glyphs[letter]
    if (glyph === undefined) continue
    for (const stroke of glyph.strokes) {
      const points = stroke.map(([x, y]): Point => [left + x, y])
      points.reduce((from, to) => {
        segments.push({ from, to })
        return to
      })
    }
    left += glyph.width + gap
  }
  return { length: left - gap, segments }
}

/** How far a point is from the nearest segment. */
export const distance = (segments: ReadonlyArray<Segment>, x: number, y: number): number => {
  let nearest = Number.POSITIVE_INFINITY
  for (const { from, to } of segments) {
    const dx = to[0] - from[0]
    const dy = to[1] - from[1]
    const along = clamp(((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy))
    const awayX = x - from[0] - along * dx
    const awayY = y - from[1] - along * dy
    nearest = Math.min(nearest, awayX * awayX + awayY * awayY)
  }
  return Math.sqrt(nearest)
}

import { distance, layOut } from "./font.ts"
import { blend, type Layer } from "./layer.ts"
import { clamp } from "./math.ts"
import type { Colour } from "./palettes.ts"

const ink: Colour = [255, 255, 255]
const ground: Colour = [12, 14, 22]

/** A word on a translucent dark pill in the lower right corner: small, but never too small to read. */
export const label = (word: string, width: number, height: number): Layer => {
  const { length, segments } = layOut(word)
  const side = Math.min(width, height)
  const xHeight = Math.max(0.0165 * side, Math.min(8, side / 13))
  const halfStroke = Math.max(0.65, 0.085 * xHeight)
  const radius = 1.35 * xHeight
  const halfWidth = (length / 2 + 1.1) * xHeight
  const margin = 0.025 * side
  const centreX = width - margin - halfWidth
  const centreY = height - margin - radius
  // Stems and the base line lie on whole pixels, which keeps small letters crisp.
  const left = Math.round(centreX - (length / 2) * xHeight) + 0.5
  const top = Math.round(centreY + 0.47 * xHeight) - xHeight
  return {
    paint: (row, y) => {
      const dy = y + 0.5 - centreY
      if (Math.abs(dy) > radius + 1) return
      const last = Math.min(width - 1, centreX + halfWidth + 1)
      for (let x = Math.max(0, Math.floor(centreX - halfWidth - 1)); x <= last; x++) {
        const dx = Math.max(0, Math.abs(x + 0.5 - centreX) - (halfWidth - radius))
        blend(row, x, ground, 0.58 * clamp(radius + 0.5 - Math.hypot(dx, dy)))
        const away = distance(segments, (x + 0.5 - left) / xHeight, (y + 0.5 - top) / xHeight) * xHeight
        blend(row, x, ink, clamp(halfStroke + 0.5 - away))
      }
    }
  }
}

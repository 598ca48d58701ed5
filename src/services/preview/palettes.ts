import { mix } from "./math.ts"

/** Red, green and blue, each 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number]

/** The colours of one hour of the day: the sky from zenith to horizon, sun or moon, farthest and nearest land. */
export interface Palette {
  readonly zenith: Colour
  readonly middle: Colour
  readonly low: Colour
  readonly light: Colour
  readonly far: Colour
  readonly near: Colour
}

const rgb = (hex: number): Colour => [hex >> 16, (hex >> 8) & 255, hex & 255]

const palette = (zenith: number, middle: number, low: number, light: number, far: number, near: number): Palette => ({
  zenith: rgb(zenith),
  middle: rgb(middle),
  low: rgb(low),
  light: rgb(light),
  far: rgb(far),
  near: rgb(near)
})

export const days: readonly [Palette, ...ReadonlyArray<Palette>] = [
  palette(0x2f3f73, 0xb8728a, 0xffd2a1, 0xfff3dc, 0x9a7b9b, 0x1d1a33), // dawn
  palette(0x3f86c6, 0x9ccbe6, 0xfdebd0, 0xfffbe9, 0x8fb3c4, 0x1d4a48), // morning
  palette(0x1f6fb5, 0x7dbde4, 0xe6f4ee, 0xfffdf0, 0x86b2c2, 0x24523c), // noon
  palette(0x5d7fa3, 0xf1c27d, 0xffe3a8, 0xfff6d8, 0xd39a6a, 0x4a2318), // golden hour
  palette(0x34205c, 0xc94f55, 0xffb661, 0xffeab0, 0xa04a68, 0x1c1028), // sunset
  palette(0x20122f, 0x8a2f3f, 0xf58b4c, 0xffe0a3, 0x7d3040, 0x150a18), // last light
  palette(0x474c93, 0xa794cc, 0xffdbe0, 0xfff5ef, 0x9486bb, 0x221d42), // lilac evening
  palette(0x5b7f8c, 0xa9c6c1, 0xf1efdd, 0xffffff, 0x93b3ad, 0x1b3b3c), // mist
  palette(0x6f93b5, 0xbfd3e2, 0xf7efe9, 0xffffff, 0xa5b9cc, 0x2d4460) // winter
]

export const nights: readonly [Palette, ...ReadonlyArray<Palette>] = [
  palette(0x050a1f, 0x13244f, 0x3d5f8f, 0xf6f2dc, 0x2a4469, 0x050815), // blue night
  palette(0x0b0820, 0x2a1d52, 0x6d4a84, 0xfdf0e4, 0x3f2f62, 0x0a0617), // violet night
  palette(0x03121d, 0x0b3d49, 0x4fa08f, 0xf0fbe8, 0x1f5a60, 0x031015) // northern night
]

export const mixColour = (from: Colour, to: Colour, share: number): Colour => [
  mix(from[0], to[0], share),
  mix(from[1], to[1], share),
  mix(from[2], to[2], share)
]

const turn = ([red, green, blue]: Colour, angle: number): Colour => {
  const mean = (red + green + blue) / 3
  const cos = Math.cos(angle)
  const sin = Math.sin(angle) / Math.sqrt(3)
  return [
    mean + (red - mean) * cos + (blue - green) * sin,
    mean + (green - mean) * cos + (red - blue) * sin,
    mean + (blue - mean) * cos + (green - red) * sin
  ]
}

/** The same palette with every hue turned by `angle` (in radians); brightness stays about the same. */
export const turnHues = (colours: Palette, angle: number): Palette => ({
  zenith: turn(colours.zenith, angle),
  middle: turn(colours.middle, angle),
  low: turn(colours.low, angle),
  light: turn(colours.light, angle),
  far: turn(colours.far, angle),
  near: turn(colours.near, angle)
})

import { land, water } from "./land.ts"
import type { Layer } from "./layer.ts"
import { days, mixColour, nights, turnHues } from "./palettes.ts"
import { between, makeNoise, makeRandom, pick } from "./random.ts"
import { air, birds, clouds, disc, glow, stars } from "./sky.ts"
import { terrains } from "./terrain.ts"

/** The layers of a landscape that follows from `text`: its hour, its weather, its terrain. */
export const compose = (text: string, width: number, height: number): ReadonlyArray<Layer> => {
  const canvas = { width, height, unit: Math.sqrt(width * height) }
  const random = makeRandom(text)
  const noise = makeNoise(random)
  const terrain = pick(random, terrains)
  const night = random() < 0.3
  const colours = turnHues(pick(random, night ? nights : days), between(random, -0.2, 0.2))

  const shore = terrain.shore ?? 1
  const horizon = height * (terrain.shore ?? 0.72)
  const light = {
    x: width * between(random, 0.18, 0.82),
    y: horizon * (night ? between(random, 0.2, 0.55) : between(random, 0.3, 0.85)),
    radius: canvas.unit * between(random, 0.035, 0.075),
    colour: colours.light
  }
  const cloud = {
    horizon,
    colour: mixColour(colours.low, colours.light, 0.4),
    cover: between(random, 0.35, 0.6)
  }

  const sky = air(canvas, colours, horizon)
  const halo = glow(canvas, { ...light, strength: night ? 0.6 : 1 })
  const veil = clouds(canvas, noise, cloud)
  const far = land(canvas, noise, colours, terrain.land, { from: 0, to: terrain.shore ? 0.55 : 1, bottom: shore })
  const lake = {
    shore: horizon,
    deep: mixColour(colours.near, colours.zenith, 0.35),
    light: light.colour,
    x: light.x
  }
  return [
    sky,
    ...(night ? stars(canvas, random, horizon) : []),
    halo,
    disc(canvas, { ...light, bite: night && random() < 0.6 ? between(random, 0.5, 0.9) : 0 }),
    veil,
    ...far,
    // Of the light itself and the stars only the glitter is seen in moving water.
    ...(terrain.shore === undefined ? [] : [water(canvas, noise, [sky, halo, veil, ...far], lake)]),
    ...land(canvas, noise, colours, terrain.bank ?? [], { from: 1, to: 1, bottom: 1 }),
    ...(night ? [] : [birds(canvas, random, horizon, mixColour(colours.zenith, colours.near, 0.8))])
  ]
}

/** What a field of a request wishes for, however its dialect calls it. */
export type Wish =
  | "size"
  | "ratio"
  | "resolution"
  | "megapixels"
  | "width"
  | "height"
  | "n"
  | "seed"
  | "steps"
  | "quality"
  | "output_format"
  | "webhook"
  | "images"
  | "mask"
  | "negative_prompt"
  | "guidance"
  | "strength"
  | "unmet"

/** Without what spellings differ in: `aspectRatio`, `aspect-ratio` and `aspect_ratio`; `image[]` and `image[0]`. */
export const plainName = (name: string): string =>
  name
    .slice(0, 60)
    .replace(/\[\d{0,9}\]$/, "")
    .toLowerCase()
    .replace(/[_\s-]/g, "")

const names: Readonly<Record<Wish, ReadonlyArray<string>>> = {
  size: ["size", "imagesize", "outputsize", "outputimagesize", "picturesize", "dimensions", "imagedimensions"],
  ratio: ["aspectratio", "aspect", "ratio", "ar", "imageratio", "imageaspectratio", "orientation", "imageorientation"],
  resolution: ["resolution", "imageresolution", "outputresolution"],
  megapixels: ["megapixels", "megapixel", "mp"],
  width: ["width", "imagewidth", "outputwidth", "w"],
  height: ["height", "imageheight", "outputheight", "h"],
  n: ["n", "numimages", "numberofimages", "numoutputs", "numimagesperprompt", "samplecount", "imagecount", "batchsize"],
  seed: ["seed", "randomseed", "noiseseed"],
  steps: ["steps", "numsteps", "numinferencesteps", "inferencesteps", "samplingsteps"],
  quality: ["quality"],
  output_format: ["outputformat", "imageformat"],
  webhook: ["webhook", "webhookurl"],
  images: [
    ...[
      "images",
      "imageurls",
      "inputimages",
      "inputurls",
      "imageinput",
      "imageinputs",
      "referenceimages",
      "initimages"
    ],
    ...["sourceimages", "image", "imageurl", "inputimage", "inputimageurl", "initimage", "initimageurl", "sourceimage"],
    ...["referenceimage", "referenceimageurl", "imageprompt", "imagebase64", "imageb64"],
    ...["imagedata", "img", "inputurl", "firstimage", "inputreferences"]
  ],
  mask: ["mask", "maskimage", "maskurl", "maskimageurl", "imagemask", "inputimagemask", "inpaintmask"],
  negative_prompt: ["negativeprompt", "negative", "negprompt", "negativetext"],
  guidance: ["guidance", "guidancescale", "cfg", "cfgscale"],
  strength: ["strength", "denoisingstrength", "denoise", "promptstrength"],
  unmet: [
    ...["style", "stylepreset", "stylename", "imagestyle", "imagestrength", "sampler", "samplername", "scheduler"],
    ...["clipskip", "background", "inputfidelity", "outputcompression"]
  ]
}

const wishes: ReadonlyMap<string, Wish> = new Map(
  // The keys of this object are its wishes.
  (Object.keys(names) as ReadonlyArray<Wish>).flatMap((wish) => names[wish].map((name) => [name, wish] as const))
)

/** `input_image_2` and `image3` are one more. */
const numbered = /^(?:input|reference)?image\d{1,2}$/

export const wishOf = (name: string): Wish | undefined => {
  const plain = plainName(name)
  return wishes.get(plain) ?? (numbered.test(plain) ? "images" : undefined)
}

const containers = new Set([
  ...["extrabody", "extra", "extraparams", "extraparameters", "additionalparams", "parameters", "params", "options"],
  ...["imageconfig", "imageoptions", "imageparams", "imageparameters", "imagegenerationconfig", "imagesettings"],
  ...["generationconfig", "generationoptions", "config", "input", "provideroptions", "provider", "modelparams"],
  ...["modelkwargs", "imagegeneration", "output"]
])

/** Whether a field holds others: those of another dialect, or of one provider. */
export const isContainer = (name: string): boolean => containers.has(plainName(name))

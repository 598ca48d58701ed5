import { concatBytes, latin1, utf8 } from "./workers-ai/bytes.ts"

const box = (brand: string, ...others: ReadonlyArray<string>) =>
  concatBytes([
    [0, 0, 0, 16 + 4 * others.length],
    latin1(`ftyp${brand}`),
    [0, 0, 0, 0],
    latin1(others.join("")),
    new Array(40).fill(0)
  ])

const bytesOf = (text: string) => concatBytes([latin1(text), new Array(40).fill(0)])

/** The beginnings of files that people send as pictures and no model takes, by the name under which they are refused. */
export const foreignImages: ReadonlyArray<readonly [format: string, bytes: Uint8Array<ArrayBuffer>]> = [
  ["HEIC", box("heic", "mif1", "heic")],
  ["HEIC", box("mif1", "mif1", "heic")],
  ["HEIC", box("heix")],
  ["HEIC", box("msf1", "hevc")],
  ["AVIF", box("avif", "mif1", "miaf")],
  ["AVIF", box("mif1", "miaf", "avif")],
  ["AVIF", box("avis")],
  ["a video", box("isom", "iso2", "mp41")],
  ["a video", box("qt  ")],
  ["a video", bytesOf("\x1aE\xdf\xa3")],
  ["GIF", bytesOf("GIF89a\x01\0\x01\0")],
  ["GIF", bytesOf("GIF87a")],
  ["TIFF", bytesOf("II*\0\x08\0\0\0")],
  ["TIFF", bytesOf("MM\0*\0\0\0\x08")],
  ["BMP", bytesOf("BM\x46\0\0\0\0\0\0\0\x36\0\0\0")],
  ["PDF", bytesOf("%PDF-1.7\n")],
  ["Photoshop", bytesOf("8BPS\0\x01")],
  ["ICO", bytesOf("\0\0\x01\0\x01\0")],
  ["JPEG XL", bytesOf("\xff\x0a\xfa\x7f")],
  ["JPEG 2000", bytesOf("\0\0\0\x0cjP  \r\n\x87\n")],
  ["SVG", utf8('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ["SVG", utf8('\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by a program -->\n<svg/>')],
  ["SVG", utf8('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><SVG/>')]
]

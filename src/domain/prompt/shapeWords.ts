import { words } from "./words.ts"

// One line a language: English, simplified and traditional Chinese, Japanese, Spanish, French, Russian, German.

/** What a ratio is the ratio of. One of these beside a number says that it is the picture's, in whatever way it is written. */
export const labels = words(
  "aspect ratio, aspect-ratio, aspectratio, aspect, ratio, image ratio, picture ratio, screen ratio, ar, format, image format, size, image size, picture size, widescreen",
  "比例, 宽高比, 长宽比, 高宽比, 纵横比, 横纵比, 画面比例, 图片比例, 图像比例, 屏幕比例, 画幅比例, 宽高比例, 长宽比例, 比率, 画幅, 尺寸, 画面尺寸, 图片尺寸, 大小, 格式, 横屏, 竖屏, 横版, 竖版, 宽屏",
  "寬高比, 長寬比, 高寬比, 縱橫比, 橫縱比, 畫面比例, 圖片比例, 圖像比例, 螢幕比例, 畫幅比例, 寬高比例, 長寬比例, 畫幅, 畫面尺寸, 圖片尺寸, 橫屏, 豎屏, 直屏, 橫版, 直版, 橫式, 直式, 寬螢幕",
  "アスペクト比, アスペクトレシオ, 縦横比, 横縦比, 画面比率, 画像比率, 画像サイズ, 画面サイズ, サイズ, 比率, フォーマット, 形式, 横長, 縦長, 横向き, 縦向き, ワイドスクリーン",
  "relación de aspecto, relación, proporción, proporciones, proporción de aspecto, ratio de aspecto, formato, tamaño, tamaño de imagen, aspecto",
  "ratio d'aspect, ratio d’aspect, rapport d'aspect, rapport d’aspect, rapport hauteur/largeur, rapport largeur/hauteur, rapport, proportions, taille, taille d'image",
  "широкий формат, горизонтальный формат, вертикальный формат, соотношение сторон, соотношением сторон, соотношении сторон, соотношения сторон, соотношение, соотношении, соотношением, пропорции, пропорция, пропорциях, формат, формате, форматом, размер, размером, размере",
  "seitenverhältnis, bildverhältnis, verhältnis, bildformat, bildgröße, größe, querformat, hochformat, breitbild, breitbildformat"
)

/** Labels that are common words otherwise: only with a colon after them. */
export const labelsWithColon = words(
  "resolution, dimensions, dimension, proportions, proportion, orientation, shape, frame, canvas, screen, image, picture, output",
  "分辨率, 画面, 图片, 图像, 画布, 解析度, 畫面, 圖片, 圖像, 畫布, 解像度, 画像, 画面",
  "resolución, dimensiones, imagen, résolution, dimensions, image, разрешение, изображение, auflösung, abmessungen, bild"
)

/** Nouns that end like a label and are none. */
export const compounds =
  /(?:\b(?:golden|gear|mixing|mix|compression|large|medium|life|king|queen|full|plus|actual|natural|real|one)|黄金|goldener?|lebens|natur)[\s-]?$/

/** Between a label and its ratio. */
export const links = words(
  "of, is, to, set to, should be, must be, equals, at, in, as",
  "是, 为, 设为, 設為, 為, 用, 设置为, 要, は, を, が, の, に",
  "de, es, a, en, est, est de, à, en, —, ist, von, sei, im, in, равно, как, в"
)

/** Before a ratio without a label, and before a label. */
export const leads = words(
  "in, in a, in an, in the, as, as a, as an, with, with a, with an, with the, using, using a, using an, use, use a, use an, for, and, please, make it, make it a, make this, set, set the, set to, the image should be in, the image should be, it should be in, it should be, should be, generate in, draw in, render in, rendered in, shot in, output in, in portrait, in landscape",
  "用, 以, 采用, 採用, 使用, 按, 按照, 请用, 請用, 要, 做成, 画成, 畫成, 生成, 请, 請, 的, の, で, と, 図, 画像は",
  "en, en un, en una, con, con un, con una, como, usa, usar, y, por favor, en el, au, avec, avec un, avec une, dans un, dans le, sous, et, en mode, utilise, s'il vous plaît",
  "в, с, со, и, пожалуйста, im, als, mit, mit dem, mit einem, in einem, und, bitte, bitte im, bitte in, nutze, verwende"
)

/** Only with a label after the ratio: "at a 16:9 aspect ratio". */
export const leadsOfLabel = words(
  "a, an, the, at, at a, at an, at the, of, of a, to, to a, by, un, una, une, le, la, à un, d'un, ein, einem, eine, das, zum, к, на"
)

/** Adjectives of shape that need no label, also with a comma before the ratio. "landscape" and "portrait" may be the subject. */
export const orientations = words(
  "vertical, horizontal, vertically, horizontally, widescreen, wide screen, ultrawide, landscape orientation, portrait orientation, vertical orientation, horizontal orientation, landscape mode, portrait mode, landscape format, portrait format, wide format, square format, vertical format, horizontal format",
  "横屏, 竖屏, 横版, 竖版, 横构图, 竖构图, 横向, 纵向, 竖向, 宽屏, 橫屏, 直屏, 橫版, 直版, 橫構圖, 直構圖, 橫向, 縱向, 直向, 寬螢幕, 橫式, 直式",
  "横長, 縦長, 横向き, 縦向き, ワイドスクリーン, apaisado, apaisada, panorámico, panorámica, formato horizontal, formato vertical, format paysage, format portrait, grand écran",
  "горизонтально, вертикально, широкоформатный, широкоформатное, альбомная ориентация, книжная ориентация, querformat, hochformat, hochkant, im querformat, im hochformat"
)

const shapes = words(
  "landscape, portrait, widescreen, wide screen, wide, ultrawide, ultra-wide, vertical, horizontal, square, landscape mode, portrait mode, orientation, shape, dimensions, proportions, frame, framing, canvas, screen, layout, image, images, picture, pic, sized, resolution, res, hi-res, hires, high-res, high res, high resolution, low resolution, hd, full hd, fullhd, fhd, uhd, qhd, ultra hd, retina, pixels, pixel, px",
  "图, 图片, 图像, 画面, 横图, 竖图, 方图, 横幅, 竖幅, 横构图, 竖构图, 横向, 纵向, 竖向, 全屏, 高清, 超清, 超高清, 分辨率, 高分辨率, 正方形, 方形, 版, 式, 屏, 构图, 横, 竖",
  "圖, 圖片, 圖像, 畫面, 橫圖, 直圖, 方圖, 橫幅, 直幅, 橫構圖, 直構圖, 橫向, 縱向, 直向, 全螢幕, 解析度, 高解析度, 構圖, 橫, 直",
  "画像, 画面, 横, 縦, ワイド, 正方形, 高解像度, 解像度, 高画質, 比, 画角",
  "imagen, horizontal, vertical, apaisado, apaisada, cuadrado, cuadrada, panorámico, panorámica, pantalla ancha, resolución, alta resolución, alta definición",
  "image, paysage, panoramique, grand écran, carré, carrée, résolution, haute résolution, haute définition, mode",
  "горизонтально, горизонтальный, горизонтальная, горизонтальное, вертикально, вертикальный, вертикальная, вертикальное, альбомная, книжная, ориентация, ориентации, альбомной, книжной, широкий, широкоформатный, широкоформатное, широкоэкранный, квадрат, квадратный, квадратное, изображение, картинка, разрешение, разрешении, высокое разрешение, высоком разрешении",
  "bild, quer, hochkant, quadratisch, auflösung, hohe auflösung, hoher auflösung, panorama"
)

const courtesies = words(
  "please, pls, plz, thanks, thank you, thx, only",
  "谢谢, 谢谢你, 请, 吧, 謝謝, 請, お願いします, お願い, ください, してください, にしてください, 下さい, してね, にして, でお願いします, で, です",
  "por favor, gracias, s'il vous plaît, s'il te plaît, s’il vous plaît, s’il te plaît, svp, stp, merci, пожалуйста, спасибо, bitte, danke, bitteschön"
)

/** What may follow a ratio: about the picture's shape, size or resolution, or a courtesy. */
export const followers = words(...labels.all, ...shapes.all, ...orientations.all, ...courtesies.all)

/** Between such words, and never the last one. */
export const fillers = words(
  "in, a, an, the, and, with, at, of, as, for, very, 的, の, に, を, と, を使って, en, de, un, una, y, con, le, la, et, au, d', d’, à, в, с, и, im, in der, und, mit, als, von, einem, alta, haute, hoher"
)

/** Followers that could be what is to be drawn: nothing may be left of a prompt by taking them off. */
export const subjects = words(
  "landscape, portrait, square, panorama, paysage, 横图, 竖图, 正方形, picture, image, frame"
)

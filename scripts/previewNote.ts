/** A README without the note below its picture, which says that there are only previews in it. */
export const withoutPreviewNote = (readme: string): string =>
  readme.replace(/(\/wide\.jpg\)\n\n)_[^_]+_\n\n/, (_, image: string) => image)

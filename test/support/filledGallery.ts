import type { Page } from "playwright-core"

/**
 * Puts pictures of many shapes into the gallery of the page's browser, as the page keeps them, one a minute; the newest has
 * the number 0 in its prompt. The page shows them after a reload.
 */
export const fillGallery = (page: Page, count: number): Promise<void> =>
  page.evaluate(`(async () => {
    const words = ["lighthouse", "harbour", "forest", "red fox", "mountain", "café"]
    const shapes = [[1024, 1024], [1024, 576], [576, 1024], [768, 512], [768, 1024]]
    const kinds = await Promise.all(shapes.map(async ([width, height], index) => {
      const canvas = new OffscreenCanvas(width / 2, height / 2)
      const context = canvas.getContext("2d")
      const paint = context.createLinearGradient(0, 0, width / 2, height / 2)
      paint.addColorStop(0, "hsl(" + index * 70 + " 60% 70%)")
      paint.addColorStop(1, "hsl(" + (index * 70 + 60) + " 50% 25%)")
      context.fillStyle = paint
      context.fillRect(0, 0, width / 2, height / 2)
      return { size: width + "x" + height, blob: await canvas.convertToBlob() }
    }))
    const request = indexedDB.open("flux-pictures")
    const database = await new Promise((done) => { request.onsuccess = () => done(request.result) })
    const transaction = database.transaction(["pictures", "bytes"], "readwrite")
    for (let number = 0; number < ${count}; number += 1) {
      const group = "kept" + number
      const { blob, size } = kinds[number % kinds.length]
      const id = group + "/0"
      transaction.objectStore("pictures").put({
        id, group, index: 0, type: blob.type, size, model: "@cf/black-forest-labs/flux-2-klein-4b", neurons: 20, seed: number,
        drawnAt: new Date(Date.now() - number * 60_000),
        request: { prompt: "A " + words[number % words.length] + ", number " + number, n: 1, improve: false, inputs: [] }
      })
      transaction.objectStore("bytes").put(blob, id)
    }
    await new Promise((done) => { transaction.oncomplete = done })
    database.close()
  })()`)

import { byId, element } from "./dom.ts"
import type { KeptPicture } from "./gallery.ts"
import { type PictureActions, type PictureCard, pictureCard } from "./pictureCard.ts"

const list = byId("pictures", HTMLElement)
const empty = byId("empty", HTMLElement)
const viewer = byId("viewer", HTMLDialogElement)
const viewerImage = byId("viewer-image", HTMLImageElement)

const cards = new Map<number, PictureCard>()

const refreshEmpty = (): void => {
  empty.hidden = list.childElementCount > 0
}

const enlarge: PictureActions["enlarge"] = ({ request }, address) => {
  viewerImage.src = address
  viewerImage.alt = request.prompt
  viewer.showModal()
}

/** The cards of the gallery, newest request first. */
export const startGalleryView = (actions: Omit<PictureActions, "enlarge">) => {
  byId("viewer-close", HTMLButtonElement).addEventListener("click", () => viewer.close())
  setInterval(() => {
    for (const card of cards.values()) card.refresh()
  }, 5000)

  const cardFor = (picture: KeptPicture): HTMLLIElement => {
    const card = pictureCard(picture, { ...actions, enlarge })
    cards.set(picture.id, card)
    return card.root
  }

  return {
    /** Shows pictures below those that are there. */
    append: (pictures: ReadonlyArray<KeptPicture>): void => {
      list.append(...pictures.map(cardFor))
      refreshEmpty()
    },
    /** Keeps places for `n` pictures of that size at the top, until they are filled or given up. */
    reserve: (n: number, size: string | undefined) => {
      const [width = 1, height = 1] = (size ?? "1x1").split("x").map(Number)
      const places = Array.from({ length: n }, () => {
        const place = element("li", { className: "picture waiting", ariaHidden: "true" })
        place.style.aspectRatio = `${width} / ${height}`
        return place
      })
      list.prepend(...places)
      refreshEmpty()
      return {
        fill: (picture: KeptPicture): void => {
          const place = places.shift()
          if (place) place.replaceWith(cardFor(picture))
          else list.prepend(cardFor(picture))
        },
        giveUp: (): void => {
          for (const place of places.splice(0)) place.remove()
          refreshEmpty()
        }
      }
    },
    remove: (id: number): void => {
      const card = cards.get(id)
      card?.root.remove()
      card?.dispose()
      cards.delete(id)
      refreshEmpty()
    }
  }
}

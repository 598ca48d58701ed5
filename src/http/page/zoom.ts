/**
 * Lets a picture be looked at closely: by wheel, pinch and double click, and drawn about; where it is not enlarged, a swipe
 * leafs.
 */
export const makeZoom = (stage: HTMLElement, img: HTMLElement, leaf: (step: number) => void) => {
  const most = 8
  const fingers = new Map<number, { readonly x: number; readonly y: number }>()
  let scale = 1
  let x = 0
  let y = 0
  let swiped = 0

  const show = (): void => {
    const room = (side: number) => (side * (scale - 1)) / 2
    x = Math.max(-room(stage.clientWidth), Math.min(room(stage.clientWidth), x))
    y = Math.max(-room(stage.clientHeight), Math.min(room(stage.clientHeight), y))
    img.style.transform = scale === 1 ? "" : `translate(${x}px, ${y}px) scale(${scale})`
    stage.classList.toggle("zoomed", scale > 1)
  }

  /** What is under the point stays under it. */
  const zoomTo = (wanted: number, at?: { readonly x: number; readonly y: number }): void => {
    const next = Math.max(1, Math.min(most, wanted))
    const box = stage.getBoundingClientRect()
    const dx = at ? at.x - box.x - box.width / 2 : 0
    const dy = at ? at.y - box.y - box.height / 2 : 0
    x = dx - ((dx - x) * next) / scale
    y = dy - ((dy - y) * next) / scale
    scale = next
    show()
  }

  const spread = (): number => {
    const [a, b] = [...fingers.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }

  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault()
      zoomTo(scale * Math.exp(-event.deltaY / 300), event)
    },
    { passive: false }
  )
  stage.addEventListener("dblclick", (event) => zoomTo(scale > 1 ? 1 : 2.5, event))
  stage.addEventListener("pointerdown", (event) => {
    stage.setPointerCapture(event.pointerId)
    fingers.set(event.pointerId, event)
    swiped = 0
  })
  stage.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const apart = spread()
    fingers.set(event.pointerId, event)
    if (fingers.size === 2) zoomTo((scale * spread()) / (apart || 1), event)
    else if (scale > 1) {
      x += event.x - before.x
      y += event.y - before.y
      show()
    } else swiped += event.x - before.x
  })
  const lift = ({ pointerId, type }: PointerEvent): void => {
    if (fingers.delete(pointerId) && type === "pointerup" && scale === 1 && Math.abs(swiped) > 60) {
      leaf(swiped > 0 ? -1 : 1)
    }
    swiped = 0
  }
  stage.addEventListener("pointerup", lift)
  stage.addEventListener("pointercancel", lift)

  return {
    by: (factor: number): void => zoomTo(scale * factor),
    reset: (): void => zoomTo(0)
  }
}

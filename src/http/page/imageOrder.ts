/** Calls `move` where a picture of the list is dragged, or moved by the arrow keys, from a place to another. */
export const startOrder = (list: HTMLElement, move: (from: number, to: number) => void): void => {
  const placeOf = (target: EventTarget | null): number =>
    target instanceof Element && target.closest(".thumb")
      ? [...list.children].findIndex((item) => item.contains(target))
      : -1
  let dragged = -1

  list.addEventListener("pointerdown", (event) => {
    dragged = placeOf(event.target)
    // The list's, for the picture itself is made anew when it is moved.
    if (dragged !== -1) list.setPointerCapture(event.pointerId)
  })
  list.addEventListener("pointermove", ({ clientX }) => {
    if (dragged === -1) return
    const over = [...list.children].findIndex((item) => {
      const { left, right } = item.getBoundingClientRect()
      return clientX >= left && clientX < right
    })
    if (over === -1 || over === dragged) return
    move(dragged, over)
    dragged = over
  })
  for (const end of ["pointerup", "pointercancel"]) {
    list.addEventListener(end, () => {
      dragged = -1
    })
  }
  list.addEventListener("keydown", ({ key, target }) => {
    const from = placeOf(target)
    const to = from + (key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0)
    if (from === -1 || to === from || to < 0 || to >= list.childElementCount) return
    move(from, to)
    list.querySelectorAll<HTMLElement>(".thumb")[to]?.focus()
  })
}

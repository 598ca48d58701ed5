/** Lets a few run at a time; the others wait for their turn. */
export const makeQueue = (places: number) => {
  let running = 0
  const waiting: Array<() => void> = []
  return {
    /** Whether somebody who comes now has to wait. */
    isFull: (): boolean => running >= places,
    /** Waits for a place; fails when `signal` is aborted before. */
    enter: (signal: AbortSignal): Promise<void> => {
      if (running < places) {
        running += 1
        return Promise.resolve()
      }
      return new Promise((resolve, reject) => {
        waiting.push(resolve)
        signal.addEventListener("abort", () => {
          const place = waiting.indexOf(resolve)
          if (place === -1) return
          waiting.splice(place, 1)
          reject(signal.reason)
        })
      })
    },
    /** Gives a place back, to the one who has waited longest. */
    leave: (): void => {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

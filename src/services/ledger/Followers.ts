/** Those who wait for news of a job. */
export class Followers {
  readonly #waiting = new Map<string, Set<() => void>>()
  readonly #heldUntil = new Map<string, number>()

  /** Until {@link wake}, until `signal`, or for so many milliseconds. */
  wait(id: string, millis: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(id) ?? new Set()
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener("abort", end)
        waiting.delete(end)
        if (waiting.size === 0 && this.#waiting.get(id) === waiting) this.#waiting.delete(id)
        resolve()
      }
      const timer = setTimeout(end, millis)
      signal.addEventListener("abort", end)
      waiting.add(end)
      this.#waiting.set(id, waiting)
    })
  }

  wake(id: string): void {
    for (const end of [...(this.#waiting.get(id) ?? [])]) end()
  }

  /** Somebody is in the middle of reading: the job stays at least so long. */
  hold(id: string, until: number): void {
    this.#heldUntil.set(id, until)
  }

  holds(id: string, now: number): boolean {
    return (this.#heldUntil.get(id) ?? 0) > now
  }

  forget(now: number): void {
    for (const [id, until] of this.#heldUntil) if (until <= now) this.#heldUntil.delete(id)
  }
}

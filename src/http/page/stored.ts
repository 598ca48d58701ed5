/** A value that this browser remembers under a name; in a browser that keeps nothing it is always the first one. */
export const stored = <T>(name: string, first: T) => ({
  get: (): T => {
    try {
      const text = localStorage.getItem(name)
      // The cast: nothing but `set` writes under this name.
      return text === null ? first : (JSON.parse(text) as T)
    } catch {
      return first
    }
  },
  set: (value: T): void => {
    try {
      if (value === first) localStorage.removeItem(name)
      else localStorage.setItem(name, JSON.stringify(value))
    } catch {
      // It is asked, or measured, again.
    }
  }
})

import type { DrawRequest } from "./DrawRequest.ts"

/** A picture that was drawn here. */
export interface Picture {
  readonly blob: Blob
  readonly request: DrawRequest
  /** The same for pictures of one request. */
  readonly drawnAt: Date
  readonly model: string
  readonly size: string
  readonly neurons: number
  readonly seed?: number
  readonly revisedPrompt?: string
  readonly url?: string
}

export interface KeptPicture extends Picture {
  readonly id: number
}

/** Where pictures survive a reload. */
export interface Gallery {
  /** Whether they do; where the browser keeps no data, they live as long as the page. */
  readonly lasting: boolean
  /** Newest request first, its pictures in order. */
  readonly all: () => Promise<ReadonlyArray<KeptPicture>>
  readonly add: (picture: Picture) => Promise<KeptPicture>
  readonly remove: (id: number) => Promise<void>
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const byTime = (a: KeptPicture, b: KeptPicture): number => Number(b.drawnAt) - Number(a.drawnAt) || a.id - b.id

/** The gallery of this browser. */
export const openGallery = async (): Promise<Gallery> => {
  try {
    const request = indexedDB.open("flux-gallery", 1)
    request.onupgradeneeded = () => request.result.createObjectStore("pictures", { keyPath: "id", autoIncrement: true })
    return storedGallery(await done(request))
  } catch {
    return passingGallery()
  }
}

const storedGallery = (database: IDBDatabase): Gallery => {
  const pictures = (mode: IDBTransactionMode) => database.transaction("pictures", mode).objectStore("pictures")
  return {
    lasting: true,
    all: async () => {
      const kept: Array<KeptPicture> = await done(pictures("readonly").getAll())
      return kept.sort(byTime)
    },
    add: async (picture) => ({ ...picture, id: Number(await done(pictures("readwrite").add(picture))) }),
    remove: async (id) => done(pictures("readwrite").delete(id))
  }
}

const passingGallery = (): Gallery => {
  let next = 1
  return {
    lasting: false,
    all: async () => [],
    add: async (picture) => ({ ...picture, id: next++ }),
    remove: async () => undefined
  }
}

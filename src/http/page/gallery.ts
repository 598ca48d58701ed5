import type { ShownImage } from "./ShownImage.ts"

/** Where pictures survive a reload. */
export interface Gallery {
  /** Whether they do; where the browser keeps no data, they live as long as the page. */
  readonly lasting: boolean
  /** Newest request first, its pictures in order. */
  readonly all: () => Promise<ReadonlyArray<ShownImage>>
  readonly get: (id: string) => Promise<ShownImage | undefined>
  /** Whether it is kept: a browser may be full, or refuse. */
  readonly put: (image: ShownImage) => Promise<boolean>
  readonly remove: (id: string) => Promise<void>
  /** The pictures that a running job edits, which are only needed until it has ended. */
  readonly inputs: {
    readonly put: (job: string, inputs: ReadonlyArray<Blob>) => Promise<boolean>
    readonly get: (job: string) => Promise<ReadonlyArray<Blob>>
    readonly remove: (job: string) => Promise<void>
  }
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/** What is written is there only once its transaction is complete: a full disk is told at its end. */
const written = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })

const byTime = (a: ShownImage, b: ShownImage): number => Number(b.drawnAt) - Number(a.drawnAt) || a.index - b.index

const open = (): Promise<IDBDatabase> => {
  const request = indexedDB.open("flux-pictures", 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore("pictures", { keyPath: "id" })
    request.result.createObjectStore("inputs")
  }
  return done(request)
}

/** The gallery of this browser. */
export const openGallery = async (): Promise<Gallery> => {
  try {
    return storedGallery(await open())
  } catch {
    return passingGallery
  }
}

const storedGallery = (database: IDBDatabase): Gallery => {
  const read = (store: string) => database.transaction(store, "readonly").objectStore(store)
  const write = async (store: string, change: (store: IDBObjectStore) => void): Promise<boolean> => {
    try {
      const transaction = database.transaction(store, "readwrite")
      change(transaction.objectStore(store))
      await written(transaction)
      return true
    } catch {
      return false
    }
  }
  return {
    lasting: true,
    all: async () => {
      const kept: Array<ShownImage> = await done(read("pictures").getAll())
      return kept.sort(byTime)
    },
    get: (id) => done(read("pictures").get(id)),
    put: async (image) => {
      const kept = await write("pictures", (store) => store.put(image))
      // Asks the browser not to give the pictures up for lack of space; it may say no.
      if (kept) void navigator.storage?.persist?.().catch(() => false)
      return kept
    },
    remove: async (id) => void (await write("pictures", (store) => store.delete(id))),
    inputs: {
      put: (job, inputs) => write("inputs", (store) => store.put(inputs, job)),
      get: async (job) => (await done<ReadonlyArray<Blob> | undefined>(read("inputs").get(job))) ?? [],
      remove: async (job) => void (await write("inputs", (store) => store.delete(job)))
    }
  }
}

const passingGallery: Gallery = {
  lasting: false,
  all: async () => [],
  get: async () => undefined,
  put: async () => false,
  remove: async () => undefined,
  inputs: { put: async () => false, get: async () => [], remove: async () => undefined }
}

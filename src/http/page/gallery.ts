import type { ShownImage } from "./ShownImage.ts"

/** Where pictures survive a reload. */
export interface Gallery {
  /** Whether they do; where the browser keeps no data, they live as long as the page. */
  readonly lasting: boolean
  /** What is known of all pictures: newest request first, its pictures in order. */
  readonly all: () => Promise<ReadonlyArray<ShownImage>>
  readonly get: (id: string) => Promise<ShownImage | undefined>
  /** The bytes of a picture, read when they are needed; `undefined` where they are lost. */
  readonly bytes: (id: string) => Promise<Blob | undefined>
  /** Whether it is kept: a browser may be full, or refuse. What is not kept can be read until the page is left. */
  readonly put: (image: ShownImage, bytes?: Blob) => Promise<boolean>
  /** Gives the bytes of what is removed, for those who change their mind. */
  readonly remove: (ids: ReadonlyArray<string>) => Promise<ReadonlyMap<string, Blob>>
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

/** Bytes have a store of their own, so that a list of thousands of pictures reads none of them. */
const open = (): Promise<IDBDatabase> => {
  const request = indexedDB.open("flux-pictures", 2)
  request.onupgradeneeded = ({ oldVersion }) => {
    const { result, transaction } = request
    const bytes = result.createObjectStore("bytes")
    if (oldVersion < 1) {
      result.createObjectStore("pictures", { keyPath: "id" })
      result.createObjectStore("inputs")
      return
    }
    const old = transaction?.objectStore("pictures").openCursor()
    old?.addEventListener("success", () => {
      if (!old.result) return
      const { blob, ...image } = old.result.value
      bytes.put(blob, image.id)
      old.result.update({ ...image, type: blob.type })
      old.result.continue()
    })
  }
  return new Promise((resolve, reject) => {
    // A tab with an older page holds it.
    request.onblocked = reject
    done(request).then(resolve, reject)
  })
}

/** The gallery of this browser. */
export const openGallery = async (): Promise<Gallery> => {
  try {
    const database = await open()
    database.onversionchange = () => database.close()
    return storedGallery(database)
  } catch {
    return passingGallery()
  }
}

const storedGallery = (database: IDBDatabase): Gallery => {
  /** Bytes that are not kept, or not yet. */
  const held = new Map<string, Blob>()
  const read = (store: string) => database.transaction(store, "readonly").objectStore(store)
  const write = async (stores: ReadonlyArray<string>, change: (transaction: IDBTransaction) => void) => {
    try {
      const transaction = database.transaction(stores, "readwrite")
      change(transaction)
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
    bytes: async (id) => held.get(id) ?? done<Blob | undefined>(read("bytes").get(id)).catch(() => undefined),
    put: async (image, added) => {
      // What could not be kept before may be now; none is kept without its bytes.
      const bytes = added ?? held.get(image.id)
      if (bytes) held.set(image.id, bytes)
      const kept = await write(["pictures", "bytes"], (transaction) => {
        transaction.objectStore("pictures").put(image)
        if (bytes) transaction.objectStore("bytes").put(bytes, image.id)
      })
      if (!kept) return false
      if (bytes) held.delete(image.id)
      // Asks the browser not to give the pictures up for lack of space; it may say no.
      void navigator.storage?.persist?.().catch(() => false)
      return true
    },
    remove: async (ids) => {
      const removed = new Map<string, Blob>()
      await write(["pictures", "bytes"], (transaction) => {
        const bytes = transaction.objectStore("bytes")
        for (const id of ids) {
          const last = bytes.get(id)
          last.onsuccess = () => {
            const blob = held.get(id) ?? last.result
            if (blob) removed.set(id, blob)
            held.delete(id)
          }
          bytes.delete(id)
          transaction.objectStore("pictures").delete(id)
        }
      })
      return removed
    },
    inputs: {
      put: (job, inputs) => write(["inputs"], (transaction) => transaction.objectStore("inputs").put(inputs, job)),
      get: async (job) => (await done<ReadonlyArray<Blob> | undefined>(read("inputs").get(job))) ?? [],
      remove: async (job) =>
        void (await write(["inputs"], (transaction) => transaction.objectStore("inputs").delete(job)))
    }
  }
}

const passingGallery = (): Gallery => {
  const held = new Map<string, Blob>()
  return {
    lasting: false,
    all: async () => [],
    get: async () => undefined,
    bytes: async (id) => held.get(id),
    put: async (image, bytes) => {
      if (bytes) held.set(image.id, bytes)
      return false
    },
    // They stay in reach for an undo.
    remove: async () => new Map(held),
    inputs: { put: async () => false, get: async () => [], remove: async () => undefined }
  }
}

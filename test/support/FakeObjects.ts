import { createHash } from "node:crypto"
import { DatabaseSync, type SQLInputValue } from "node:sqlite"

/** What a Durable Object class is given here. */
export interface FakeObjectContext {
  readonly id: { readonly toString: () => string }
  readonly storage: {
    readonly sql: Pick<SqlStorage, "exec">
    readonly setAlarm: (millis: number | Date) => Promise<void>
    readonly getAlarm: () => Promise<number | null>
    readonly transactionSync: <T>(work: () => T) => T
    readonly get: DurableObjectStorage["get"]
    readonly put: DurableObjectStorage["put"]
    readonly deleteAll: () => Promise<void>
  }
  readonly waitUntil: (promise: Promise<unknown>) => void
}

interface FakeObject {
  readonly fetch: (request: Request) => Promise<Response>
  readonly alarm?: () => Promise<void>
}

/** A namespace of Durable Objects in memory, with a real SQLite database for each. */
export interface FakeObjects {
  /** Stands in for the binding. It has `idFromName`, `idFromString`, `get`, and the `fetch` of what that gives. */
  readonly namespace: DurableObjectNamespace
  /** Ends all instances, in the middle of what they do; what they have stored stays. */
  readonly evict: () => void
  /** When each object wants to be woken, in milliseconds since 1970. */
  readonly alarms: ReadonlyMap<string, number>
  /** Wakes all objects that want to be woken. */
  readonly wake: () => Promise<void>
  /** How many objects hold anything. */
  readonly size: () => number
}

const tablesOf = (database: DatabaseSync): ReadonlyArray<string> =>
  database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name))

/** `exec` as workerd has it, as far as rows and blobs go. */
export const sqlOver = (database: DatabaseSync): Pick<SqlStorage, "exec"> => {
  const exec = (query: string, ...bindings: ReadonlyArray<SQLInputValue | ArrayBuffer>) => {
    const values = bindings.map((value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value))
    const rows = database
      .prepare(query)
      .all(...values)
      .map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? value.slice().buffer : value])
        )
      )
    return { toArray: () => rows }
  }
  // Of the cursor there is `toArray` alone.
  return { exec: exec as unknown as SqlStorage["exec"] }
}

interface FakeObjectsOptions {
  /** Whether an object that asks to be woken is woken at once, whatever the time. */
  readonly wakesAtOnce?: boolean
}

export const makeFakeObjects = (
  make: (context: FakeObjectContext) => FakeObject,
  { wakesAtOnce = false }: FakeObjectsOptions = {}
): FakeObjects => {
  const values = new Map<string, Map<string, unknown>>()
  const databases = new Map<string, DatabaseSync>()
  const alarms = new Map<string, number>()
  let instances = new Map<string, FakeObject>()

  const instance = (id: string): FakeObject => {
    const known = instances.get(id)
    if (known) return known
    const database = databases.get(id) ?? new DatabaseSync(":memory:")
    databases.set(id, database)
    const made = make({
      id: { toString: () => id },
      storage: {
        sql: sqlOver(database),
        setAlarm: async (millis) => {
          alarms.set(id, Number(millis))
          if (wakesAtOnce) setImmediate(() => void instances.get(id)?.alarm?.())
        },
        getAlarm: async () => alarms.get(id) ?? null,
        transactionSync: (work) => {
          database.exec("BEGIN")
          try {
            const result = work()
            database.exec("COMMIT")
            return result
          } catch (error) {
            database.exec("ROLLBACK")
            throw error
          }
        },
        // Of the two forms of each, the one with a single name.
        get: (async (name: string) => structuredClone(values.get(id)?.get(name))) as DurableObjectStorage["get"],
        put: (async (name: string, value: unknown) => {
          values.set(id, (values.get(id) ?? new Map<string, unknown>()).set(name, structuredClone(value)))
        }) as DurableObjectStorage["put"],
        deleteAll: async () => {
          values.delete(id)
          for (const table of tablesOf(database)) database.exec(`DROP TABLE ${table}`)
          alarms.delete(id)
        }
      },
      waitUntil: () => {}
    })
    instances.set(id, made)
    return made
  }

  const idOf = (id: string) => ({ toString: () => id })
  const namespace = {
    idFromName: (name: string) => idOf(createHash("sha256").update(name).digest("hex")),
    idFromString: (id: string) => idOf(id),
    get: (id: { readonly toString: () => string }) => ({
      fetch: (url: string, init?: RequestInit) => instance(id.toString()).fetch(new Request(url, init))
    })
  }
  return {
    // The methods that this service has no use for are left out.
    namespace: namespace as unknown as DurableObjectNamespace,
    evict: () => {
      instances = new Map()
    },
    alarms,
    wake: async () => {
      for (const id of [...alarms.keys()]) await instance(id).alarm?.()
    },
    size: () => values.size + [...databases.values()].filter((database) => tablesOf(database).length > 0).length
  }
}

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs"

/** Writes a module to `path`. */
export const writeModule = (path: string, module: string): void => {
  // Written only when it changes, so that a build that watches the folder comes to rest.
  if (existsSync(path) && readFileSync(path, "utf8") === module) return
  // Several builds may run at once, and none may read half a file.
  const part = `${path}.${process.pid}`
  writeFileSync(part, module)
  renameSync(part, path)
}

/** Writes a module of texts to `path`. */
export const writeGenerated = (path: string, texts: Readonly<Record<string, string>>): void =>
  writeModule(
    path,
    Object.entries(texts)
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}\n`)
      .join("")
  )

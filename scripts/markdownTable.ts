/** A table with columns of equal width, in Markdown. The first row has the headings. */
export const markdownTable = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const [headings = [], ...others] = rows
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)))
  const line = (cells: ReadonlyArray<string>) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`
  const rule = widths.map((width) => "-".repeat(width))
  return [headings, rule, ...others].map(line).join("\n")
}

/** A document with a table between its marks brought up to date. Throws where it has no such marks. */
export const withTable = (document: string, mark: string, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const marks = new RegExp(`(?<=<!-- ${mark}:start -->\n)[\\s\\S]*?(?=<!-- ${mark}:end -->)`)
  if (!marks.test(document)) throw new Error(`There is no <!-- ${mark}:start --> and <!-- ${mark}:end -->.`)
  return document.replace(marks, () => `\n${markdownTable(rows)}\n\n`)
}

import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { AST } from "@eslint-community/regexpp"
import { RegExpParser } from "@eslint-community/regexpp"
import { parseAst } from "rolldown/parseAst"
import { analyse } from "scslre"

/** A regular expression in a source file, or where one is made while the program runs. */
export interface Found {
  readonly place: string
  /** `undefined` where it is only made at run time. */
  readonly literal: RegExp | undefined
  /** Whether the line before it, or its own, says why it takes linear time. */
  readonly explained: boolean
}

/** The regular expressions in a file's text. */
export const findIn = (file: string, text: string): ReadonlyArray<Found> => {
  const found: Array<Found> = []
  const lines = text.split("\n")
  const note = (start: number, literal: RegExp | undefined): void => {
    const line = text.slice(0, start).split("\n").length
    const explained = lines.slice(Math.max(0, line - 2), line).some((each) => /\/\/ Linear: \S/.test(each))
    found.push({ place: `${file}:${line} ${literal ?? ""}`, literal, explained })
  }
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk)
    if (typeof node !== "object" || node === null || Array.isArray(node)) return
    const { callee, regex, start, type } = node as {
      readonly type?: string
      readonly start?: number
      readonly regex?: { readonly pattern: string; readonly flags: string }
      readonly callee?: { readonly name?: string }
    }
    if (regex) note(start ?? 0, new RegExp(regex.pattern, regex.flags))
    if ((type === "NewExpression" || type === "CallExpression") && callee?.name === "RegExp")
      note(start ?? 0, undefined)
    Object.values(node).forEach(walk)
  }
  walk(parseAst(text, { lang: "ts" }))
  return found
}

const root = join(import.meta.dirname, "../../src")

/**
 * All of `src` but what is generated, the settings (which are the owner's own and read once), and the background requests of
 * chat programs: what their patterns see is cut to 32 KB, and linear.test.ts measures each way to them.
 */
export const inSource = (): ReadonlyArray<Found> =>
  globSync("**/*.ts", { cwd: root })
    .filter((file) => !/^services\/(?:Config\.ts|config\/)|^http\/chat\/helpers\/|\.generated\.ts$/.test(file))
    .flatMap((file) => findIn(file, readFileSync(join(root, file), "utf8")))

/**
 * What keeps an expression from being known to take linear time:
 *
 * - two unbounded repetitions that can share a text between them (found by an analysis of its automaton),
 * - an unbounded repetition that is begun at any place of the text, and may fail after it has read on: each beginning reads
 *   the rest again,
 * - a reference to a group, which no automaton describes.
 */
export const doubts = (literal: RegExp): ReadonlyArray<string> => {
  const { flags, pattern } = new RegExpParser().parseLiteral(String(literal))
  const found = analyse(literal).reports.map(({ type }) => `${type}: repetitions share a text`)
  for (const alternative of pattern.alternatives) {
    const anchored = isAnchored(alternative, flags)
    alternative.elements.forEach((element, index) => {
      if (hasReference(element)) found.push("a reference to a group")
      const last = index === alternative.elements.length - 1
      if (!anchored && isUnbounded(element) && !(last && element.type === "Quantifier")) {
        found.push("begun anywhere, and may fail after it has read on")
      }
    })
  }
  return found
}

const isAnchored = ({ elements }: AST.Alternative, flags: AST.Flags): boolean =>
  flags.sticky || (!flags.multiline && elements[0]?.type === "Assertion" && elements[0].kind === "start")

const children = (node: AST.Element): ReadonlyArray<AST.Element> => {
  if (node.type === "Quantifier") return [node.element]
  return "alternatives" in node ? node.alternatives.flatMap((each) => ("elements" in each ? each.elements : [])) : []
}

// A repetition of many is as good as unbounded.
const isUnbounded = (node: AST.Element): boolean =>
  (node.type === "Quantifier" && node.max > 300) || children(node).some(isUnbounded)

const hasReference = (node: AST.Element): boolean => node.type === "Backreference" || children(node).some(hasReference)

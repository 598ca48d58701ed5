import { service } from "./service.ts"

/** What the end of a prompt asks for, as far as the form shows it; the service decides. */
export interface PromptWishes {
  readonly size?: string
  readonly n?: number
  readonly seed?: number
  readonly model?: string
}

// As the service: only a tail is read, and all lengths are bounded.
const tailLength = 160
const flagAtEnd = /(?:^|\s)(?:--|[–—])([a-z]{1,12})(?:[\s=]{1,20}((?!--|[–—])\S{1,60}))?$/i
const ratioAtEnd = /(?<![\d:：/-]|\d[.,])(\d{1,2})[:：](\d{1,2})[\s.,;!。，、；！]{0,5}$/

const sizeOfRatio = (text: string): string | undefined =>
  service.ratios.find(({ name }) => name === text.replace("：", ":"))?.size

const readFlag = (name: string, value: string): PromptWishes => {
  const number = /^\d{1,10}$/.test(value) ? Number(value) : undefined
  switch (name) {
    case "ar": {
      const size = sizeOfRatio(value)
      return size ? { size } : {}
    }
    case "size":
      return /^\d{2,4}x\d{2,4}$/.test(value) ? { size: value } : {}
    case "n":
      return number === undefined ? {} : { n: number }
    case "seed":
      return number === undefined ? {} : { seed: number }
    case "model": {
      const model = service.models.find(({ aliases, id }) => id === value || aliases.includes(value.toLowerCase()))
      return model ? { model: model.id } : {}
    }
    default:
      return {}
  }
}

const readEnding = (prompt: string): { readonly rest: string; readonly wishes: PromptWishes } => {
  let rest = prompt.trimEnd()
  let wishes: PromptWishes = {}
  for (;;) {
    const tail = rest.slice(-tailLength)
    const flag = flagAtEnd.exec(tail)
    if (flag) {
      const [matched, name = "", value = ""] = flag
      wishes = { ...readFlag(name.toLowerCase(), value), ...wishes }
      rest = rest.slice(0, -matched.length).trimEnd()
      continue
    }
    const ratio = ratioAtEnd.exec(tail)
    const size = ratio && sizeOfRatio(`${ratio[1]}:${ratio[2]}`)
    return size ? { rest: rest.slice(0, -ratio[0].length), wishes: { size, ...wishes } } : { rest, wishes }
  }
}

/** Reads flags and a ratio at the end of a prompt, so that the form can follow them. */
export const promptWishes = (prompt: string): PromptWishes => readEnding(prompt).wishes

/** A prompt up to its flags and its ratio. */
export const withoutEnding = (prompt: string): string => readEnding(prompt).rest

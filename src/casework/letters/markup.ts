import type { Block, Words } from '../papers/paper.ts'

/** What begins a condition: '{if interpreter}' or '{unless interpreter}', before a paragraph, a heading or a list. */
const condition = /^\{(if|unless) ([a-z-]+)\}\s*/

/** Paragraphs of a template whose condition holds; the others are left out. */
export function chosen(text: string, holds: (condition: string) => boolean): string {
  return paragraphsOf(text)
    .flatMap((paragraph) => {
      const [begins, how, name] = condition.exec(paragraph) ?? []
      if (begins === undefined) return [paragraph]
      return holds(name!) === (how === 'if') ? [paragraph.slice(begins.length)] : []
    })
    .join('\n\n')
}

/** Every condition a template names, for whoever checks it. */
export const conditionsIn = (text: string): string[] =>
  paragraphsOf(text).flatMap((paragraph) => condition.exec(paragraph)?.[2] ?? [])

const paragraphsOf = (text: string): string[] =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')

/**
 * Typed words as the blocks of a paper: '## ' begins a heading, '- ' and '1. ' the lines of a list, '**so**' stands out,
 * an empty line ends a paragraph. All else is a paragraph with its line breaks.
 */
export function blocksOf(text: string): Block[] {
  return paragraphsOf(text).flatMap((paragraph) => linesToBlocks(paragraph.split('\n')))
}

function linesToBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  let plain: string[] = []
  const flush = () => {
    if (plain.length > 0) blocks.push({ kind: 'paragraph', text: wordsOf(plain.join('\n')) })
    plain = []
  }
  for (const line of lines) {
    const heading = /^(##|###)\s+(.+)$/.exec(line)
    const item = /^(-|\d+\.)\s+(.+)$/.exec(line)
    if (heading) {
      flush()
      blocks.push({ kind: 'heading', text: heading[2]!.trim(), level: heading[1] === '##' ? 2 : 3 })
    } else if (item) {
      flush()
      const numbered = item[1] !== '-'
      const last = blocks.at(-1)
      if (last?.kind === 'list' && (last.numbered ?? false) === numbered)
        blocks[blocks.length - 1] = { ...last, items: [...last.items, wordsOf(item[2]!)] }
      else blocks.push({ kind: 'list', items: [wordsOf(item[2]!)], ...(numbered ? { numbered } : {}) })
    } else plain.push(line)
  }
  flush()
  return blocks
}

function wordsOf(text: string): Words {
  const parts = text.split(/\*\*([^*]+)\*\*/)
  if (parts.length === 1) return text
  return parts.flatMap((part, n): (string | { strong: string })[] =>
    part === '' ? [] : n % 2 === 1 ? [{ strong: part }] : [part],
  )
}

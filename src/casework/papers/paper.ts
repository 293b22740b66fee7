import type { Day } from '../../web/words.ts'

/** Words of one line or paragraph; what is `strong` stands out in every form. */
export type Words = string | readonly (string | { readonly strong: string })[]

/** A piece of a paper, in the order of reading. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly level?: 2 | 3 }
  | { readonly kind: 'paragraph'; readonly text: Words; readonly quiet?: boolean }
  | { readonly kind: 'list'; readonly items: readonly Words[]; readonly numbered?: boolean }
  /** Names and what they are; a row without a value is left out. */
  | { readonly kind: 'facts'; readonly rows: readonly { readonly key: string; readonly value: string }[] }
  | {
      readonly kind: 'table'
      readonly caption: string
      /** `share`: how wide, beside the others; 1 when absent. */
      readonly columns: readonly { readonly text: string; readonly share?: number }[]
      readonly rows: readonly (readonly Words[])[]
    }
  /** A drawing; `words` say what it shows to whoever cannot see it. `svg` with its look in attributes, without styles. */
  | { readonly kind: 'picture'; readonly svg: string; readonly words: string }
  | { readonly kind: 'new-page' }

/** What stands above a letter: to whom, from whom, when. */
export interface LetterHead {
  /** The address block: name and address, a line each. */
  readonly to: readonly string[]
  /** Who writes: name, team, telephone, a line each. */
  readonly from: readonly string[]
  readonly date: Day
  readonly reference?: string | undefined
}

/**
 * A letter, a plan, minutes, a report, a chronology: what is said, not how it looks. The same paper is rendered as PDF,
 * as a Word file and as HTML (render.ts). It is plain JSON, so that it can be kept.
 */
export interface Paper {
  /** Its h1, and with the authority’s name all that its metadata says. */
  readonly title: string
  /** The authority’s name, above and in the metadata. */
  readonly authority: string
  readonly letter?: LetterHead | undefined
  readonly blocks: readonly Block[]
  /** Words at the foot of every page besides its number: 'Private. As known on 25 Nov 2026'. */
  readonly foot?: string | undefined
  /** `large`: 18 point and more space, for whoever reads large print. */
  readonly print?: 'ordinary' | 'large' | undefined
  /** Wider than high, for tables of many columns. */
  readonly landscape?: boolean | undefined
}

/** Words without what stands out. */
export const plainOf = (words: Words): string =>
  typeof words === 'string'
    ? words
    : words.map((one) => (typeof one === 'string' ? one : one.strong)).join('')

/** Every piece of a paper in words, with where it stands: to say in which place something must not be. */
export function placesOf(paper: Paper): { readonly place: string; readonly text: string }[] {
  const places = [{ place: 'the title', text: paper.title }]
  if (paper.letter) {
    const { to, from, reference } = paper.letter
    places.push(
      { place: 'the address block', text: to.join('\n') },
      { place: 'the sender’s lines', text: [...from, reference ?? ''].join('\n') },
    )
  }
  if (paper.foot) places.push({ place: 'the foot of the page', text: paper.foot })
  let number = 0
  for (const block of paper.blocks) {
    if (block.kind === 'new-page') continue
    if (block.kind === 'paragraph') number += 1
    places.push({ place: placeOf(block, number), text: textOfBlock(block) })
  }
  return places
}

const placeOf = (block: Exclude<Block, { kind: 'new-page' }>, paragraph: number): string => {
  if (block.kind === 'heading') return `the heading ‘${block.text.slice(0, 40)}’`
  if (block.kind === 'paragraph') return `paragraph ${paragraph}`
  if (block.kind === 'table') return `the table ‘${block.caption.slice(0, 40)}’`
  return { list: 'a list', facts: 'the facts', picture: 'a picture' }[block.kind]
}

function textOfBlock(block: Exclude<Block, { kind: 'new-page' }>): string {
  switch (block.kind) {
    case 'heading':
      return block.text
    case 'paragraph':
      return plainOf(block.text)
    case 'list':
      return block.items.map(plainOf).join('\n')
    case 'facts':
      return block.rows.map(({ key, value }) => `${key}: ${value}`).join('\n')
    case 'table':
      return [
        block.caption,
        ...block.columns.map(({ text }) => text),
        ...block.rows.flat().map(plainOf),
      ].join('\n')
    case 'picture':
      return `${block.words}\n${block.svg.replace(/<[^>]*>/g, ' ')}`
  }
}

/** Writing of which the fonts of the PDF have letters; the Word file and the page show all others too. */
const printable =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u

/** Words of a paper that its PDF could only show as empty boxes; none when it is all right. */
export const unprintable = (paper: Paper): string[] => [
  ...new Set(
    placesOf(paper).flatMap(({ text }) => text.split(/\s+/).filter((word) => !printable.test(word))),
  ),
]

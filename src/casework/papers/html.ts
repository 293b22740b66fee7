import { letterDate } from './letter-date.ts'
import type { Block, Paper, Words } from './paper.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
const lines = (all: readonly string[]): string => all.map(escaped).join('<br>')
const textOf = (words: Words): string =>
  typeof words === 'string'
    ? lines(words.split('\n'))
    : words
        .map((one) =>
          typeof one === 'string'
            ? lines(one.split('\n'))
            : `<strong>${lines(one.strong.split('\n'))}</strong>`,
        )
        .join('')

/**
 * A paper as a piece of a page, safe to stand in a template (`paper-preview.njk`). Its classes are in cairn.css.
 * @param level of its title among the headings of the page it stands in
 */
export function htmlOf(paper: Paper, level = 1): string {
  const { letter } = paper
  const head = letter
    ? `<div class="paper__head"><p class="paper__to">${lines(letter.to)}</p><p class="paper__from">${lines([
        ...letter.from,
        letterDate(letter.date),
        ...(letter.reference ? [`Our reference: ${letter.reference}`] : []),
      ])}</p></div>`
    : ''
  return `<article class="paper${paper.print === 'large' ? ' paper--large' : ''}" lang="en-GB"><p class="paper__authority">${escaped(
    paper.authority,
  )}</p>${head}<h${level}>${escaped(paper.title)}</h${level}>${paper.blocks
    .map((block) => blockOf(block, level))
    .join('')}${paper.foot ? `<p class="paper__foot">${escaped(paper.foot)}</p>` : ''}</article>`
}

/** A paper as a page of its own, for whoever reads it without this service: nothing is fetched with it. */
export const pageOf = (paper: Paper): string =>
  `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(
    paper.title,
  )}</title><style>body{font:${paper.print === 'large' ? '18pt' : '12pt'}/1.5 sans-serif;max-width:42em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}th,td{border:1px solid #888;padding:.3em;text-align:left;vertical-align:top}</style></head><body><main>${htmlOf(
    paper,
  )}</main></body></html>`

function blockOf(block: Block, level: number): string {
  switch (block.kind) {
    case 'heading': {
      const at = Math.min(6, level + (block.level ?? 2) - 1)
      return `<h${at}>${escaped(block.text)}</h${at}>`
    }
    case 'paragraph':
      return `<p${block.quiet ? ' class="quiet"' : ''}>${textOf(block.text)}</p>`
    case 'list': {
      const list = block.numbered ? 'ol' : 'ul'
      return `<${list}>${block.items.map((one) => `<li>${textOf(one)}</li>`).join('')}</${list}>`
    }
    case 'facts':
      return `<dl>${block.rows
        .filter(({ value }) => value !== '')
        .map(({ key, value }) => `<dt>${escaped(key)}</dt><dd>${textOf(value)}</dd>`)
        .join('')}</dl>`
    case 'table':
      return `<table><caption>${escaped(block.caption)}</caption><thead><tr>${block.columns
        .map(({ text }) => `<th scope="col">${escaped(text)}</th>`)
        .join('')}</tr></thead><tbody>${block.rows
        .map((cells) => `<tr>${cells.map((cell) => `<td>${textOf(cell)}</td>`).join('')}</tr>`)
        .join('')}</tbody></table>`
    case 'picture':
      return `<figure role="img" aria-label="${escaped(block.words)}">${block.svg}</figure>`
    case 'new-page':
      return '<hr>'
  }
}

import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import pdfmake from 'pdfmake'
import type { Content, ContentSection, Style, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { letterDate } from './letter-date.ts'
import type { Block, LetterHead, Paper, Words } from './paper.ts'

const fonts = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto')
pdfmake.setFonts({
  Roboto: {
    normal: join(fonts, 'Roboto-Regular.ttf'),
    bold: join(fonts, 'Roboto-Medium.ttf'),
    italics: join(fonts, 'Roboto-Italic.ttf'),
    bolditalics: join(fonts, 'Roboto-MediumItalic.ttf'),
  },
})
// A paper brings everything with it: nothing is fetched, and no file is read but the fonts.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts + sep))

const mm = (millimetres: number) => (millimetres * 72) / 25.4
/** Points: ordinary as letters are, large as the RNIB’s clear print guidance asks (at least 16, better 18). */
const sizes = { ordinary: 11, large: 18 } as const
const grey = '#444444'

/**
 * Papers as one PDF, each beginning on a page of its own with numbers of its own: one for a record, many for a pile of
 * letters to print. Its metadata says the title and the authority and nothing else; made of the same papers with the same
 * moment it is the same, byte by byte.
 * @param made the moment that stands in its metadata
 * @param title of many; of one it is its own
 */
export async function pdfOf(papers: readonly Paper[], made: Date, title?: string): Promise<Buffer> {
  const alone = await Promise.all(papers.map((paper) => rendered([paper], paper.title, made)))
  if (alone.length === 1) return alone[0]!.bytes
  const counts = alone.map(({ pages }) => pages)
  return (await rendered(papers, title ?? `${papers.length} papers`, made, counts)).bytes
}

/** @param counts how many pages each has, where they are several */
async function rendered(
  papers: readonly Paper[],
  title: string,
  made: Date,
  counts?: readonly number[],
): Promise<{ bytes: Buffer; pages: number }> {
  let pages = 0
  const sections = papers.map((paper, n): ContentSection => {
    const before = counts?.slice(0, n).reduce((sum, one) => sum + one, 0) ?? 0
    return {
      pageOrientation: paper.landscape ? 'landscape' : 'portrait',
      section: contentOf(paper),
      footer: (page, all) => {
        pages = all
        return footOf(paper, page - before, counts?.[n] ?? all)
      },
    }
  })
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [mm(20), mm(15), mm(20), mm(20)],
    version: '1.7',
    language: 'en-GB',
    displayTitle: true,
    info: {
      title,
      author: papers[0]!.authority,
      creator: 'Cairn',
      producer: 'Cairn',
      creationDate: made,
      modDate: made,
    },
    defaultStyle: { font: 'Roboto', fontSize: sizes.ordinary, lineHeight: 1.2 },
    content: sections,
  }
  const bytes = await pdfmake.createPdf(definition).getBuffer()
  return { bytes, pages }
}

function contentOf(paper: Paper): Content {
  const size = sizes[paper.print ?? 'ordinary']
  const { letter } = paper
  return {
    fontSize: size,
    lineHeight: paper.print === 'large' ? 1.35 : 1.2,
    stack: [
      { text: paper.authority, fontSize: size + 4, bold: true },
      {
        canvas: [
          {
            type: 'line',
            x1: 0,
            y1: 2,
            x2: mm(paper.landscape ? 257 : 170),
            y2: 2,
            lineWidth: 0.8,
            lineColor: grey,
          },
        ],
        margin: [0, 0, 0, size],
      },
      ...(letter ? [headOf(letter)] : []),
      { text: paper.title, fontSize: size + (letter ? 2 : 7), bold: true, margin: [0, 0, 0, size * 0.8] },
      ...paper.blocks.map((block) => blockOf(block, size)),
    ],
  }
}

/** The address where the window of an envelope shows it (DL, folded in three), and beside it who writes. */
function headOf({ to, from, date, reference }: LetterHead): Content {
  const sender = [...from, '', letterDate(date), ...(reference ? [`Our reference: ${reference}`] : [])]
  return {
    columns: [
      { width: '*', text: to.join('\n'), margin: [0, mm(14), 0, 0] },
      { width: mm(66), text: sender.join('\n'), margin: [mm(6), 0, 0, 0] },
    ],
    margin: [0, 0, 0, mm(10)],
  }
}

const footOf = (paper: Paper, page: number, pages: number): Content => ({
  margin: [mm(20), mm(6), mm(20), 0],
  fontSize: paper.print === 'large' ? 14 : 8.5,
  color: grey,
  columns: [
    { width: '*', text: paper.foot ?? '' },
    { width: 'auto', text: `Page ${page} of ${pages}`, alignment: 'right' },
  ],
})

const textOf = (words: Words): Content =>
  typeof words === 'string'
    ? words
    : words.map((one) => (typeof one === 'string' ? { text: one } : { text: one.strong, bold: true }))

function blockOf(block: Block, size: number): Content {
  const after: Pick<Style, 'margin'> = { margin: [0, 0, 0, size * 0.75] }
  switch (block.kind) {
    case 'heading':
      return {
        text: block.text,
        bold: true,
        fontSize: size + ((block.level ?? 2) === 2 ? 3 : 1),
        margin: [0, size * 0.6, 0, size * 0.4],
        headlineLevel: block.level ?? 2,
      }
    case 'paragraph':
      return {
        text: textOf(block.text),
        ...(block.quiet ? { color: grey, fontSize: size - 1 } : {}),
        ...after,
      }
    case 'list': {
      const items = block.items.map((one): Content => ({ text: textOf(one), margin: [0, 0, 0, size * 0.25] }))
      return block.numbered ? { ol: items, ...after } : { ul: items, ...after }
    }
    case 'facts':
      return {
        layout: 'noBorders',
        table: {
          widths: ['30%', '*'],
          body: block.rows
            .filter(({ value }) => value !== '')
            .map(({ key, value }) => [{ text: key, bold: true }, { text: value }]),
        },
        ...after,
      }
    case 'table':
      return {
        stack: [
          { text: block.caption, bold: true, margin: [0, 0, 0, size * 0.3] },
          {
            layout: {
              hLineWidth: () => 0.5,
              vLineWidth: () => 0,
              hLineColor: () => '#888888',
              paddingTop: () => 3,
              paddingBottom: () => 3,
            },
            fontSize: size > sizes.ordinary ? size : size - 1.5,
            table: {
              headerRows: 1,
              dontBreakRows: true,
              widths: block.columns.map(({ share = 1 }) => `${(share / shares(block.columns)) * 100}%`),
              body: [
                block.columns.map(({ text }) => ({ text, bold: true })),
                ...block.rows.map((cells) => cells.map((cell) => ({ text: textOf(cell) }))),
              ],
            },
          },
        ],
        ...after,
      }
    case 'picture':
      return { svg: block.svg, fit: [mm(170), mm(200)], ...after }
    case 'new-page':
      return { text: '', pageBreak: 'before' }
  }
}

const shares = (columns: readonly { readonly share?: number }[]): number =>
  columns.reduce((sum, { share = 1 }) => sum + share, 0)

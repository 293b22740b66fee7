import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageBreak,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { letterDate } from './letter-date.ts'
import type { Block, LetterHead, Paper, Words } from './paper.ts'

/** Half points, as Word counts letters. */
const sizes = { ordinary: 22, large: 36 } as const
/** Twentieths of a point, as Word counts lengths: A4, with margins of 20 mm. */
const page = { width: 11906, height: 16838, margin: 1134 }
const bullets = 'numbers'
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const borderless = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
}
/** What a program that cannot draw SVG shows in its place: one clear point. */
const clearPoint = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/**
 * A paper as a Word file, with real headings, lists and table heads, its language, and nothing in its properties but the
 * title and the authority. Made of the same paper with the same moment it is the same, byte by byte.
 */
export async function docxOf(paper: Paper, made: Date): Promise<Buffer> {
  const size = sizes[paper.print ?? 'ordinary']
  const heading = (more: number) => ({
    run: { font: 'Arial', size: size + more, bold: true, color: '000000' },
    paragraph: { spacing: { before: 160, after: 100 } },
  })
  const document = new Document({
    title: paper.title,
    creator: paper.authority,
    lastModifiedBy: paper.authority,
    description: '',
    styles: {
      default: {
        document: {
          run: { font: 'Arial', size, language: { value: 'en-GB' } },
          paragraph: { spacing: { after: 140, line: paper.print === 'large' ? 340 : 288 } },
        },
        heading1: heading(paper.letter ? 4 : 12),
        heading2: heading(5),
        heading3: heading(2),
      },
    },
    numbering: {
      config: [
        {
          reference: bullets,
          levels: [
            {
              level: 0,
              format: LevelFormat.DECIMAL,
              text: '%1.',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 500, hanging: 360 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: {
              width: page.width,
              height: page.height,
              orientation: paper.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { top: page.margin, bottom: page.margin, left: page.margin, right: page.margin },
          },
        },
        footers: { default: footOf(paper) },
        children: [
          new Paragraph({
            border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: '444444' } },
            children: [new TextRun({ text: paper.authority, bold: true, size: size + 6 })],
          }),
          ...(paper.letter ? headOf(paper.letter) : []),
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: runs(paper.title) }),
          ...paper.blocks.flatMap(blockOf),
        ],
      },
    ],
  })
  return settled(await Packer.toBuffer(document), made)
}

/** The library writes the moment of its own run into the file, and counts pictures over all it ever made: the paper’s stand in their place. */
function settled(bytes: Buffer, made: Date): Buffer {
  const parts = unzipSync(bytes)
  const properties = 'docProps/core.xml'
  parts[properties] = strToU8(
    strFromU8(parts[properties]!).replace(
      /(<dcterms:(?:created|modified)[^>]*>)[^<]*/g,
      `$1${made.toISOString().replace(/\.\d+/, '')}`,
    ),
  )
  let pictures = 0
  const words = 'word/document.xml'
  parts[words] = strToU8(
    strFromU8(parts[words]!).replace(/<wp:docPr id="\d+"/g, () => `<wp:docPr id="${++pictures}"`),
  )
  return Buffer.from(zipSync(parts, { mtime: new Date(1980, 0, 1) }))
}

const footOf = (paper: Paper): Footer =>
  new Footer({
    children: [
      new Paragraph({
        children: [
          new TextRun({ text: `${paper.foot ? `${paper.foot}   ` : ''}Page `, color: '444444' }),
          new TextRun({ children: [PageNumber.CURRENT], color: '444444' }),
          new TextRun({ text: ' of ', color: '444444' }),
          new TextRun({ children: [PageNumber.TOTAL_PAGES], color: '444444' }),
        ],
      }),
    ],
  })

/** Lines of one paragraph, broken where they were typed so. */
const broken = (text: string, strong = false): TextRun[] =>
  text.split('\n').map((line, n) => new TextRun({ text: line, bold: strong, ...(n > 0 ? { break: 1 } : {}) }))
const runs = (words: Words, strong = false): TextRun[] =>
  typeof words === 'string'
    ? broken(words, strong)
    : words.flatMap((one) => (typeof one === 'string' ? broken(one, strong) : broken(one.strong, true)))
const cell = (words: Words, share: number, strong = false): TableCell =>
  new TableCell({
    width: { size: share, type: WidthType.PERCENTAGE },
    margins: { top: 60, bottom: 60, left: 80, right: 80 },
    children: [new Paragraph({ spacing: { after: 0 }, children: runs(words, strong) })],
  })

const headOf = ({ to, from, date, reference }: LetterHead): (Paragraph | Table)[] => [
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: borderless,
    rows: [
      new TableRow({
        children: [
          cell(`\n${to.join('\n')}`, 62),
          cell(
            [...from, '', letterDate(date), ...(reference ? [`Our reference: ${reference}`] : [])].join('\n'),
            38,
          ),
        ],
      }),
    ],
  }),
  new Paragraph({ children: [] }),
]

function blockOf(block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 3 ? HeadingLevel.HEADING_3 : HeadingLevel.HEADING_2,
          keepNext: true,
          children: runs(block.text),
        }),
      ]
    case 'paragraph':
      return [new Paragraph({ children: runs(block.text) })]
    case 'list':
      return block.items.map(
        (one) =>
          new Paragraph({
            ...(block.numbered ? { numbering: { reference: bullets, level: 0 } } : { bullet: { level: 0 } }),
            spacing: { after: 60 },
            children: runs(one),
          }),
      )
    case 'facts':
      return [
        new Table({
          width: { size: 100, type: WidthType.PERCENTAGE },
          borders: borderless,
          rows: block.rows
            .filter(({ value }) => value !== '')
            .map(({ key, value }) => new TableRow({ children: [cell(key, 30, true), cell(value, 70)] })),
        }),
        new Paragraph({ children: [] }),
      ]
    case 'table': {
      const all = block.columns.reduce((sum, { share = 1 }) => sum + share, 0)
      const wide = (n: number) => Math.round(((block.columns[n]!.share ?? 1) / all) * 100)
      return [
        new Paragraph({ keepNext: true, children: runs(block.caption, true) }),
        new Table({
          width: { size: 100, type: WidthType.PERCENTAGE },
          rows: [
            new TableRow({
              tableHeader: true,
              children: block.columns.map(({ text }, n) => cell(text, wide(n), true)),
            }),
            ...block.rows.map(
              (cells) =>
                new TableRow({ cantSplit: true, children: cells.map((one, n) => cell(one, wide(n))) }),
            ),
          ],
        }),
        new Paragraph({ children: [] }),
      ]
    }
    case 'picture':
      return [
        new Paragraph({
          children: [
            new ImageRun({
              type: 'svg',
              data: Buffer.from(block.svg),
              transformation: fitted(block.svg),
              fallback: { type: 'png', data: clearPoint },
              altText: { name: 'Picture', title: block.words.slice(0, 100), description: block.words },
            }),
          ],
        }),
      ]
    case 'new-page':
      return [new Paragraph({ children: [new PageBreak()] })]
  }
}

/** How large a drawing is on the page: as wide as the text, in the drawing’s own proportions. */
function fitted(svg: string): { width: number; height: number } {
  const [, width, height] = /viewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  const widest = 640
  return width && height
    ? { width: widest, height: Math.round((widest * Number(height)) / Number(width)) }
    : { width: widest, height: widest / 2 }
}

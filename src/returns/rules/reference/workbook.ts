import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { UnusableInput } from '../../reading/unusable.ts'

/** A sheet of a workbook: its cells as text, row by row; a date is the number that Excel counts it by. */
export interface Sheet {
  name: string
  rows: string[][]
}

/** No part of a list of providers is a fraction of this when unpacked. */
const largestPart = 200 << 20

/**
 * Reads the values of an .xlsx workbook.
 * @param name what the file is called, for words of failure
 * @throws UnusableInput when it is none
 */
export function readWorkbook(bytes: Uint8Array, name: string): Sheet[] {
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => /^xl\/.*\.xml(\.rels)?$/.test(name) && originalSize <= largestPart,
    })
    const text = (path: string) => (parts[path] === undefined ? '' : strFromU8(parts[path]))
    const strings = sharedStrings(text('xl/sharedStrings.xml'))
    const targets = targetsOf(text('xl/_rels/workbook.xml.rels'))
    return sheetsOf(text('xl/workbook.xml')).map(({ name, id }) => ({
      name,
      rows: rowsOf(text(pathOf(targets.get(id) ?? '')), strings),
    }))
  } catch (error) {
    throw new UnusableInput(`${name}: is no workbook that can be read (${(error as Error).message})`)
  }
}

const pathOf = (target: string) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`)

type Attributes = Record<string, string>

/** Walks through a part; names go without their prefix. */
function walk(
  xml: string,
  on: {
    open?(name: string, attributes: Attributes): void
    text?(text: string): void
    close?(name: string): void
  },
): void {
  if (xml === '') return
  const bare = (name: string) => name.slice(name.indexOf(':') + 1)
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => on.open?.(bare(name), attributes as Attributes))
  parser.on('text', (text) => on.text?.(text))
  parser.on('closetag', ({ name }) => on.close?.(bare(name)))
  parser.write(xml).close()
}

function sharedStrings(xml: string): string[] {
  const strings: string[] = []
  let inText = false
  walk(xml, {
    open(name) {
      if (name === 'si') strings.push('')
      inText = name === 't'
    },
    text(text) {
      if (inText) strings[strings.length - 1] += text
    },
    close() {
      inText = false
    },
  })
  return strings
}

function targetsOf(xml: string): Map<string, string> {
  const targets = new Map<string, string>()
  walk(xml, {
    open(name, attributes) {
      if (name === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '')
    },
  })
  return targets
}

function sheetsOf(xml: string): { name: string; id: string }[] {
  const sheets: { name: string; id: string }[] = []
  walk(xml, {
    open(name, attributes) {
      if (name === 'sheet') sheets.push({ name: attributes.name ?? '', id: attributes['r:id'] ?? '' })
    },
  })
  return sheets
}

function rowsOf(xml: string, strings: readonly string[]): string[][] {
  const rows: string[][] = []
  let [column, type, value, inValue] = [0, '', '', false]
  walk(xml, {
    open(name, attributes) {
      if (name === 'row') {
        rows.push([])
        column = -1
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
        type = attributes.t ?? ''
        value = ''
      }
      inValue = name === 'v' || name === 't'
    },
    text(text) {
      if (inValue) value += text
    },
    close(name) {
      inValue = false
      if (name !== 'c' || column > 1000) return
      const row = rows[rows.length - 1]!
      while (row.length < column) row.push('')
      row[column] = (type === 's' ? (strings[Number(value)] ?? '') : value).trim()
    },
  })
  return rows
}

/** 0 for A1, 27 for AB7. */
function columnOf(cell: string): number {
  let column = 0
  for (const letter of cell.replace(/\d+$/, '')) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

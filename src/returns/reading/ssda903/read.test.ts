import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UnusableInput } from '../unusable.ts'
import type { GatheredChild } from './gather.ts'
import { openSsda903, readSsda903 } from './read.ts'
import { ssda903Tables } from './tables.ts'

const file = (name: string, content: string | Uint8Array) => ({ name, bytes: Buffer.from(content) })

/** Reads a return. @returns children in order, rows as `CHILD|…` by table, and warnings as text */
function read(files: { name: string; bytes: Buffer }[], previous: { name: string; bytes: Buffer }[] = []) {
  const opened = openSsda903(files, previous)
  try {
    const children = [...readSsda903(opened)].flat().sort((one, other) => one.order - other.order)
    const warnings = opened.warnings.list().map(({ file, line, what }) => `${file}:${line ?? ''} ${what}`)
    return { children, warnings, tables: opened.tables }
  } finally {
    opened.close()
  }
}

const rowsOf = (child: GatheredChild | undefined, name: string) =>
  child?.rows[ssda903Tables.findIndex((table) => table.name === name)]?.map(({ cells }) => cells)

const missing = (content: string | Uint8Array) => read([file('missing.csv', content)])
const head = 'CHILD,DOB,MISSING,MIS_START,MIS_END'

/** Days from 1970 of 1 and 2 May 2025. */
const [may1, may2] = [20209, 20210]
const dob = 14610

describe('a CSV file', () => {
  test('is read: text in capitals, dates as days, blanks as nothing', () => {
    const { children, warnings } = missing(`${head}\r\n a1 , 01/01/2010 ,m,01/05/2025,\r\n`)
    expect(children.map(({ id }) => id)).toEqual(['a1'])
    expect(rowsOf(children[0], 'Missing')).toEqual([['A1', dob, 'M', may1, undefined]])
    expect(warnings).toEqual([])
  })

  test('a byte-order mark, lines that end in any way, blank lines, no line end at the end', () => {
    const { children } = missing(`\ufeff${head}\n\n1,01/01/2010,M,01/05/2025,02/05/2025\r   \r\n2,,A,,`)
    expect(children.flatMap((child) => rowsOf(child, 'Missing'))).toEqual([
      ['1', dob, 'M', may1, may2],
      ['2', undefined, 'A', undefined, undefined],
    ])
  })

  test('rows are numbered from the first under the column names, blank lines not counted', () => {
    const { children } = missing(`${head}\n1,,M,,\n\n1,,A,,\n`)
    const rows = children[0]!.rows.flat()
    expect(rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 2],
      [2, 4],
    ])
  })

  test('a date that is none is filled in and no date; what was typed is kept', () => {
    const { children } = missing(`${head}\n1,31/02/2010,M,1/5/2025,2025-05-01\n`)
    const [row] = children[0]!.rows.flat()
    expect(row!.cells.slice(1)).toEqual([Number.NaN, 'M', Number.NaN, Number.NaN])
    expect([...row!.odd!.values()]).toEqual(['31/02/2010', '1/5/2025', '2025-05-01'])
  })

  test('quotes, doubled quotes, and a delimiter inside them', () => {
    const { children, warnings } = missing(
      `"CHILD","DOB","MISSING","MIS_START","MIS_END"\n"1,a","01/01/2010","""M""","01/05/2025",""\n`,
    )
    expect(rowsOf(children[0], 'Missing')).toEqual([['1,A', dob, '"M"', may1, undefined]])
    expect(warnings).toEqual([])
  })

  test('a quote that is forgotten costs one row, and is told', () => {
    const { children, warnings } = missing(
      `${head}\n1,01/01/2010,"M,01/05/2025,\n2,01/01/2010,A,02/05/2025,\n`,
    )
    expect(rowsOf(children[1], 'Missing')).toEqual([['2', dob, 'A', may2, undefined]])
    expect(warnings).toContain('missing.csv:2 quotes that do not match')
  })

  test('letters of Windows-1252', () => {
    const { children, warnings } = missing(Buffer.from(`${head}\nZo\u00eb,,\u00e9,,\n`, 'latin1'))
    expect(rowsOf(children[0], 'Missing')![0]!.slice(0, 3)).toEqual(['ZO\u00cb', undefined, '\u00c9'])
    expect(warnings.join()).toContain('Windows-1252')
  })

  test('columns in any order and case, under newer names, extra ones and missing ones', () => {
    const { children, warnings, tables } = read([
      file('x.csv', 'pl,Notes,child,DECOM,date_episode_ceased\nU1,hello,1,01/05/2025,02/05/2025\n'),
    ])
    const [cells] = rowsOf(children[0], 'Episodes')!
    expect([cells![0], cells![1], cells![5], cells![7]]).toEqual(['1', may1, 'U1', may2])
    expect(tables).toEqual([
      { name: 'Episodes', last: false, empty: false, columns: ['CHILD', 'DECOM', 'PLACE', 'DEC'] },
    ])
    expect(warnings).toContain('x.csv:1 column "NOTES" is not one of Episodes: passed over')
    expect(warnings).toContain('x.csv:1 column RNE is missing: it counts as blank')
  })

  test('rows that are shorter or longer than the line of column names', () => {
    const { children, warnings } = missing(`${head}\n1,01/01/2010\n2,01/01/2010,M,,,,\n3,,M,,,x\n`)
    expect(rowsOf(children[0], 'Missing')).toEqual([['1', dob, undefined, undefined, undefined]])
    expect(warnings.map((warning) => warning.slice(0, 40))).toEqual([
      'missing.csv:2 the row is shorter than th',
      'missing.csv:4 the row is longer than the',
    ])
  })

  test('semicolons and tabs', () => {
    for (const delimiter of [';', '\t']) {
      const { children, warnings } = missing(
        `${head.replaceAll(',', delimiter)}\n1${delimiter}01/01/2010${delimiter}M`,
      )
      expect(rowsOf(children[0], 'Missing')![0]!.slice(0, 3)).toEqual(['1', dob, 'M'])
      expect(warnings).toContain('missing.csv:1 the columns are not parted by commas')
    }
  })

  test('rows without a CHILD are children without id, each for itself; a row of blanks is left out', () => {
    const { children, warnings } = missing(`${head}\n,01/01/2010,M,,\n,,A,,\n,,,,\n`)
    expect(children.map(({ id }) => id)).toEqual([null, null])
    expect(warnings).toEqual(['missing.csv:4 left out: a row with nothing in it'])
  })

  test('a line that is longer than any row is cut, and the rest of the file is read', () => {
    const { children, warnings } = missing(`${head}\n1,${'x'.repeat(9000)}\n2,,M,,\n`)
    expect(children.map(({ id }) => id)).toEqual(['1', '2'])
    expect(warnings.join()).toContain('longer than any row')
  })
})

describe('a return of several files', () => {
  test('brings the rows of a child together from everywhere, in the order of the files', () => {
    const { children } = read(
      [
        file('header.csv', 'CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nB,M,,,,,\nA,F,,,,,\n'),
        file('missing.csv', `${head}\nA,,M,01/05/2025,\nb,,A,,\na,,A,02/05/2025,\n`),
      ],
      [file('missing.csv', `${head}\nA,,M,,\nC,,M,,\n`)],
    )
    expect(children.map(({ id }) => id)).toEqual(['B', 'A', 'C'])
    const [b, a, c] = children
    expect(rowsOf(a, 'Missing')?.map((cells) => cells[2])).toEqual(['M', 'A'])
    expect(a!.rowsLast?.flat().length).toBe(1)
    expect([b!.rowsLast, rowsOf(c, 'Missing')]).toEqual([null, []])
  })

  test('a row of last year without a CHILD is nobody to be told of', () => {
    const rows = `${head}\n,01/01/2010,M,01/05/2024,\n`
    const { children } = read([file('missing.csv', rows)], [file('missing.csv', rows)])
    expect(children.map(({ id, rowsLast }) => [id, rowsLast])).toEqual([[null, null]])
  })

  test('a folder is searched by columns, not by names; what else lies there is told of', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-read-'))
    try {
      writeFileSync(join(folder, 'one.txt'), `${head}\n1,,M,,\n`)
      writeFileSync(join(folder, 'letter.pdf'), '%PDF-1.4')
      writeFileSync(join(folder, 'other.csv'), 'a,b\n1,2\n')
      const opened = openSsda903([folder])
      expect(opened.tables.map(({ name }) => name)).toEqual(['Missing'])
      expect(opened.warnings.list().map(({ file }) => file)).toEqual(['letter.pdf', 'other.csv'])
      opened.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('two files of one table are one table', () => {
    const { children, warnings } = read([
      file('a.csv', `${head}\n1,,M,,\n`),
      file('b.csv', `${head}\n1,,A,,\n`),
    ])
    expect(children[0]!.rows.flat().map(({ row }) => row)).toEqual([1, 2])
    expect(warnings).toEqual(['b.csv: a second file of Missing: its rows are added to those of a.csv'])
  })
})

describe('the XML form', () => {
  const xml = (inner: string) => read([file('r.xml', `<EXPSSDA903>${inner}</EXPSSDA903>`)])
  const header = '<HEADER><CHILDID>7</CHILDID><DOB>01/01/2010</DOB><SEX>F</SEX><UASC>1</UASC></HEADER>'

  test('becomes tables', () => {
    const { children, warnings } = xml(
      `<CHILD>${header}<EPISODE><DECOM>01/05/2025</DECOM><PL>u1</PL><DEC/></EPISODE></CHILD>`,
    )
    expect(rowsOf(children[0], 'Header')).toEqual([
      ['7', 'F', dob, undefined, undefined, undefined, undefined, '1'],
    ])
    expect(rowsOf(children[0], 'UASC')).toEqual([['7', 'F', dob, undefined]])
    const [episode] = rowsOf(children[0], 'Episodes')!
    expect([episode![1], episode![5], episode![7]]).toEqual([may1, 'U1', undefined])
    expect(warnings).toEqual([])
  })

  test('stray text, unknown elements, attributes, and an element twice are told and passed over', () => {
    const { children, warnings } = xml(
      `stray<CHILD a="b">${header}<PET><NAME>Rex</NAME></PET><EPISODE><LS>C1</LS><LS>C2</LS></EPISODE></CHILD>`,
    )
    expect(rowsOf(children[0], 'Episodes')![0]![3]).toBe('C1')
    expect(warnings).toEqual([
      'r.xml:1 stray text between elements is passed over',
      'r.xml:1 attributes are passed over',
      'r.xml:1 element PET is not part of CHILD: passed over',
      'r.xml:1 LS stands twice in one place: the first is read',
    ])
  })

  test('a child without an id', () => {
    const { children } = xml('<CHILD><HEADER><SEX>F</SEX></HEADER></CHILD>')
    expect(children.map(({ id }) => id)).toEqual([null])
  })
})

describe('what cannot be read at all', () => {
  const words = (name: string, content: string | Uint8Array) => {
    try {
      read([file(name, content)])
      return 'read'
    } catch (error) {
      expect(error).toBeInstanceOf(UnusableInput)
      return (error as Error).message
    }
  }

  test.each([
    ['nothing', '', 'the file is empty'],
    ['blanks', ' \n \n', 'nothing but blanks'],
    ['a zip archive', Buffer.from('PK\u0003\u0004rest', 'latin1'), 'zip archive'],
    ['UTF-16', Buffer.from(`\ufeff${head}`, 'utf16le'), 'UTF-16'],
    ['UTF-16 without a mark', Buffer.from(head, 'utf16le'), 'UTF-16'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'gzip'],
    ['columns of no table', 'name,age\nx,1\n', 'of no table'],
    ['a census', '<Message/>', 'not EXPSSDA903'],
    ['XML that ends too soon', '<EXPSSDA903>\n<CHILD><HEADER>', 'ends too soon, at line 2'],
    ['XML that is none', '<EXPSSDA903><CHILD></EXPSSDA903>', 'line 1 is not well-formed XML'],
    [
      'entities of its own',
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><EXPSSDA903>&a;</EXPSSDA903>',
      'declares entities',
    ],
    ['a text without end', `<EXPSSDA903>${' '.repeat(3 << 20)}`, 'longer than'],
    ['elements in elements', '<EXPSSDA903>'.repeat(100), 'nest deeper'],
    ['a heading without end', 'CHILD,'.repeat(20_000), 'longer than any line'],
  ])('%s', (_what, content, says) => {
    const message = words('some.csv', content)
    expect(message).toContain(says)
    expect(message).toMatch(/^some\.csv/)
    expect(message).not.toContain('\n')
  })

  test('a folder without any of it, and a path that is not there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-read-'))
    expect(() => openSsda903([folder])).toThrow('no file here is part of')
    expect(() => openSsda903([join(folder, 'nowhere')])).toThrow('there is no such file')
    rmSync(folder, { recursive: true })
  })
})

describe('tables', () => {
  test('of last year that nobody asks for are there, and their rows are not read', () => {
    const csv = [file('missing.csv', `${head}\n1,,M,,\n`), file('uasc.csv', 'CHILD,SEX,DOB,DUC\n1,F,,\n')]
    const xml = '<HEADER><CHILDID>1</CHILDID><IN_TOUCH>YES</IN_TOUCH></HEADER>'
    for (const [previous, wanted] of [
      [csv, 'UASC'],
      [[file('r.xml', `<EXPSSDA903><CHILD>${xml}</CHILD></EXPSSDA903>`)], 'OC3'],
    ] as const) {
      const opened = openSsda903([file('missing.csv', `${head}\n1,,A,,\n`)], previous, [wanted])
      const [child] = [...readSsda903(opened)].flat()
      const inBoth = (rows: GatheredChild['rowsLast'] | undefined) =>
        ssda903Tables.filter((_, i) => rows?.[i]?.length).map(({ name }) => name)
      expect([inBoth(child!.rows), inBoth(child!.rowsLast)]).toEqual([['Missing'], [wanted]])
      expect(opened.tables.some(({ name, last }) => last && name !== wanted)).toBe(true)
      opened.close()
    }
  })

  test.each([
    ['', true],
    ['\n', true],
    ['\n\r\n ,,,,\n"",\n', true],
    ['\n,,M,,', false],
    [`\n${',,,,\n'.repeat(20_000)}`, false],
  ])('without a row: %#', (rest, empty) => {
    const { tables } = read([file('missing.csv', head + rest)])
    expect(tables.map((table) => table.empty)).toEqual([empty])
  })

  test('in two files are empty when both are; those of XML count as filled', () => {
    const [none, some] = [file('a.csv', `${head}\n`), file('b.csv', `${head}\n1,,M,,\n`)]
    expect(read([none, some]).tables[0]!.empty).toBe(false)
    expect(read([none, none]).tables[0]!.empty).toBe(true)
    expect(read([file('r.xml', '<EXPSSDA903></EXPSSDA903>')]).tables.some(({ empty }) => empty)).toBe(false)
  })
})

test('rows that memory has no room for lie in a temporary file that nobody can find', () => {
  const before = new Set(readdirSync(tmpdir()).filter((name) => name.startsWith('cairn-')))
  const rows = Array.from({ length: 50_000 }, (_, i) => `${i % 1000},01/01/2010,M,01/05/2025,`).join('\n')
  const opened = openSsda903([file('missing.csv', `${head}\n${rows}`)])
  let count = 0
  for (const batch of readSsda903(opened, { memory: 0 }))
    for (const child of batch) count += child.rows.flat().length
  opened.close()
  expect(count).toBe(50_000)
  expect(
    readdirSync(tmpdir()).filter((name) => /^cairn-[0-9a-f]{24}$/.test(name) && !before.has(name)),
  ).toEqual([])
})

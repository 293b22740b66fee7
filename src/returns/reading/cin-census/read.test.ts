import { describe, expect, test } from 'vitest'
import { closeInput } from '../input.ts'
import { UnusableInput } from '../unusable.ts'
import { Warnings } from '../warnings.ts'
import { pieceSize } from '../xml/pieces.ts'
import type { CensusChild } from './listen.ts'
import { openCensus, peekHeader, readCensusFrame, readFromEndToEnd, readPiece } from './read.ts'
import { censusTables, tableNumber } from './tables.ts'

const given = (content: string | Uint8Array) => ({ name: 'census.xml', bytes: Buffer.from(content) })

function read(content: string | Uint8Array, options: { emptyRows?: boolean } = {}) {
  const file = openCensus(given(content))
  const warnings = new Warnings()
  const reading = readFromEndToEnd(file, warnings, options)
  const children = [...reading.children].flat()
  closeInput(file.input)
  return {
    children,
    header: reading.header(),
    warnings: warnings.list().map(({ line, what }) => `${line ?? ''} ${what}`),
  }
}

const around = (children: string) => `<Message><Header/><Children>${children}</Children></Message>`
const childOf = (inner: string, options = {}) => read(around(`<Child>${inner}</Child>`), options)

/** The rows of a table as objects without blanks. */
function rowsOf(child: CensusChild | undefined, name: string) {
  const number = tableNumber(name)
  return child?.rows[number]?.map(({ cells }) =>
    Object.fromEntries(
      censusTables[number]!.columns.map((column, i) => [column, cells[i]]).filter(
        ([, cell]) => cell !== undefined,
      ),
    ),
  )
}

describe('a census', () => {
  test('has one Header: a second is told and passed over', () => {
    const header = (year: number) =>
      `<Header><CollectionDetails><Year>${year}</Year></CollectionDetails></Header>`
    const { header: found, warnings } = read(
      `<Message>\n${header(2026)}\n${header(2025)}<Children/></Message>`,
    )
    expect(found!.cells[censusTables[tableNumber('Header')]!.columns.indexOf('Year')]).toBe('2026')
    expect(warnings).toEqual(['3 a second Header is passed over'])
  })

  test('becomes tables, linked by episode and group', () => {
    const { children } = childOf(`
      <ChildIdentifiers><LAchildID>1</LAchildID><PersonBirthDate>2010-01-01</PersonBirthDate></ChildIdentifiers>
      <CINdetails><CINreferralDate>2025-05-01</CINreferralDate></CINdetails>
      <CINdetails>
        <Assessments><FactorsIdentifiedAtAssessment><AssessmentFactors>1A</AssessmentFactors><AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
        <ChildProtectionPlans/>
        <ChildProtectionPlans><Reviews><CPPreviewDate>2025-05-02</CPPreviewDate></Reviews><Reviews><CPPreviewDate>2025-05-01</CPPreviewDate></Reviews></ChildProtectionPlans>
      </CINdetails>`)
    const [child] = children
    expect(child!.id).toBe('1')
    expect(rowsOf(child, 'ChildIdentifiers')).toEqual([{ LAchildID: '1', PersonBirthDate: 14610 }])
    expect(
      child!.rows[tableNumber('Assessments')]!.map(({ factors, episode, group }) => [
        factors,
        episode,
        group,
      ]),
    ).toEqual([[['1A', '2B'], 2, 1]])
    expect(
      child!.rows[tableNumber('Reviews')]!.map(({ cells, row, episode, group }) => [
        cells[0],
        row,
        episode,
        group,
      ]),
    ).toEqual([
      [20210, 1, 2, 2],
      [20209, 2, 2, 2],
    ])
  })

  test('its header, in front or behind', () => {
    const header = '<Header><CollectionDetails><Year>2026</Year></CollectionDetails></Header>'
    const child = '<Children><Child/></Children>'
    for (const text of [`<Message>${header}${child}</Message>`, `<Message>${child}${header}</Message>`])
      expect(read(text).header?.cells[1]).toBe('2026')
    expect(peekHeader(openCensus(given(`<Message>${header}${child}`)))?.cells[1]).toBe('2026')
  })

  test('an empty element is not there, white space round a value is not part of it', () => {
    const { children } = childOf(
      '<ChildIdentifiers><LAchildID> 1\n</LAchildID><UPN/><Sex> </Sex></ChildIdentifiers>',
    )
    expect(rowsOf(children[0], 'ChildIdentifiers')).toEqual([{ LAchildID: '1' }])
  })

  test('a date that is none counts as blank; what stands there is kept', () => {
    const { children } = childOf('<CINdetails><CINreferralDate>2025-02-30</CINreferralDate></CINdetails>')
    const [row] = children[0]!.rows[tableNumber('CINdetails')]!
    expect([row!.cells[0], row!.odd?.get(0)]).toEqual([undefined, '2025-02-30'])
  })

  test('empty groups of reviews and empty disabilities are rows where that is wanted', () => {
    const inner =
      '<ChildCharacteristics><Disabilities><Disability/></Disabilities></ChildCharacteristics><CINdetails><ChildProtectionPlans><Reviews/><Reviews><CPPreviewDate/></Reviews></ChildProtectionPlans></CINdetails>'
    const { children } = childOf(inner, { emptyRows: true })
    expect([rowsOf(children[0], 'Disabilities'), rowsOf(children[0], 'Reviews')]).toEqual([[{}], [{}, {}]])
    expect(childOf(inner).children[0]!.rows.flat()).toHaveLength(3)
  })
})

describe('dirt', () => {
  test.each([
    [
      'stray text',
      '<ChildIdentifiers>PersonBirthDate<LAchildID>1</LAchildID></ChildIdentifiers>',
      'stray text',
    ],
    [
      'an unknown element',
      '<Pets><Pet><LAchildID>2</LAchildID></Pet></Pets><ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers>',
      'element Pets is not part of Child',
    ],
    [
      'a module twice',
      '<ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers><ChildIdentifiers><LAchildID>1</LAchildID></ChildIdentifiers>',
      'ChildIdentifiers stands twice',
    ],
    [
      'a value twice',
      '<ChildIdentifiers><LAchildID>1</LAchildID><LAchildID>2</LAchildID></ChildIdentifiers>',
      'LAchildID stands twice',
    ],
    [
      'attributes',
      '<ChildIdentifiers a="b"><LAchildID>1</LAchildID></ChildIdentifiers>',
      'attributes are passed over',
    ],
    [
      'prefixes',
      '<x:ChildIdentifiers><x:LAchildID>1</x:LAchildID></x:ChildIdentifiers>',
      'prefixes of element names',
    ],
    [
      'an element in a value',
      '<ChildIdentifiers><LAchildID>1<b>x</b></LAchildID></ChildIdentifiers>',
      'element b inside LAchildID',
    ],
  ])('%s is told and survived', (_what, inner, says) => {
    const { children, warnings } = childOf(inner)
    expect(children.map(({ id }) => id)).toEqual(['1'])
    expect(warnings.join()).toContain(says)
  })

  test('a child with no id', () => {
    const { children, warnings } = childOf('<ChildIdentifiers/>')
    expect(children[0]!.id).toBeNull()
    expect(warnings).toEqual(['1 a child without LAchildID'])
  })

  test('bytes of Windows-1252 in a file that says it is UTF-8', () => {
    const text = around('<Child><ChildIdentifiers><LAchildID>Zo\u00eb</LAchildID></ChildIdentifiers></Child>')
    const { children, warnings } = read(Buffer.from(text, 'latin1'))
    expect(children[0]!.id).toBe('Zo\u00eb')
    expect(warnings.join()).toContain('Windows-1252')
  })

  test('a byte-order mark, a declaration, a comment, a DOCTYPE that names a file', () => {
    const text = `\ufeff<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE Message SYSTEM "cin.dtd"><!-- x -->${around('<Child/>')}`
    const { children, warnings } = read(text)
    expect(children).toHaveLength(1)
    expect(warnings).toContain('1 a DOCTYPE is passed over')
  })

  test('a value without end is cut', () => {
    const { children, warnings } = childOf(
      `<ChildIdentifiers><LAchildID>${'x'.repeat(5000)}</LAchildID></ChildIdentifiers>`,
    )
    expect(children[0]!.id).toHaveLength(1000)
    expect(warnings.join()).toContain('is cut there')
  })
})

describe('what cannot be read at all', () => {
  test.each([
    ['a CSV', 'a,b\n1,2', 'is not XML'],
    ['another document', '<html></html>', 'this is no CIN census'],
    ['one that ends too soon', '<Message>\n<Children><Child>', 'ends too soon, at line 2'],
    ['one that is not well-formed', '<Message>\n<Children></Message>', 'line 2 is not well-formed XML'],
    ['entities of its own', '<!DOCTYPE x [<!ENTITY a "&a;&a;">]><Message>&a;</Message>', 'declares entities'],
    ['an entity that nobody knows', '<Message>&nbsp;</Message>', 'not well-formed'],
    ['another encoding', '<?xml version="1.0" encoding="Shift_JIS"?><Message/>', 'Shift_JIS'.toLowerCase()],
    ['a zip archive', Buffer.from('PK\u0003\u0004', 'latin1'), 'zip archive'],
    ['UTF-16', Buffer.from('\ufeff<Message/>', 'utf16le'), 'UTF-16'],
    ['a tag without end', `<Message ${'a'.repeat(3 << 20)}`, 'longer than'],
  ])('%s', (_what, content, says) => {
    let message = ''
    try {
      read(content)
    } catch (error) {
      expect(error).toBeInstanceOf(UnusableInput)
      message = (error as Error).message
    }
    expect(message).toContain(says)
    expect(message).toMatch(/^census\.xml/)
    expect(message).not.toContain('\n')
  })
})

describe('a large file', () => {
  const child = (i: number) =>
    `<Child>\n<ChildIdentifiers><LAchildID>${i}</LAchildID></ChildIdentifiers>${'<CINdetails/>'.repeat(20)}</Child>\n`
  const howMany = Math.ceil((3 * pieceSize) / child(1000).length)
  const children = Array.from({ length: howMany }, (_, i) => child(i)).join('')

  test('is read in pieces as it is read from end to end', () => {
    const file = openCensus(given(around(children)))
    const frame = readCensusFrame(file, new Warnings())!
    expect(frame.ends.length).toBeGreaterThan(1)
    const ids: (string | null)[] = []
    frame.ends.forEach((end, i) => {
      readPiece(file, i === 0 ? frame.start : frame.ends[i - 1]!, end, new Warnings(), ({ id }) =>
        ids.push(id),
      )
    })
    expect(ids).toEqual(Array.from({ length: howMany }, (_, i) => String(i)))
    closeInput(file.input)
  })

  test('is read from end to end when children stand in a comment, or something behind them', () => {
    for (const text of [
      `<Message><Children><!-- ${children} --></Children></Message>`,
      around(`${children}<Extra/>`),
    ]) {
      const file = openCensus(given(text))
      expect(readCensusFrame(file, new Warnings())).toBeNull()
      closeInput(file.input)
    }
  })
})

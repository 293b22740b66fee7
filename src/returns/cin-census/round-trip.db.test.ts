import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inRun, openRun, type Run } from '../../access/runs.ts'
import { rowsOfCensusChild } from '../../importing/cin-census.ts'
import type { SourceRow } from '../../importing/model.ts'
import { runImport } from '../../importing/running.ts'
import { addRun } from '../../importing/store.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { aChild, aPeriodOfCare } from '../../testing/factories.ts'
import { describeSamples, sample } from '../../testing/samples.ts'
import { readCinCensus } from '../reading/cin-census/read.ts'
import { collectionNamed } from './collection.ts'
import { type MadeCensus, makeCensus } from './make.ts'
import { sourceOf } from './source.ts'

const ours = (name: string) => resolve(import.meta.dirname, '../../../samples/cin-census', name)

/** A database into which one census file came, and what it says when asked. */
class Imported {
  private constructor(
    private readonly db: TestDatabase,
    private readonly run: Run,
    private readonly file: string,
  ) {}

  static async from(file: string): Promise<Imported> {
    const db = await testDatabase()
    await bring(db, file)
    return new Imported(
      db,
      await openRun(db.jobs, { purpose: 'test of the census', population: 'everyone' }),
      file,
    )
  }

  close(): Promise<void> {
    return this.db.close()
  }

  async make(year: string, asReported = false, knownAt?: Date): Promise<MadeCensus & { text: string }> {
    const pieces: string[] = []
    const order = { collection: collectionNamed(year)!, asReported, source: sourceOf(1, new Date(), {}) }
    const made = await inRun(
      this.db.jobs,
      this.run,
      (trx) =>
        makeCensus(trx, order, async (piece) => {
          pieces.push(piece)
        }),
      { knownAt },
    )
    return { ...made, text: pieces.join('') }
  }

  /** What the file stated, what went out, and what the record could not accept: each fact in a line. */
  async compared(year: string) {
    const { text, departures } = await this.make(year, true)
    const { rows } = await inRun(
      this.db.jobs,
      this.run,
      (trx) =>
        sql<{ child: string; rows: (SourceRow & { kind: string })[] }>`
          select child, rows from importing.problem`.execute(trx),
      { readOnly: true },
    )
    const refused = rows.flatMap(({ child, rows: kept }) =>
      kept.filter(({ kind }) => kind !== 'above').map(({ line }) => `${child} line ${line}`),
    )
    return { stated: factsOf(this.file), written: factsOf(text), refused: new Set(refused), departures }
  }

  /** A child of whom only care is on record. */
  async lookAfter(from: string, to: string | null): Promise<void> {
    await aPeriodOfCare(this.db.owner, await aChild(this.db.owner), [to === null ? { from } : { from, to }])
  }

  bring(file: string): Promise<void> {
    return bring(this.db, file)
  }
}

async function bring(db: TestDatabase, file: string): Promise<void> {
  const run = await addRun(db.jobs, { source: 'cin-census', period: '', files: [file] })
  await runImport(db.jobs, run, [file])
}

/** Every child of a file, by the identifier. `given`: a path, or the text itself. */
function childrenOf(given: string): { id: string; rows: SourceRow[] }[] {
  const input = given.startsWith('<') ? { name: 'made.xml', bytes: Buffer.from(given) } : given
  return [...readCinCensus([input as never])]
    .flat()
    .map((child) => ({ id: child.id ?? '', rows: rowsOfCensusChild(child, 'file') }))
}

/** Yes and no are written as 1 and 0, whatever was read. */
const yesNo: Record<string, string> = { true: '1', false: '0' }

/** One line for each value, with where it stands; and the line of the file that its row begins on. */
function factsOf(given: string): Map<string, string> {
  const facts = new Map<string, string>()
  for (const { id, rows } of childrenOf(given)) {
    const placeOf = ({ table, values, inside }: SourceRow): string =>
      `${inside === undefined ? id : placeOf(rows[inside]!)} > ${table} ${Object.values(values)[0] ?? ''}`
    for (const row of rows)
      for (const [column, value] of Object.entries(row.values))
        for (const one of column === 'AssessmentFactors'
          ? value.split(' ')
          : [yesNo[value.toLowerCase()] ?? value]) {
          let fact = `${placeOf(row)} > ${column} ${one}`
          // To have a disability twice is to have it.
          while (facts.has(fact) && row.table !== 'Disabilities') fact += ' again'
          facts.set(fact, `${id} line ${row.line}`)
        }
  }
  return facts
}

/** One line for each group that went in, with its dates. */
function outline(text: string): string[] {
  const date = /^\d{4}-\d\d-\d\d$/
  return childrenOf(text).flatMap(({ id, rows }) =>
    rows
      .filter(({ table }) => !['ChildIdentifiers', 'ChildCharacteristics', 'Disabilities'].includes(table))
      .map(({ table, values }) =>
        [id, table, ...Object.values(values).filter((value) => date.test(value))].join(' '),
      ),
  )
}

const listed = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.replace(/ *\|.*/, ''))

const generatedIn2022 = `
RND000003988611 CINdetails 2022-06-25
RND000078434730 CINdetails 2022-04-21
RND000083220964 CINdetails 2022-07-12
RND000096816382 CINdetails 2022-06-08
RND000110305262 CINdetails 2022-06-22
RND000138103658 CINdetails 2022-04-13
RND000142459796 CINdetails 2022-07-12 2022-07-12
RND000166207965 CINdetails 2022-06-17
RND000243027983 CINdetails 2022-04-23
RND000268201792 CINdetails 2022-04-22
RND000311528404 CINdetails 2022-07-01
RND000348142248 CINdetails 2022-04-25 2022-06-09
RND000348142248 CINdetails 2022-07-06
RND000368580327 CINdetails 2022-06-02
RND000404939452 CINdetails 2022-05-03 2022-05-21
RND000404939452 CINdetails 2022-06-02
RND000443908625 CINdetails 2022-06-22
RND000447509377 CINdetails 2022-07-04
RND000471630058 CINdetails 2022-06-30
RND000475124282 CINdetails 2022-05-20
RND000477872747 CINdetails 2022-06-19
RND000491157478 CINdetails 2022-07-06
RND000600393853 CINdetails 2022-04-17 2022-06-01
RND000600393853 CINdetails 2022-07-19
RND000606201353 CINdetails 2022-12-04
RND000633574605 CINdetails 2022-05-19
RND000636336014 CINdetails 2022-06-19
RND000637989614 CINdetails 2022-06-29
RND000702140092 CINdetails 2022-04-28 2022-07-18
RND000712676819 CINdetails 2022-05-07
RND000717143281 CINdetails 2022-07-15 2022-07-19
RND000726427279 CINdetails 2022-07-17
RND000781391547 CINdetails 2022-06-01
RND000808364555 CINdetails 2022-04-05 2022-04-24
RND000808364555 CINdetails 2022-07-04
RND000844544022 CINdetails 2022-05-30
RND000875200739 CINdetails 2022-05-15
RND000959792867 CINdetails 2022-05-24
RND000983747613 CINdetails 2022-06-12 2022-07-10`

interface TheirFile {
  file: string
  /** Which year's shape it has, and how many facts it states. */
  shape: string
  facts: number
  /** The return of this year, listed by hand, and why nobody is in it. */
  year: string
  goesIn: string[]
  departures: string[]
}

const theirFiles: TheirFile[] = [
  {
    // Its one child was closed in 1971.
    file: 'CIN_Census_2021.xml',
    shape: '2022-23',
    facts: 35,
    year: '2022-23',
    goesIn: [],
    departures: ['no child goes into this return'],
  },
  {
    // The second child's episode of October 2024; its assessment was finished in the year before.
    file: 'CIN_Census_2024.xml',
    shape: '2024-25',
    facts: 47,
    year: '2024-25',
    goesIn: ['child_fails_assessments CINdetails 2024-10-24 2024-10-29'],
    departures: [],
  },
  {
    file: 'CIN_Census_2026.xml',
    shape: '2026-27',
    facts: 57,
    year: '2024-25',
    goesIn: ['child_fails_assessments CINdetails 2024-10-24 2024-10-29'],
    departures: [],
  },
  {
    // 402 referrals that led no further, of which those since the last working day before the census year go in, with
    // the closures that had happened by the reference date, and nothing of their conferences.
    file: 'fake_CIN_data.xml',
    shape: '2022-23',
    facts: 4255,
    year: '2022-23',
    goesIn: listed(generatedIn2022),
    departures: [],
  },
]

describeSamples('go out again', () => {
  test.each(theirFiles)('$file', async ({ file, shape, facts, year, goesIn, departures }) => {
    const imported = await Imported.from(sample(`cin-census/${file}`))
    try {
      const { stated, written, refused } = await imported.compared(shape)
      expect(stated.size).toBe(facts)
      expect([...written.keys()].filter((fact) => !stated.has(fact))).toEqual([])
      const missing = [...stated].filter(([fact]) => !written.has(fact))
      // What is missing is on the page of import problems, and of one child only.
      expect(missing.filter(([, line]) => !refused.has(line))).toEqual([])
      const mayMiss = shape === '2022-23' ? [] : ['DfEX0000001']
      expect(missing.filter(([, line]) => !mayMiss.includes(line.split(' ')[0]!))).toEqual([])

      const made = await imported.make(year)
      expect(outline(made.text)).toEqual(goesIn)
      expect(made.departures.map(({ what }) => what)).toEqual(departures)
    } finally {
      await imported.close()
    }
  })
})

describe('our own sample, each child for one rule of what goes in', () => {
  const file = ours('fellshire-2024-25.xml')
  let imported: Imported
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cairn-census-'))
    imported = await Imported.from(file)
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await imported?.close()
  })

  test('goes out as it came in', async () => {
    const { stated, written, refused, departures } = await imported.compared('2024-25')
    expect([...written.keys()].sort()).toEqual([...stated.keys()].sort())
    expect(refused.size).toBe(0)
    expect(departures).toEqual([])
  })

  test('2024-25', async () => {
    const made = await imported.make('2024-25')
    expect(outline(made.text)).toEqual(
      listed(`
FELL0001 CINdetails 2023-06-01                       | open, whenever it began
FELL0001 Assessments 2024-03-25 2024-05-10           | finished in the year; the one of 2023 was not
FELL0001 CINPlanDates 2024-03-21                     | still open; the one before ended before the year
FELL0002 CINdetails 2024-09-02 2024-09-03            | no further action, in the year; the other closed before it
FELL0003 CINdetails 2023-10-02                       | closed after the reference date: sent as open
FELL0003 ChildProtectionPlans 2023-11-17             | ended after the reference date: sent as open
FELL0003 Reviews 2024-02-09                          | every review of an included plan
FELL0003 Reviews 2024-07-26
FELL0003 Reviews 2025-01-10                          | not that of April 2025
FELL0004 CINdetails 2025-03-03                       | unborn
FELL0004 Assessments 2025-03-04                      | not finished, started in the year
FELL0004 Section47 2025-03-10 2025-03-31             | its conference was after the reference date, and so was the plan
FELL0006 CINdetails 2024-03-28                       | no further action, the working day before the year; not the day before
FELL0006 CINdetails 2025-03-31                       | no further action, on the reference date
FELL0007 CINdetails 2024-07-01 2024-07-15            | a conference without an enquiry
FELL0007 ChildProtectionPlans 2024-07-15 2025-02-14  | ended in the year
FELL0007 Reviews 2024-10-11
FELL0008 CINdetails 2024-01-15
FELL0008 Section47 2024-03-15 2024-04-09 2024-04-05  | conference in the year
FELL0008 Section47 2024-11-04                        | not needed, started in the year; not that of March 2024
FELL0008 Section47 2025-03-24 2025-04-14             | no conference yet, started in the year; not that of February 2024
FELL0009 CINdetails 2022-05-05
FELL0009 Assessments 2025-03-20                      | finished after the reference date, started in the year`),
    )
    expect(made.departures).toEqual([])
    expect(made.children).toBe(8)
    expect(made.size).toBe(Buffer.byteLength(made.text))
    // Died after the reference date; factors of an assessment that was not finished then.
    expect(made.text).not.toContain('PersonDeathDate')
    expect(made.text).not.toContain('<AssessmentFactors>5A<')
  })

  test('2023-24, from the same record', async () => {
    const made = await imported.make('2023-24')
    expect(outline(made.text)).toEqual(
      listed(`
FELL0001 CINdetails 2023-06-01
FELL0001 Assessments 2023-06-02 2023-07-10           | finished in the year
FELL0001 Assessments 2024-03-25                      | finished after the reference date, started in the year
FELL0001 CINPlanDates 2023-07-11 2024-03-20          | ended in the year
FELL0001 CINPlanDates 2024-03-21                     | still open
FELL0002 CINdetails 2023-11-06 2024-03-28            | closed in the year
FELL0003 CINdetails 2023-10-02
FELL0003 Assessments 2023-10-03 2023-11-20
FELL0003 Section47 2023-10-30 2023-11-20 2023-11-17  | conference in the year
FELL0003 ChildProtectionPlans 2023-11-17
FELL0003 Reviews 2024-02-09
FELL0006 CINdetails 2024-03-27
FELL0006 CINdetails 2024-03-28
FELL0008 CINdetails 2024-01-15
FELL0008 Section47 2024-02-12 2024-03-04             | no conference, started in the year; due after 15 working days
FELL0008 Section47 2024-03-15 2024-04-09             | its conference was after the reference date
FELL0008 Section47 2024-03-18                        | not needed, started in the year
FELL0009 CINdetails 2022-05-05
FELL0009 Assessments 2024-03-20                      | not finished, started in the year`),
    )
    expect(made.departures).toEqual([])
    expect(made.text).toContain('<GenderCurrent>2</GenderCurrent>')
    expect(made.text).not.toContain('<Sex>')
  })

  test('as it was known before a newer file came', async () => {
    const before = new Date()
    const newer = join(folder, 'newer.xml')
    writeFileSync(
      newer,
      readFileSync(file, 'utf8')
        .replace('2025-06-02T09:15:00', '2025-07-02T09:15:00')
        .replace('<CPPendDate>2025-02-14<', '<CPPendDate>2025-02-20<')
        .replace('<CPPreviewDate>2024-07-26</CPPreviewDate>', ''),
    )
    const earlier = await imported.make('2024-25')
    await imported.bring(newer)
    const now = await imported.make('2024-25')
    const then = await imported.make('2024-25', false, before)
    const changed = (text: string) => [text.includes('2025-02-20'), text.includes('2024-07-26')]
    expect(changed(now.text)).toEqual([true, false])
    expect(outline(then.text)).toEqual(outline(earlier.text))
    expect(changed(then.text)).toEqual([false, true])
  })

  test('children looked after of whom no referral is on record are counted, since they cannot be told of', async () => {
    expect((await imported.make('2024-25')).withoutReferral).toBe(0)
    await imported.lookAfter('2024-02-01', '2024-04-01')
    await imported.lookAfter('2025-03-31', null)
    await imported.lookAfter('2023-01-01', '2024-03-31')
    await imported.lookAfter('2025-04-01', null)
    expect((await imported.make('2024-25')).withoutReferral).toBe(2)
    expect((await imported.make('2024-25', true)).withoutReferral).toBe(0)
  })

  test('before anything was known nothing goes in', async () => {
    const made = await imported.make('2024-25', false, new Date('2025-01-01'))
    expect(made.children).toBe(0)
    expect(made.departures.map(({ what }) => what)).toEqual(['no child goes into this return'])
  })
})

import type { CensusRow } from '../returns/reading/cin-census/listen.ts'
import { type CensusFile, openCensus, readFromEndToEnd } from '../returns/reading/cin-census/read.ts'
import { censusTables } from '../returns/reading/cin-census/tables.ts'
import { dayOfIso } from '../returns/reading/days.ts'
import { closeInput } from '../returns/reading/input.ts'
import { openSsda903, readSsda903 } from '../returns/reading/ssda903/read.ts'
import { UnusableInput } from '../returns/reading/unusable.ts'
import { Warnings } from '../returns/reading/warnings.ts'
import { rowsOfCensusChild, stateCensusChild } from './cin-census.ts'
import { isoOfDay } from './days.ts'
import { collectionYear, type Load, type Source, type SourceRow, type StatedPerson } from './model.ts'
import { type Part, readPeople, statePerson } from './people.ts'
import { countYears, rowsOfReturnChild, stateReturnChild } from './ssda903.ts'

/** People at a time: enough that statements are few, few enough that nobody notices the memory. */
const batchSize = 500

/** Files that were read through once from end to end: they are what they should be. */
export interface Opened {
  /** The year in which the collection ends; empty for people. */
  period: string
  /** When the other system made the file, where it says so. */
  madeAt: Date | null
  /** How many people there are; for a file of people, how many groups of rows. */
  people: number
  warnings: Warnings
  /** Reads them again, many at a time. `ties` come when all people are there. */
  batches(): AsyncGenerator<StatedPerson[]>
}

/**
 * Reads files through and counts, so that what is unusable is found before anything is entered.
 * @param period the year in which the collection ends, where the file does not say it
 * @throws UnusableInput with one line that says what is wrong and where
 */
export function openFiles(source: Source, paths: readonly string[], period: string): Promise<Opened> {
  if (source === 'cin-census') return openCensusFile(paths, period)
  return source === 'ssda903' ? openReturnFiles(paths, period) : openPeopleFiles(paths)
}

/** How a run of this source and period is called. */
export const nameOf = (source: Source | Load, period: string): string =>
  ({
    'cin-census': `CIN census ${period && collectionYear(period)}`,
    ssda903: `SSDA903 ${period && collectionYear(period)}`,
    people: 'File of people',
    restrictions: 'Restrictions of another system',
    ssd: `Record of another system ${period && `(${period})`}`,
    pack: 'Pack of another system',
  })[source].trim()

/** States the rows of one person again: a problem put right. */
export function stateRows(source: Source, period: string, rows: SourceRow[]): StatedPerson[] {
  if (source === 'cin-census') return [stateCensusChild(rows, nameOf(source, period))]
  if (source === 'ssda903') return [stateReturnChild(rows, period)]
  return (['themselves', 'ties'] as const).map((part) => statePerson(rows, part))
}

// ---- CIN census ------------------------------------------------------------------------------------------------

async function openCensusFile(paths: readonly string[], wanted: string): Promise<Opened> {
  const [path, more] = paths
  if (path === undefined || more !== undefined)
    throw new UnusableInput('A CIN census is one file: each later file replaces the one before it')
  const warnings = new Warnings()
  let people = 0
  let header: CensusRow | null = null
  await withCensus(path, async (file) => {
    const reading = readFromEndToEnd(file, warnings)
    for (const children of reading.children) {
      people += children.length
      await breathe()
    }
    header = reading.header()
    if (people === 0) throw new UnusableInput(`${file.input.name}: no Child stands in it`)
  })
  const name = path.replace(/^.*[\\/]/, '')
  const period = wanted || censusPeriod(header, name)
  const source = nameOf('cin-census', period)
  return {
    period,
    madeAt: madeAt(header),
    people,
    warnings,
    async *batches() {
      const file = openCensus(path)
      try {
        let batch: StatedPerson[] = []
        for (const children of readFromEndToEnd(file).children) {
          for (const child of children) {
            batch.push(stateCensusChild(rowsOfCensusChild(child, file.input.name), source))
            if (batch.length < batchSize) continue
            yield batch
            batch = []
          }
        }
        if (batch.length > 0) yield batch
      } finally {
        closeInput(file.input)
      }
    },
  }
}

async function withCensus(path: string, work: (file: CensusFile) => Promise<void>): Promise<void> {
  const file = openCensus(path)
  try {
    await work(file)
  } finally {
    closeInput(file.input)
  }
}

function headerCell(header: CensusRow | null, column: string): string | undefined {
  const { columns } = censusTables.find(({ name }) => name === 'Header')!
  const cell = header?.cells[columns.indexOf(column)]
  return typeof cell === 'number' ? (Number.isNaN(cell) ? undefined : isoOfDay(cell)) : cell
}

function censusPeriod(header: CensusRow | null, file: string): string {
  const year = headerCell(header, 'Year')
  if (year !== undefined && /^20\d\d$/.test(year)) return year
  const reference = headerCell(header, 'ReferenceDate')
  if (reference !== undefined) return reference.slice(0, 4)
  throw new UnusableInput(
    `${file}: the Header has no Year of the collection${header ? ` (line ${header.line})` : ''}; say which with --year`,
  )
}

function madeAt(header: CensusRow | null): Date | null {
  const text = headerCell(header, 'DateTime')
  const moment = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(moment) ? null : new Date(moment)
}

// ---- SSDA903 ---------------------------------------------------------------------------------------------------

async function openReturnFiles(paths: readonly string[], wanted: string): Promise<Opened> {
  const opened = openSsda903(paths)
  let people = 0
  const years = new Map<string, number>()
  const today = dayOfIso(new Date().toISOString().slice(0, 10))
  try {
    for (const children of readSsda903(opened)) {
      people += children.length
      for (const child of children) countYears(child, years, today)
      await breathe()
    }
  } finally {
    opened.close()
  }
  const { warnings } = opened
  if (people === 0) throw new UnusableInput(`${paths.join(', ')}: no child stands in it`)
  const period = wanted || ([...years].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '')
  if (period === '')
    throw new UnusableInput(
      `${paths.join(', ')}: no date tells which year's return it is; say which with --year`,
    )
  if (!wanted)
    warnings.add(
      opened.files[0]!.input.name,
      null,
      `read as the return of ${collectionYear(period)}, where most of its dates lie; --year says otherwise`,
    )
  return {
    period,
    madeAt: null,
    people,
    warnings,
    async *batches() {
      const again = openSsda903(paths)
      try {
        for (const children of readSsda903(again))
          for (let at = 0; at < children.length; at += batchSize)
            yield children
              .slice(at, at + batchSize)
              .map((child) => stateReturnChild(rowsOfReturnChild(child), period))
      } finally {
        again.close()
      }
    },
  }
}

// ---- People ----------------------------------------------------------------------------------------------------

async function openPeopleFiles(paths: readonly string[]): Promise<Opened> {
  const warnings = new Warnings()
  let people = 0
  for await (const rows of groups(paths, warnings)) if (rows.length > 0) people++
  if (people === 0) throw new UnusableInput(`${paths.join(', ')}: nobody stands in it`)
  return {
    period: '',
    madeAt: null,
    people,
    warnings,
    async *batches() {
      for (const part of ['themselves', 'ties'] as const) yield* batchesOf(paths, part)
    },
  }
}

async function* batchesOf(paths: readonly string[], part: Part): AsyncGenerator<StatedPerson[]> {
  let batch: StatedPerson[] = []
  for await (const rows of groups(paths, new Warnings())) {
    const stated = statePerson(rows, part)
    if (part === 'ties' && stated.facts.length === 0 && stated.refused.length === 0) continue
    batch.push(stated)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Rows of one person that follow each other. */
async function* groups(paths: readonly string[], warnings: Warnings): AsyncGenerator<SourceRow[]> {
  for (const path of paths) {
    let group: SourceRow[] = []
    for await (const row of readPeople(path, warnings)) {
      if (group.length > 0 && group[0]!.values.local_id !== row.values.local_id) {
        yield group
        group = []
      }
      group.push(row)
    }
    if (group.length > 0) yield group
  }
}

/** Reading is work of the processor: lets others have their turn. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

import { sql } from 'kysely'
import type { Child as CensusChild } from '../returns/cin-census/child.ts'
import { collectionNamed } from '../returns/cin-census/collection.ts'
import { readChildren } from '../returns/cin-census/read.ts'
import { CensusYear, select } from '../returns/cin-census/select.ts'
import { openCensus, readFromEndToEnd } from '../returns/reading/cin-census/read.ts'
import { dayOfIso } from '../returns/reading/days.ts'
import { closeInput } from '../returns/reading/input.ts'
import { openSsda903, readSsda903 } from '../returns/reading/ssda903/read.ts'
import { ssda903Tables } from '../returns/reading/ssda903/tables.ts'
import { UnusableInput } from '../returns/reading/unusable.ts'
import { isWorkingDay } from '../returns/rules/working-days.ts'
import { type ReturnChild, readReturnChildren } from '../returns/ssda903/read.ts'
import { rowsOfCensusChild } from './cin-census.ts'
import { collectionYear } from './model.ts'
import { openFiles } from './reading.ts'
import { entriesOfCare, entriesOfCensus, type ToldRow } from './reconciliation-entries.ts'
import { Comparison, type Difference, type Entry, type ReturnPart } from './reconciliation-model.ts'
import { gatherDifferences } from './reconciliation-store.ts'
import { rowsOfReturnChild } from './ssda903.ts'
import type { Transaction } from './store.ts'

/** A return of the authority, read: what it says of each child, and of which year it is. */
export interface ReadReturn {
  part: ReturnPart
  /** The year in which the collection ends. */
  period: string
  children: Map<string, Entry[]>
}

const childOf = (rows: readonly ToldRow[], column: string): string =>
  rows.find(({ values }) => values[column])?.values[column] ?? ''

/**
 * Reads a return that the authority made before: only what is compared stays in memory.
 * @param wanted the year in which the collection ends, where the files do not say it
 * @throws UnusableInput when the files are no such return, or of a year that no return is made for here
 */
export async function readReturn(
  part: ReturnPart,
  paths: readonly string[],
  wanted: string,
): Promise<ReadReturn> {
  const { period } = await openFiles(part, paths, wanted)
  const children = new Map<string, Entry[]>()
  const keep = (child: string, entries: Entry[]) =>
    children.set(child, [...(children.get(child) ?? []), ...entries])
  if (part === 'cin-census') {
    if (collectionNamed(collectionYear(period)) === undefined)
      throw new UnusableInput(`A census of ${collectionYear(period)} cannot be made here to compare it with`)
    const file = openCensus(paths[0]!)
    try {
      for (const batch of readFromEndToEnd(file).children)
        for (const child of batch) {
          const rows = rowsOfCensusChild(child, file.input.name)
          keep(childOf(rows, 'LAchildID'), entriesOfCensus(rows))
        }
    } finally {
      closeInput(file.input)
    }
  } else {
    const opened = openSsda903(paths)
    try {
      for (const batch of readSsda903(opened))
        for (const child of batch) {
          const rows = rowsOfReturnChild(child)
          keep(childOf(rows, 'CHILD'), entriesOfCare(rows, period))
        }
    } finally {
      opened.close()
    }
  }
  return { part, period, children }
}

/**
 * Holds a return against ours of the same year, made from the views of the dataset as every return is.
 * @param trx inside a run
 * @returns how many children either of them has
 */
export async function compareReturn(
  trx: Transaction,
  reconciled: string,
  { part, period, children }: ReadReturn,
  says: (text: string) => Promise<void>,
): Promise<number> {
  const comparison = new Comparison()
  const waiting = new Map(children)
  let done = 0
  for await (const batch of part === 'cin-census' ? ourCensus(trx, period) : ourCare(trx, period)) {
    for (const { child, entries } of batch) {
      comparison.child(child, waiting.get(child) ?? [], entries)
      waiting.delete(child)
    }
    done += batch.length
    await says(`Comparing child by child: ${done.toLocaleString('en-GB')} of ours`)
  }
  for (const [child, entries] of waiting) comparison.child(child, entries, [])
  await keep(trx, reconciled, comparison)
  return done + waiting.size
}

type Ours = AsyncGenerator<{ child: string; entries: Entry[] }[]>

async function* ourCensus(trx: Transaction, period: string): Ours {
  const collection = collectionNamed(collectionYear(period))!
  const census = new CensusYear(collection, (day) => isWorkingDay(dayOfIso(day)))
  for await (const batch of readChildren(trx, collection))
    yield batch.flatMap((all) => {
      const child = select(all, census)
      return child === null
        ? []
        : [{ child: child.ChildIdentifiers.LAchildID ?? '', entries: entriesOfCensus(rowsOfOurs(child)) }]
    })
}

async function* ourCare(trx: Transaction, period: string): Ours {
  for await (const batch of readReturnChildren(trx, collectionYear(period)))
    yield batch.map((child) => ({ child: child.child, entries: entriesOfCare(rowsOfOurCare(child), period) }))
}

/** Our child of a census as rows of its tables. */
function rowsOfOurs(child: CensusChild): ToldRow[] {
  const rows: ToldRow[] = []
  const add = (table: string, values: object) =>
    rows.push({
      table,
      values: Object.fromEntries(
        Object.entries(values).filter(([, value]) => typeof value === 'string'),
      ) as Record<string, string>,
    })
  add('ChildIdentifiers', child.ChildIdentifiers)
  add('ChildCharacteristics', child.ChildCharacteristics)
  for (const Disability of child.ChildCharacteristics.Disabilities?.Disability ?? [])
    add('Disabilities', { Disability })
  for (const episode of child.CINdetails) {
    add('CINdetails', { ...episode, DateOfInitialCPC: episode.DateOfInitialCPC?.[0] })
    for (const one of episode.Assessments ?? [])
      add('Assessments', {
        ...one,
        AssessmentFactors: one.FactorsIdentifiedAtAssessment?.AssessmentFactors.join(' '),
      })
    for (const table of ['CINPlanDates', 'Section47', 'PreProceedingsandFGDM'] as const)
      for (const one of episode[table] ?? []) add(table, one)
    for (const plan of episode.ChildProtectionPlans ?? []) {
      add('ChildProtectionPlans', plan)
      for (const CPPreviewDate of plan.Reviews?.CPPreviewDate ?? []) add('Reviews', { CPPreviewDate })
    }
  }
  return rows
}

function rowsOfOurCare({ tables }: ReturnChild): ToldRow[] {
  return tables.flatMap((rows, of) => {
    const { name, columns, dates } = ssda903Tables[of]!
    const days: readonly string[] = dates
    return rows.map((cells) => ({
      table: name,
      values: Object.fromEntries(
        columns.map((column, i) => [
          column,
          days.includes(column) ? isoOf(cells[i] ?? '') : (cells[i] ?? ''),
        ]),
      ),
    }))
  })
}

/** '2024-04-01' of '01/04/2024'. */
const isoOf = (day: string): string => day.split('/').reverse().join('-')

const rowsAtATime = 5000

async function keep(trx: Transaction, reconciled: string, comparison: Comparison): Promise<void> {
  const { counts, differences } = comparison
  const modules = [...new Set(counts.map(({ module }) => module))]
  const lines = counts.map(({ module, field, code, theirs, ours }) => ({
    ...{ place: modules.indexOf(module), subject: module, field, code, read: theirs, ours },
  }))
  await sql`
    insert into importing.reconciled_line (reconciled_id, place, subject, field, code, read, loaded, warned, held, ours)
    select ${reconciled}::uuid, place, subject, field, code, read, 0, 0, 0, ours
      from jsonb_populate_recordset(null::importing.reconciled_line, ${JSON.stringify(lines)}::jsonb)`.execute(
    trx,
  )
  for (let at = 0; at < differences.length; at += rowsAtATime)
    await keepRows(trx, reconciled, differences.slice(at, at + rowsAtATime))
  await gatherDifferences(trx, reconciled, modules)
}

async function keepRows(trx: Transaction, reconciled: string, some: readonly Difference[]): Promise<void> {
  const rows = some.map(({ module, key, ...one }) => ({ ...one, subject: module, row_key: key }))
  await sql`
    with told as (
      select * from jsonb_populate_recordset(null::importing.reconciled_row, ${JSON.stringify(rows)}::jsonb)
    ), known as (
      select i.value, min(i.person_id::text)::uuid as person_id from person_identifier i
       where i.kind in ('la-child-id', 'ssda903-child-id') and i.source_authority is null and i.value in (select child from told)
       group by i.value having count(distinct i.person_id) = 1
    )
    insert into importing.reconciled_row (reconciled_id, subject, kind, field, child, person_id, row_key, theirs, ours)
    select ${reconciled}::uuid, t.subject, t.kind, t.field, t.child, k.person_id, t.row_key, t.theirs, t.ours
      from told t left join known k on k.value = t.child`.execute(trx)
}

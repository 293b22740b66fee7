import type { Work } from '../../access/reading.ts'
import type { Child } from '../cin-census/child.ts'
import type { Collection } from '../cin-census/collection.ts'
import { readChild } from '../cin-census/read.ts'
import { CensusYear, select } from '../cin-census/select.ts'
import { CensusWriter, type Source } from '../cin-census/write.ts'
import { type CensusChild, CensusListener } from '../reading/cin-census/listen.ts'
import { censusTables } from '../reading/cin-census/tables.ts'
import { dayOf, dayOfIso } from '../reading/days.ts'
import { ssda903Tables } from '../reading/ssda903/tables.ts'
import { Warnings } from '../reading/warnings.ts'
import { BoundedParser } from '../reading/xml/parse.ts'
import { Child as ChildOfCensus } from '../rules/cin-census-child.ts'
import { startYear, yearStarting } from '../rules/collection.ts'
import type { NotRun } from '../rules/plan.ts'
import type { ReturnName } from '../rules/registered.ts'
import type { Row } from '../rules/row.ts'
import { Child as ChildOfReturn } from '../rules/ssda903-child.ts'
import { type HeaderRow, rowMakers } from '../rules/ssda903-rows.ts'
import { isWorkingDay } from '../rules/working-days.ts'
import { type ReturnChild, readReturnChild } from '../ssda903/read.ts'
import type { ChildChecker } from './child.ts'
import type { Finding } from './found.ts'
import { nearestRuleset } from './job.ts'
import { loadEngine } from './load.ts'
import { rowsOfCensusChild, type ShownRow } from './shown-rows.ts'

/*
 * One child of the record through the rules of a return: what the return would say of the child is made as the return
 * makes it, read as a file is read, and checked by the same engine.
 */

type Transaction = Parameters<Work<unknown>>[0]

/** What the rules of one return say of a child. */
export interface CheckedChild {
  return: ReturnName
  findings: Finding[]
  /** What the return would say: findings point into it. */
  rows: ShownRow[]
  notRun: readonly NotRun[]
  /** By rule, the tables of the return that it looks at; last year's end in `_last`. */
  looksAt: ReadonlyMap<string, readonly string[]>
}

const checkers = new Map<string, Promise<ChildChecker>>()

/**
 * The checker of one child for a year. Rules are loaded once for a process.
 * @param has tables that are there, as rules need them
 */
export function checkerFor(of: ReturnName, year: string, has: readonly string[]): Promise<ChildChecker> {
  const key = [of, year, ...has].join(' ')
  const known = checkers.get(key)
  if (known !== undefined) return known
  const job = { return: of, year, ruleset: nearestRuleset(of, year), has: [...has], only: null, lists: {} }
  const made = loadEngine().then(({ engine }) => engine.childChecker(job))
  checkers.set(key, made)
  made.catch(() => checkers.delete(key))
  return made
}

/** Says nothing of any authority: the header is no part of a child. */
const noSource: Source = { lea: '000', software: '', release: '', serial: 1, madeAt: '' }

/**
 * A child through the rules of the children in need census.
 * @param childId as the dataset knows the child
 * @returns undefined when the child does not go into the census of the year
 */
export async function checkCensusChild(
  trx: Transaction,
  collection: Collection,
  childId: string,
): Promise<CheckedChild | undefined> {
  const recorded = await readChild(trx, collection, childId)
  const goesIn =
    recorded && select(recorded, new CensusYear(collection, (day) => isWorkingDay(dayOfIso(day))))
  return goesIn ? checkSelected(goesIn, collection) : undefined
}

/** Checks what the census would say of a child. */
export async function checkSelected(goesIn: Child, collection: Collection): Promise<CheckedChild> {
  const child = asRead(new CensusWriter(collection, noSource).child(goesIn))
  const checker = await checkerFor(
    'cin-census',
    collection.name,
    censusTables.map(({ name }) => name),
  )
  return {
    return: 'cin-census',
    findings: checker.check(new ChildOfCensus(child)),
    rows: rowsOfCensusChild(child),
    notRun: checker.notRun,
    looksAt: checker.looksAt,
  }
}

/** A child as the reader of a census makes it of these elements. */
function asRead(elements: string): CensusChild {
  let read: CensusChild | undefined
  const listener = new CensusListener(
    'record',
    new Warnings(),
    (child) => {
      read = child
    },
    { piece: true, emptyRows: true },
  )
  const parser = new BoundedParser(listener, 'record', { fragment: true })
  parser.write(elements)
  parser.close()
  return read!
}

/** What may be read of a child: where a part is closed, rules that need it are not run. */
export interface OpenTables {
  tables: readonly string[]
  /** `Episodes.URN`: columns whose blanks say nothing. */
  closedFields: ReadonlySet<string>
}

const allOpen: OpenTables = { tables: ssda903Tables.map(({ name }) => name), closedFields: new Set() }

/**
 * A child through the rules of the looked-after children return, with last year's beside it.
 * @param subject the id of the person whose row speaks
 * @returns undefined when the child does not go into the return of the year
 */
export async function checkReturnChild(
  trx: Transaction,
  year: string,
  subject: string,
  open: OpenTables = allOpen,
): Promise<CheckedChild | undefined> {
  const now = await readReturnChild(trx, year, subject)
  if (now === undefined) return undefined
  const last = await readReturnChild(trx, yearStarting(startYear(year) - 1), subject)
  return checkRows(now, last, year, open)
}

/** Checks what the looked-after return, and last year's, would say of a child. */
export async function checkRows(
  now: ReturnChild,
  last: ReturnChild | undefined,
  year: string,
  { tables, closedFields }: OpenTables = allOpen,
): Promise<CheckedChild> {
  const uasc = tables.includes('UASC') ? ['uasc', 'uasc_last'] : []
  const has = [...tables, ...tables.map((table) => `${table}_last`), ...uasc, 'csv']
  const checker = await checkerFor('ssda903', year, has)
  const before = last && new ChildOfReturn(now.child, rowsOf(last))
  const child = new ChildOfReturn(now.child, rowsOf(now), before)
  return {
    return: 'ssda903',
    findings: checker
      .check(child)
      .filter(
        ({ places }) =>
          !places.some(({ table, fields }) => fields.some((field) => closedFields.has(`${table}.${field}`))),
      ),
    rows: shownRowsOf(now),
    notRun: checker.notRun,
    looksAt: checker.looksAt,
  }
}

const makers = Object.values(rowMakers)
const [header, uasc] = [0, ssda903Tables.findIndex(({ name }) => name === 'UASC')]

/** Rows as the reader of the files makes them: in capitals, days as numbers; the marker of the Header worked out. */
function rowsOf({ tables }: ReturnChild): Row[][] {
  const rows = tables.map((of, table) => {
    const { columns, dates } = ssda903Tables[table]!
    return of.map((texts, i) => {
      const cells = texts.map((text, column) => {
        if (text === '') return undefined
        return (dates as readonly string[]).includes(columns[column]!)
          ? dayOf(text)
          : text.trim().toUpperCase()
      })
      return new makers[table]!(cells, i + 1) as Row
    })
  })
  for (const row of rows[header] as HeaderRow[]) row.UASC = rows[uasc]!.length > 0 ? '1' : '0'
  return rows
}

const shownRowsOf = ({ tables }: ReturnChild): ShownRow[] =>
  tables.flatMap((of, table) =>
    of.map((cells, i) => ({ table: ssda903Tables[table]!.name, row: i + 1, cells })),
  )

import { sql } from 'kysely'
import type { Collection } from '../cin-census/collection.ts'
import type { ReturnName } from '../rules/registered.ts'
import { type FactPlace, factPlaces } from './facts.ts'
import type { Finding } from './found.ts'
import { type CheckedChild, checkCensusChild, checkReturnChild } from './of-record.ts'
import { censusGroups, groupsOf, whereabouts } from './record-groups.ts'
import type { Transaction } from './store.ts'

/** One thing found on a child of the record, as it is kept. */
export interface RecordFinding {
  return: ReturnName
  rule: string
  kind: Finding['kind']
  message: string
  /** Known only when all children had been looked at together. */
  across: boolean
  /** Every field group that the rule looks at. */
  groups: string[]
  places: FactPlace[]
}

/** Whom a child of the record is: the person who speaks, everyone the child is known as, and the dataset's number. */
export interface CheckedPerson {
  subject: string
  people: readonly string[]
  child: string
}

/** What the rules of both returns say of a child, as the record stands. */
export async function findingsOn(
  trx: Transaction,
  collection: Collection,
  { subject, child }: CheckedPerson,
): Promise<RecordFinding[]> {
  const census = await checkCensusChild(trx, collection, child)
  const care = await checkReturnChild(trx, collection.name, subject)
  return [census, care].flatMap((checked) => (checked ? kept(checked, collection.name) : []))
}

const kept = (checked: CheckedChild, year: string): RecordFinding[] =>
  checked.findings.map((finding) => ({
    return: checked.return,
    rule: finding.rule,
    kind: finding.kind,
    message: finding.message,
    across: false,
    groups: groupsLookedAt(checked, finding),
    places: factPlaces(checked.return, year, finding, checked.rows),
  }))

function groupsLookedAt({ return: of, looksAt }: CheckedChild, { rule, places }: Finding): string[] {
  // Rules of the census take it as a whole, and do not say which modules they look at: none of them is ever absent.
  if (of === 'cin-census') return censusGroups
  const tables = new Set([...(looksAt.get(rule) ?? []), ...places.map(({ table }) => table)])
  const home = places.some(({ table, fields }) =>
    fields.some((field) => whereabouts.fields.includes(`${table}.${field}`)),
  )
  return [
    ...new Set([...tables].flatMap((table) => groupsOf(of, table)).concat(home ? [whereabouts.group] : [])),
  ].sort()
}

/**
 * Keeps what was found on a child, and how much, in place of what was found before; what only a look at all children
 * together tells, stays.
 */
export async function keepFindings(
  trx: Transaction,
  year: string,
  { subject, people }: CheckedPerson,
  findings: readonly RecordFinding[],
): Promise<void> {
  await sql`
    delete from returns.record_finding
     where person_id = any (${[...people]}::uuid[]) and (not across or collection <> ${year})`.execute(trx)
  await addFindings(
    trx,
    year,
    findings.map((finding) => ({ ...finding, subject })),
  )
  await countAgain(trx, people)
}

/** Adds findings to those that are kept. Each names whose it is. */
export async function addFindings(
  trx: Transaction,
  year: string,
  findings: readonly (RecordFinding & { subject: string })[],
): Promise<void> {
  await sql`
    insert into returns.record_finding (person_id, collection, of_return, rule, kind, message, across, groups, places)
    select f.subject, ${year}, f."return", f.rule, f.kind, f.message, f.across, f.groups, f.places
      from jsonb_to_recordset(${JSON.stringify(findings)}::jsonb)
        as f (subject uuid, "return" text, rule text, kind text, message text, across boolean, groups text[], places jsonb)
     where cardinality(f.groups) > 0`.execute(trx)
}

/** How many findings each of these people has, worked out again. */
export async function countAgain(trx: Transaction, people: readonly string[]): Promise<void> {
  await sql`delete from returns.record_count where person_id = any (${[...people]}::uuid[])`.execute(trx)
  await sql`
    insert into returns.record_count (person_id, collection, errors, queries)
    select person_id, max(collection), count(*) filter (where kind = 'error'), count(*) filter (where kind = 'query')
      from returns.record_finding where person_id = any (${[...people]}::uuid[])
     group by person_id
        on conflict do nothing`.execute(trx)
}

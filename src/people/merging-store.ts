import { sql, type Transaction } from 'kysely'
import type { WhyNot } from '../access/refusal.ts'
import type { Connection } from '../database/connection.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Open = Transaction<any>
type Secret = { readonly secret: string }

/** Why two records are not joined, told apart or parted. */
export type WhyNotMerged =
  | WhyNot
  | 'sealed'
  | 'not-yours-to-decide'
  | 'already-one'
  | 'proposed-already'
  | 'related'
  | 'over'
  | 'undecided'

interface Answer {
  outcome: 'allowed' | 'refused'
  why: WhyNotMerged | null
}

const whyNot = ({ outcome, why }: Answer): WhyNotMerged | undefined =>
  outcome === 'allowed' ? undefined : (why ?? 'no-need')

/** Proposes that two records are of one person. @returns why not; undefined when it was done */
export async function proposeMerge(
  trx: Open,
  { secret }: Secret,
  one: string,
  other: string,
  reason: string,
): Promise<WhyNotMerged | undefined> {
  const { rows } = await sql<Answer>`
    select * from access.propose_merge(${secret}, ${one}::uuid, ${other}::uuid, ${reason})`.execute(trx)
  return whyNot(rows[0]!)
}

/** Remembers that two records are of two people. @returns why not; undefined when it was done */
export async function tellApart(
  trx: Open,
  { secret }: Secret,
  one: string,
  other: string,
  words: string,
): Promise<WhyNotMerged | undefined> {
  const { rows } = await sql<Answer>`
    select * from access.tell_apart(${secret}, ${one}::uuid, ${other}::uuid, ${words})`.execute(trx)
  return whyNot(rows[0]!)
}

export interface Merge {
  /** The record that leads from now on. */
  readonly keeps: string
  readonly goes: string
  /** What of the other record becomes current: 'name', 'home', 'person.date_of_birth', … */
  readonly take: readonly string[]
  /** What a person chose between at all. */
  readonly differ: readonly string[]
  readonly reason: string
}

/** Joins two records of one person (docs/decisions/merging-moves-nothing.md). @returns why not; undefined when it was done */
export async function mergePeople(
  trx: Open,
  { secret }: Secret,
  { keeps, goes, take, differ, reason }: Merge,
): Promise<WhyNotMerged | undefined> {
  const { rows } = await sql<Answer>`
    select outcome, why from access.merge_people(${secret}, ${keeps}::uuid, ${goes}::uuid, ${[...take]}::text[], ${[...differ]}::text[], ${reason})`.execute(
    trx,
  )
  return whyNot(rows[0]!)
}

/** A fact that came in, or was changed, since two records were joined. */
export interface SinceMerge {
  readonly table: string
  readonly fact: string
  /** The column that says whose it is. */
  readonly whose: string
  readonly person: string
  readonly what: 'made' | 'changed'
  /** Whose it is without asking. */
  readonly settled: string | null
  /** The fact it hangs on, and goes with. */
  readonly under: string | null
  /** As far as it is open. */
  readonly says: Readonly<Record<string, unknown>>
  readonly before: Readonly<Record<string, unknown>> | null
  readonly by: string | null
}

/** What came in since a merge. The record must be open. */
export async function factsSince(trx: Open, alias: string): Promise<SinceMerge[]> {
  const { rows } = await sql<SinceMerge>`
    select f.fact_table as "table", f.fact_id as fact, f.whose, f.person_id as person, f.what, f.settled, f.under, f.now_says as says,
           f.before_said as before, (select display_name from access.account a where a.id = (f.now_says ->> 'recorded_by')::uuid) as by
      from access.facts_since_merge(${alias}::uuid) f
     order by (f.now_says ->> 'recorded_at')::timestamptz, f.fact_table, f.fact_id`.execute(trx)
  return rows
}

/**
 * Parts two records again.
 * @param choices by `table:fact:column` the person it belongs to; for what was changed since, `stays` or `before`
 * @returns why not; undefined when it was done
 * @throws with code CA011 when a record has one like the fact that would be moved to it
 */
export async function undoMerge(
  trx: Open,
  { secret }: Secret,
  alias: string,
  choices: Readonly<Record<string, string>>,
  reason: string,
): Promise<WhyNotMerged | undefined> {
  const { rows } = await sql<Answer>`
    select * from access.undo_merge(${secret}, ${alias}::uuid, ${JSON.stringify(choices)}::jsonb, ${reason})`.execute(
    trx,
  )
  return whyNot(rows[0]!)
}

/** A merge of this record, as it stands or stood. */
export interface Merged {
  readonly alias: string
  readonly goes: string
  readonly keeps: string
  readonly reason: string
  readonly at: Date
  readonly by: string | null
  readonly partedAt: Date | null
  readonly partedBecause: string | null
}

export async function mergesOf(trx: Open, people: readonly string[]): Promise<Merged[]> {
  const { rows } = await sql<Merged>`
    select a.id as alias, a.person_id as goes, a.same_as as keeps, a.reason, a.from_at as at, a.to_at as "partedAt",
           a.parted_because as "partedBecause", (select display_name from access.account x where x.id = a.decided_by) as by
      from record.person_alias a where a.person_id = any (${[...people]}::uuid[]) order by a.from_at desc`.execute(
    trx,
  )
  return rows
}

export async function mayUndo(trx: Open, { secret }: Secret, alias: string): Promise<boolean> {
  const { rows } = await sql<{
    may: boolean
  }>`select access.may_undo(${secret}, ${alias}::uuid) as may`.execute(trx)
  return rows[0]!.may === true
}

/** What each of these rows of person is called by itself, with its reference: before a merge, and while it stands. */
export async function labelsOf(trx: Open, people: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; reference: string; name: string | null }>`
    select p.id, p.reference,
           (select n.full_name from person_name n where n.person_id = p.id
             order by n.to_day is not null, array_position('{legal,preferred}', n.kind) nulls last, n.id desc limit 1) as name
      from person p where p.id = any (${[...people]}::uuid[])`.execute(trx)
  return new Map(rows.map(({ id, reference, name }) => [id, [name, reference].filter(Boolean).join(', ')]))
}

/** That somebody looked at both before, and found two people. */
export async function toldApart(
  trx: Open,
  one: readonly string[],
  other: readonly string[],
): Promise<string | undefined> {
  const { rows } = await sql<{ words: string | null }>`
    select words from told_apart t
     where t.person_id = any (${[...one]}::uuid[]) and t.other_person_id = any (${[...other]}::uuid[])
        or t.person_id = any (${[...other]}::uuid[]) and t.other_person_id = any (${[...one]}::uuid[])
     order by t.recorded_at desc limit 1`.execute(trx)
  return rows[0] && (rows[0].words ?? '')
}

/** A row of a table that says something once of a person; null where there is none. */
export async function saidOnce(
  trx: Open,
  table: 'person_characteristics' | 'gender_identity' | 'mother_status',
  person: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) as row from ${sql.table(`record.${table}`)} t where t.person_id = ${person}::uuid`.execute(
    trx,
  )
  return rows[0]?.row ?? null
}

export interface Proposal {
  readonly id: string
  readonly one: string
  readonly other: string
  readonly reason: string
  readonly by: string | null
  readonly at: Date
  readonly mine: boolean
  readonly mayDecide: boolean
}

/** Proposals about records that this account may open both of. */
export async function proposals(db: Connection | Open, { secret }: Secret): Promise<Proposal[]> {
  const { rows } = await sql<Proposal>`
    select p.id, p.one, p.other, p.reason, (select display_name from access.account a where a.id = p.proposed_by) as by,
           p.proposed_at as at, p.mine, p.may_decide as "mayDecide"
      from access.proposed_merges(${secret}) p`.execute(db)
  return rows
}

export interface LikelyPair {
  readonly one: string
  readonly other: string
  readonly why: 'number' | 'name' | 'day' | 'alike'
}

/** People of this account's work who may be somebody else too. A search must be open. */
export async function likelyPairs(trx: Open, { secret }: Secret, most: number): Promise<LikelyPair[]> {
  const { rows } = await sql<LikelyPair>`
    select * from access.likely_duplicates(${secret}, ${most}::integer)`.execute(trx)
  return rows
}

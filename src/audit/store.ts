import { sql, type Transaction } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Day } from '../web/words.ts'
import { purposeWords } from './words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** A line of the trail as pages show it. */
export interface TrailLine {
  readonly id: string
  readonly at: Date
  readonly action: string
  readonly actor: string | null
  readonly actorName: string | null
  readonly jobTitle: string | null
  readonly subject: string | null
  readonly groups: readonly string[]
  readonly level: string | null
  readonly purpose: string | null
  readonly reason: string | null
  readonly rule: string | null
  readonly outcome: string | null
  /** Why it was refused. */
  readonly why: string | null
  readonly client: string | null
  readonly asked: string | null
  readonly emergency: boolean
  /** The worker whose openings were looked at. */
  readonly about: string | null
  /** Everybody a list has shown. */
  readonly shown: readonly string[]
}

export interface TrailFilter {
  readonly who?: string | undefined
  readonly part?: string | undefined
  readonly purpose?: string | undefined
  readonly outcome?: 'opened' | 'refused' | undefined
  readonly from?: Day | undefined
  readonly to?: Day | undefined
}

/** Whose lines: those about a person (under every id the record knows them by), or those of a worker. */
export type Whose = { readonly people: readonly string[] } | { readonly account: string }

const whose = (whom: Whose) =>
  'people' in whom
    ? sql`(t.subject = any (${whom.people}::uuid[]) or t.shown && ${whom.people}::uuid[])`
    : sql`t.actor = ${whom.account}::uuid`

const midnight = (day: Day) => sql`(${day}::date)::timestamp at time zone 'Europe/London'`

/** Lines of the trail that this session opened, newest first. */
export async function linesOf(
  trx: Reading,
  whom: Whose,
  filter: TrailFilter,
  { perPage, offset }: { perPage: number; offset: number },
): Promise<{ lines: TrailLine[]; total: number }> {
  const { who, part, purpose, outcome, from, to } = filter
  const where = [
    whose(whom),
    who && sql`t.actor = ${who}::uuid`,
    part && sql`t.payload -> 'section' ? ${part}`,
    purpose && sql`t.payload ->> 'purpose' = ${purpose}`,
    outcome === 'refused' && sql`t.payload ->> 'outcome' = 'refused'`,
    outcome === 'opened' && sql`t.payload ->> 'outcome' <> 'refused'`,
    from && sql`t.at >= ${midnight(from)}`,
    to && sql`t.at < ${midnight(to)} + interval '1 day'`,
  ].filter((condition) => typeof condition === 'object')
  const { rows } = await sql<TrailLine & { total: number }>`
    select t.id, t.at, t.payload ->> 'action' as action, t.actor, a.display_name as "actorName", a.job_title as "jobTitle",
           t.subject,
           case jsonb_typeof(t.payload -> 'section')
             when 'array' then array(select jsonb_array_elements_text(t.payload -> 'section'))
             when 'string' then array[t.payload ->> 'section'] else '{}' end as groups,
           t.payload ->> 'level' as level, t.payload ->> 'purpose' as purpose, t.payload ->> 'reason' as reason,
           t.payload ->> 'rule' as rule, t.payload ->> 'outcome' as outcome, t.payload ->> 'why' as why,
           t.payload ->> 'client' as client, t.payload ->> 'asked' as asked, t.payload ? 'breakGlass' as emergency,
           b.display_name as about, coalesce(t.shown, '{}') as shown, count(*) over () as total
      from audit.trail t
      left join access.account a on a.id = t.actor
      left join access.account b on b.id = (t.payload ->> 'about')::uuid
     where ${sql.join(where, sql` and `)}
     order by t.at desc, t.id desc limit ${perPage} offset ${offset}`.execute(trx)
  return { lines: rows, total: rows[0]?.total ?? 0 }
}

/** What the filters above a list can choose between: who and for which purposes. */
export async function choicesFor(
  trx: Reading,
  whom: Whose,
): Promise<{ workers: { id: string; name: string }[]; purposes: { value: string; text: string }[] }> {
  const { rows } = await sql<{ workers: { id: string; name: string }[] | null; purposes: string[] | null }>`
    select (select json_agg(w order by w.name) from (
              select distinct t.actor as id, a.display_name as name
                from audit.trail t join access.account a on a.id = t.actor where ${whose(whom)}) w) as workers,
           (select array_agg(p.purpose order by p.purpose) from (
              select distinct t.payload ->> 'purpose' as purpose from audit.trail t
               where ${whose(whom)} and t.payload ? 'purpose' limit 200) p) as purposes`.execute(trx)
  return {
    workers: rows[0]?.workers ?? [],
    purposes: (rows[0]?.purposes ?? []).map((value) => ({ value, text: purposeWords(value) })),
  }
}

/** Names of the parts of a record, by field group. */
export async function partNames(db: Connection): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ code: string; name: string }>`
    select code, name from foundation.field_group order by code`.execute(db)
  return new Map(rows.map(({ code, name }) => [code, name]))
}

export interface Card {
  readonly name: string
  readonly reference: string
  readonly born: Day | null
  /** Who is allocated, and their team. */
  readonly worker: string | null
  readonly team: string | null
}

/** Who these people are, as far as what is open says. */
export async function cardsOf(trx: Reading, people: readonly string[]): Promise<ReadonlyMap<string, Card>> {
  const { rows } = await sql<Card & { id: string }>`
    select c.person_id as id, coalesce(c.name, 'Name not known, ' || coalesce(c.local_id, c.reference)) as name, c.reference,
           c.date_of_birth as born, coalesce(a.display_name, c.worker) as worker, t.name as team
      from index_card c
      left join access.account a on a.id = c.account_id
      left join access.team t on t.id = c.team_id
     where c.person_id = any (${people}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Whether one of these roles may look for anyone by name. */
export async function maySearch(db: Connection, roles: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select from access.role_reach where role = any (${roles}::text[]) and rule = 'search'
       and from_day <= current_date and (to_day is null or to_day >= current_date) limit 1`.execute(db)
  return rows.length > 0
}

export interface Worker {
  readonly id: string
  readonly name: string
  readonly jobTitle: string | null
  readonly left: Day | null
}

/**
 * Workers by a part of their name, those who left included; all, by name, for no words.
 * @param manager shows only this account and whoever works below it
 */
export async function workersNamed(
  db: Connection,
  words: string,
  most: number,
  manager: string | null,
): Promise<Worker[]> {
  const { rows } = await sql<Worker>`
    select id, display_name as name, job_title as "jobTitle", active_to as left
      from access.account where position(lower(${words}) in lower(display_name)) > 0
       and (${manager}::uuid is null or id = ${manager} or access.stands_above(${manager}, id))
     order by display_name, id limit ${most}`.execute(db)
  return rows
}

export async function workerOf(db: Connection, account: string): Promise<Worker | undefined> {
  const { rows } = await sql<Worker>`
    select id, display_name as name, job_title as "jobTitle", active_to as left
      from access.account where id = ${account}`.execute(db)
  return rows[0]
}

// ---- The seal -----------------------------------------------------------------------------------------------

export interface SealState {
  readonly sealed: number | null
  readonly sealedAt: Date | null
  readonly witnessed: number | null
  readonly witnessedAt: Date | null
  readonly unsealed: number
  readonly oldest: Date | null
  /** The newest signed root, as the witness prints it. */
  readonly root: string | null
}

export async function sealState(db: Connection): Promise<SealState> {
  const { rows } = await sql<SealState>`
    select s.sealed, s.sealed_at as "sealedAt", s.witnessed, s.witnessed_at as "witnessedAt", s.unsealed,
           s.oldest_unsealed as oldest,
           (select encode(root, 'base64') from audit.seal where size = s.sealed) as root
      from audit.seal_state() s`.execute(db)
  return rows[0]!
}

export interface KeptVerification {
  readonly id: string
  readonly at: Date
  readonly outcome: 'proved' | 'findings' | 'could not'
  readonly says: string
  readonly findings: readonly { kind: string; words: string }[]
  readonly seenAt: Date | null
  readonly seenBy: string | null
}

/** What the last nights found, newest first. */
export async function verifications(db: Connection, most: number): Promise<KeptVerification[]> {
  const { rows } = await sql<KeptVerification>`
    select v.id, v.at, v.outcome, v.says, coalesce(v.report -> 'findings', '[]') as findings, v.seen_at as "seenAt",
           a.display_name as "seenBy"
      from audit.verification v left join access.account a on a.id = v.seen_by
     order by v.at desc limit ${most}`.execute(db)
  return rows
}

/** The protection officer says what was done about a verification. @returns false when it was not theirs to say */
export async function noteSeen(
  db: Connection,
  session: { readonly secret: string },
  verification: string,
  words: string,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select audit.verification_seen(${session.secret}, ${verification}, ${words}) as done`.execute(db)
  return rows[0]!.done
}

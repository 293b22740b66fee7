import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Day } from '../web/words.ts'
import { inWords } from './refusal.ts'
import type { tieKinds } from './words.ts'

type Secret = { readonly secret: string }

/** A dated reason for one colleague to see one child. */
export interface Tie {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly from: Day
  readonly to: Day
  readonly why: string
  readonly madeBy: string
  readonly madeByName: string
  readonly over: boolean
}

/** Who has been let in to this child's record for a while, those still in first; for whoever reads all of it. */
export async function tiesOf(db: Connection, session: Secret, person: string): Promise<Tie[]> {
  const { rows } = await sql<Tie>`
    select t.id, a.display_name as name, t.kind, t.from_day as "from", t.to_day as "to", t.why, t.made_by as "madeBy",
           m.display_name as "madeByName", t.ended_at is not null or t.to_day < current_date as over
      from access.ties_of(${session.secret}, ${person}) t
      join access.account a on a.id = t.account_id join access.account m on m.id = t.made_by
     order by over, t.to_day desc`.execute(db)
  return rows
}

export type WhyNotTied = 'yourself' | 'not-yours-to-decide' | 'too-long'

/** @returns undefined when made, or why not */
export async function makeTie(
  db: Connection,
  session: Secret,
  person: string,
  tie: { colleague: string; kind: keyof typeof tieKinds; from: Day; to: Day; why: string },
): Promise<WhyNotTied | undefined> {
  const { rows } = await inWords(
    sql<{ outcome: string; why: WhyNotTied }>`
      select * from access.make_tie(${session.secret}, ${tie.colleague}, ${person}, ${tie.kind}, ${tie.from}::date,
        ${tie.to}::date, ${tie.why})`.execute(db),
  )
  return rows[0]!.outcome === 'allowed' ? undefined : rows[0]!.why
}

export const endTie = (db: Connection, session: Secret, id: string) =>
  inWords(sql`select access.end_tie(${session.secret}, ${id})`.execute(db))

/** Somebody who answers for a colleague's children while they are away. */
export interface Cover {
  readonly id: string
  readonly name: string
  readonly forName: string
  readonly from: Day
  readonly to: Day
  readonly agreedByName: string
  readonly now: boolean
  readonly mayEnd: boolean
}

/** Cover that this account agreed, gives or has, and that of the teams it belongs to; over for a month at most. */
export async function coverAround(db: Connection, account: string): Promise<Cover[]> {
  const { rows } = await sql<Cover>`
    with mine as (
      select m.team_id from access.membership m
       where m.account_id = ${account} and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)
    )
    select c.id, a.display_name as name, f.display_name as "forName", c.from_day as "from", c.to_day as "to",
           g.display_name as "agreedByName", current_date between c.from_day and c.to_day as now,
           c.to_day >= current_date and ${account} in (c.agreed_by, c.for_account_id) as "mayEnd"
      from access.cover c
      join access.account a on a.id = c.account_id
      join access.account f on f.id = c.for_account_id
      join access.account g on g.id = c.agreed_by
     where c.to_day >= current_date - 30
       and (${account} in (c.agreed_by, c.for_account_id, c.account_id)
            or exists (select from access.membership m where m.account_id = c.for_account_id and m.team_id in (select team_id from mine)))
     order by c.to_day < current_date, c.from_day`.execute(db)
  return rows
}

export type WhyNotCovered = 'yourself' | 'not-yours-to-decide'

/** @returns undefined when made, or why not */
export async function makeCover(
  db: Connection,
  session: Secret,
  cover: { for: string; by: string; from: Day; to: Day },
): Promise<WhyNotCovered | undefined> {
  const { rows } = await inWords(
    sql<{ outcome: string; why: WhyNotCovered }>`
      select * from access.make_cover(${session.secret}, ${cover.for}, ${cover.by}, ${cover.from}::date, ${cover.to}::date)`.execute(
      db,
    ),
  )
  return rows[0]!.outcome === 'allowed' ? undefined : rows[0]!.why
}

export const endCover = (db: Connection, session: Secret, id: string) =>
  sql`select access.end_cover(${session.secret}, ${id})`.execute(db)

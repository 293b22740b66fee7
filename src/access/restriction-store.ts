import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Day } from '../web/words.ts'
import { inWords, type WhyNot } from './refusal.ts'

type Secret = { readonly secret: string }

/** A restriction in force (governance E.3). */
export interface Restriction {
  readonly id: string
  readonly person: string
  /** Of the record, as colleagues say it to each other. */
  readonly reference: string
  readonly level: 1 | 2 | 3 | 4
  /** Field groups of a sensitive section (level 1). */
  readonly sections: readonly string[]
  readonly reason: string
  readonly setByName: string | null
  readonly from: Date
  /** When it ends by itself: a day after it was asked for, unless somebody makes it last. */
  readonly to: Date | null
  readonly reviewOn: Day | null
  readonly confirmedByName: string | null
  readonly confirmedAt: Date | null
  readonly readers: readonly { readonly id: string; readonly name: string }[]
  /** Whether this account set it, and may therefore not make it last. */
  readonly mine: boolean
  /** Whether this account may make it last, name readers and lift it. */
  readonly mayDecide: boolean
}

/**
 * Restrictions in force on a record, for whoever may know of them; without a person, those that this account decides
 * about, those that end or are due for review first.
 */
export async function restrictionsKnown(
  db: Connection,
  session: Secret,
  person?: string,
): Promise<Restriction[]> {
  const { rows } = await sql<Restriction>`
    select r.id, r.person_id as person, r.reference, r.level, r.sections, r.reason, s.display_name as "setByName", r.from_at as "from", r.to_at as "to",
           r.review_on as "reviewOn", c.display_name as "confirmedByName", r.confirmed_at as "confirmedAt", r.mine, r.may_decide as "mayDecide",
           (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.display_name) order by lower(a.display_name)), '[]')
              from access.account a where a.id = any (r.named)) as readers
      from access.restrictions_known(${session.secret}, ${person ?? null}) with ordinality as r
      left join access.account s on s.id = r.set_by
      left join access.account c on c.id = r.confirmed_by
     order by r.ordinality`.execute(db)
  return rows
}

export type WhyNotRestricted =
  | WhyNot
  | 'not-yours-to-decide'
  | 'too-many-named'
  | 'yourself'
  | 'over'
  | 'too-long'

export type Restricted =
  /** In force for a day, or only said to the managers. */
  { readonly outcome: 'allowed' | 'asked' } | { readonly outcome: 'refused'; readonly why: WhyNotRestricted }

/** Asks for a restriction: in force at once, for a day, where the record is open to whoever asks. */
export async function restrict(
  db: Connection,
  session: Secret,
  person: string,
  asked: { level: number; sections: readonly string[]; reason: string },
): Promise<Restricted> {
  const { rows } = await inWords(
    sql<Restricted>`
      select outcome, why from access.restrict(${session.secret}, ${person}, ${asked.level}::smallint, ${[...asked.sections]}::text[], ${asked.reason})`.execute(
      db,
    ),
  )
  return rows[0]!
}

type Decided = Promise<WhyNotRestricted | undefined>

const decided = async (work: Promise<{ rows: { outcome: string; why: WhyNotRestricted }[] }>): Decided => {
  const { rows } = await inWords(work)
  return rows[0]!.outcome === 'allowed' ? undefined : rows[0]!.why
}

/**
 * Makes a restriction last, or says at its review that it stays.
 * @param reviewOn none for a seal, which does not lapse
 * @returns undefined when done, or why not
 */
export const confirmRestriction = (db: Connection, session: Secret, id: string, reviewOn: Day | undefined) =>
  decided(
    sql<{ outcome: string; why: WhyNotRestricted }>`
      select * from access.confirm_restriction(${session.secret}, ${id}, ${reviewOn ?? null}::date)`.execute(
      db,
    ),
  )

/** Names somebody to the list of those let in, or takes them off it. @returns undefined when done, or why not */
export const nameReader = (db: Connection, session: Secret, id: string, account: string, named: boolean) =>
  decided(
    sql<{ outcome: string; why: WhyNotRestricted }>`
      select * from access.name_reader(${session.secret}, ${id}, ${account}, ${named})`.execute(db),
  )

/** @returns undefined when done, or why not */
export const liftRestriction = (db: Connection, session: Secret, id: string, words: string) =>
  decided(
    sql<{ outcome: string; why: WhyNotRestricted }>`
      select * from access.lift_restriction(${session.secret}, ${id}, ${words})`.execute(db),
  )

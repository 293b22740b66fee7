import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Any = Transaction<any>

/** A child nobody works with. */
export interface Unallocated {
  id: string
  reference: string
  name: string | null
  localId: string | null
  born: Day | null
  expected: Day | null
  badges: string[]
  outward: string | null
}

/** Badges that say somebody should: a child whose help is over needs no worker. */
export const openBadges = [
  'child-protection',
  'looked-after',
  'child-in-need',
  'care-leaver',
  'unborn',
] as const

export interface Wanted {
  /** One of `openBadges`; any of them; or everybody. */
  help: (typeof openBadges)[number] | 'open' | 'any'
  /** The first half of a postcode. */
  area?: string | undefined
}

function matching({ help, area }: Wanted) {
  const badges = help === 'any' ? null : help === 'open' ? [...openBadges] : [help]
  return sql`
    from index_card c
   where c.has_record and c.same_as is null and c.account_id is null and c.worker is null and c.team_id is null and c.died_on is null
     and (${badges}::text[] is null or c.badges && ${badges}::text[])
     and (${area ?? null}::text is null or upper(c.postcode_outward) = upper(${area ?? null}))`
}

/** Children nobody works with, those most at risk first. The list must have been opened (`unallocated`). */
export async function unallocated(
  trx: Any,
  wanted: Wanted,
  limit: number,
  offset: number,
): Promise<{ children: Unallocated[]; total: number }> {
  const { rows: children } = await sql<Unallocated>`
    select c.person_id as id, c.reference, c.name, c.local_id as "localId", c.date_of_birth as born,
           c.expected_date_of_birth as expected, c.badges, c.postcode_outward as outward
      ${matching(wanted)}
     order by (select min(array_position(${[...openBadges]}::text[], badge)) from unnest(c.badges) as badge) nulls last,
              c.date_of_birth desc nulls first, c.reference
     limit ${limit} offset ${offset}`.execute(trx)
  const { rows } = await sql<{ total: number }>`select count(*) as total ${matching(wanted)}`.execute(trx)
  return { children, total: rows[0]!.total }
}

/** A worker in a team, as a child can be given to them. */
export interface Taker {
  account: string
  name: string
  team: string
  teamName: string
}

/** Workers who carry children, team by team. */
export async function takers(trx: Any): Promise<Taker[]> {
  const { rows } = await sql<Taker>`
    select a.id as account, a.display_name as name, t.id as team, t.name as "teamName"
      from access.team t
      join access.membership m on m.team_id = t.id and m.from_day <= current_date and coalesce(m.to_day, 'infinity') >= current_date
      join access.account a on a.id = m.account_id and a.active_from <= current_date and coalesce(a.active_to, 'infinity') >= current_date
     where coalesce(t.active_to, 'infinity') >= current_date
       and exists (select from access.account_role r where r.account_id = a.id and r.role in ('A-SW', 'A-PA', 'A-TM')
                      and r.from_day <= current_date and coalesce(r.to_day, 'infinity') >= current_date)
     order by t.name, a.display_name`.execute(trx)
  return rows
}

/** Gives children to a worker of a team, or to the team alone. Their records must have been opened for writing (F26). */
export async function allocate(
  trx: Any,
  children: readonly string[],
  { account, team, from }: { account: string | null; team: string; from: Day },
): Promise<void> {
  await sql`
    insert into involvement (person_id, kind, account_id, team_id, from_day)
    select child, ${account === null ? 'team' : 'allocated'}, ${account}::uuid, ${team}::uuid, ${from}::date
      from unnest(${children}::uuid[]) as child`.execute(trx)
}

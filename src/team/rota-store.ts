import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import { halves, type Shift } from './rota.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export interface RotaTeam {
  readonly id: string
  readonly name: string
}

/** The teams whose rota this session may see, by name. */
export async function rotaTeams(trx: Trx): Promise<RotaTeam[]> {
  const { rows } = await sql<RotaTeam>`
    select t.id, t.name from access.team t
     where t.id = any (access.my_teams()) and coalesce(t.active_to, 'infinity') >= current_date order by t.name`.execute(
    trx,
  )
  return rows
}

export interface RotaPerson {
  readonly id: string
  readonly name: string
  /** Days of the week on which somebody else covers for them, or they have agreed to be away. */
  readonly away: readonly Day[]
}

const asHalves = () =>
  sql`jsonb_to_recordset(${JSON.stringify(halves)}::jsonb) as h (name text, "from" time, until time, "nextDay" boolean)`

/** Who belongs to a team, is on its rota that week, or is named besides; and when they are on duty. */
export async function rotaOf(
  trx: Trx,
  team: string,
  monday: Day,
  also: readonly string[],
): Promise<{ people: RotaPerson[]; shifts: Shift[] }> {
  const { rows: shifts } = await sql<Shift>`
    select d.account_id as account, to_char(days.day, 'YYYY-MM-DD') as day, h.name as half
      from access.duty d
     cross join generate_series(${monday}::date, ${monday}::date + 6, interval '1 day') as days (day)
     cross join ${asHalves()}
     where d.team_id = ${team}
       and d.during && tstzrange((days.day::date + h.from) at time zone 'Europe/London' + interval '1 minute',
             ((days.day::date + case when h."nextDay" then 1 else 0 end) + h.until) at time zone 'Europe/London' - interval '1 minute')`.execute(
    trx,
  )
  const { rows: people } = await sql<RotaPerson>`
    select a.id, a.display_name as name,
           array(select to_char(days.day, 'YYYY-MM-DD') from generate_series(${monday}::date, ${monday}::date + 6, interval '1 day') as days (day)
                  where exists (select from access.cover c where c.for_account_id = a.id and days.day between c.from_day and c.to_day)) as away
      from access.account a
     where a.active_from <= ${monday}::date + 6 and coalesce(a.active_to, 'infinity') >= ${monday}::date
       and (exists (select from access.membership m where m.account_id = a.id and m.team_id = ${team}
                       and m.from_day <= ${monday}::date + 6 and coalesce(m.to_day, 'infinity') >= ${monday}::date)
            or a.id = any (${[...also, ...shifts.map(({ account }) => account)]}::uuid[]))
     order by lower(a.display_name)`.execute(trx)
  return { people, shifts }
}

/** Writes a team’s week. @returns false where the team is not this account’s to manage */
export async function setRota(
  trx: Trx,
  team: string,
  monday: Day,
  shifts: readonly Shift[],
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select access.set_rota(${team}, ${monday}::date, (
      select coalesce(jsonb_agg(jsonb_build_object('account', s.account,
               'from_at', (s.day + h.from) at time zone 'Europe/London',
               'until_at', (s.day + case when h."nextDay" then 1 else 0 end + h.until) at time zone 'Europe/London')), '[]')
        from jsonb_to_recordset(${JSON.stringify(shifts)}::jsonb) as s (account uuid, day date, half text)
        join ${asHalves()} on h.name = s.half)) as done`.execute(trx)
  return rows[0]!.done
}

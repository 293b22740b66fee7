import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'

/**
 * Colleagues as options of a select: those of one's own teams, of the teams above and below them, and those one
 * supervises or is supervised by; and whoever was looked for by name, as there may be thousands.
 * @param like a part of a name
 * @param also accounts that were chosen before
 */
export async function colleagueOptions(
  db: Connection,
  account: string,
  { like, also = [] }: { like?: string | undefined; also?: readonly string[] },
): Promise<{ value: string; text: string }[]> {
  const { rows } = await sql<{ id: string; name: string; jobTitle: string | null }>`
    with recursive own as (
      select m.team_id as id from access.membership m
       where m.account_id = ${account} and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)
    ), above as (
      select id from own union select t.parent_id from access.team t join above on above.id = t.id where t.parent_id is not null
    ), below as (
      select id from own union select t.id from access.team t join below on below.id = t.parent_id
    ), near as (
      select m.account_id as id from access.membership m
       where (m.team_id in (select id from above) or m.team_id in (select id from below))
         and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)
      union select s.supervisor_id from access.supervision s
       where s.account_id = ${account} and s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date)
      union select s.account_id from access.supervision s
       where s.supervisor_id = ${account} and s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date)
      union select ${account}::uuid
      union select unnest(${[...also].filter(isId)}::uuid[])
    ), called as (
      select a.id from access.account a
       where ${like ?? ''} <> '' and a.display_name ilike '%' || ${(like ?? '').replace(/[\\%_]/g, '\\$&')} || '%' and a.active_to is null
       order by lower(a.display_name) limit 50
    )
    select a.id, a.display_name as name, a.job_title as "jobTitle" from access.account a
     where (a.id in (select id from near) or a.id in (select id from called))
       and a.active_from <= current_date and (a.active_to is null or a.active_to >= current_date)
     order by lower(a.display_name)`.execute(db)
  return rows.map(({ id, name, jobTitle }) => ({ value: id, text: jobTitle ? `${name}, ${jobTitle}` : name }))
}

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** The name that was looked for: `?colleague=`. */
export function colleagueLike(request: FastifyRequest): string | undefined {
  const { colleague } = request.query as { colleague?: unknown }
  return typeof colleague === 'string' && colleague.trim() !== '' ? colleague.trim().slice(0, 100) : undefined
}

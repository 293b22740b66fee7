import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Day } from '../web/words.ts'
import { inWords } from './refusal.ts'

type Secret = { readonly secret: string }

export interface StaffMember {
  readonly id: string
  readonly kind: 'local' | 'directory'
  readonly name: string
  readonly jobTitle: string | null
  readonly email: string
  readonly firstDay: Day
  readonly lastDay: Day | null
  readonly enrolled: boolean
  readonly lastSeen: Date | null
  readonly roles: readonly string[]
  readonly teams: readonly string[]
}

const columns = sql`id, kind, name, job_title as "jobTitle", email, active_from as "firstDay", active_to as "lastDay",
  enrolled, last_seen as "lastSeen", roles, teams`

export interface StaffAsked {
  readonly words: string | undefined
  readonly role: string | undefined
  readonly team: string | undefined
  readonly state: 'working' | 'left' | 'never-signed-in' | 'all'
  readonly sort: 'name' | 'seen'
  readonly direction: 'ascending' | 'descending'
  readonly offset: number
  readonly perPage: number
}

/** People who work here, for whoever looks after accounts. @throws Refusal 403 for anybody else */
export async function staff(
  db: Connection,
  session: Secret,
  asked: StaffAsked,
): Promise<{ total: number; people: StaffMember[] }> {
  const like = `%${(asked.words ?? '').replace(/[\\%_]/g, '\\$&')}%`
  const order = asked.sort === 'seen' ? sql`last_seen` : sql`lower(name)`
  const way = asked.direction === 'descending' ? sql`desc nulls last` : sql`asc nulls first`
  const { rows } = await inWords(
    sql<StaffMember & { total: number }>`
      select ${columns}, count(*) over () as total
        from access.accounts_to_administer(${session.secret})
       where (name ilike ${like} or email ilike ${like} or job_title ilike ${like})
         and (${asked.role ?? null}::text is null or ${asked.role ?? null} = any (roles))
         and (${asked.team ?? null}::text is null or ${asked.team ?? null} = any (teams))
         and case ${asked.state}
               when 'working' then active_to is null or active_to >= current_date
               when 'left' then active_to < current_date
               when 'never-signed-in' then last_seen is null and (active_to is null or active_to >= current_date)
               else true end
       order by ${order} ${way}, id limit ${asked.perPage} offset ${asked.offset}`.execute(db),
  )
  return { total: rows[0]?.total ?? 0, people: rows }
}

export async function staffMember(
  db: Connection,
  session: Secret,
  id: string,
): Promise<StaffMember | undefined> {
  const { rows } = await inWords(
    sql<StaffMember>`select ${columns} from access.accounts_to_administer(${session.secret}) where id = ${id}`.execute(
      db,
    ),
  )
  return rows[0]
}

interface Dated {
  readonly id: string
  readonly from: Day
  readonly to: Day | null
  readonly source: 'local' | 'directory'
  readonly now: boolean
  readonly over: boolean
}

const dated = sql`from_day as "from", to_day as "to", source,
  from_day <= current_date and (to_day is null or to_day >= current_date) as now,
  coalesce(to_day < current_date, false) as over`

/** Every role an account has, had or will have, the present ones first. */
export async function rolesOf(
  db: Connection,
  account: string,
): Promise<(Dated & { code: string; name: string; givenBy: string | null })[]> {
  const { rows } = await sql<Dated & { code: string; name: string; givenBy: string | null }>`
    select r.id, r.role as code, k.name, a.display_name as "givenBy", ${dated}
      from access.account_role r join access.role k on k.code = r.role left join access.account a on a.id = r.granted_by
     where r.account_id = ${account} order by coalesce(to_day < current_date, false), from_day desc, r.role`.execute(
    db,
  )
  return rows
}

export async function membershipsOf(
  db: Connection,
  account: string,
): Promise<(Dated & { team: string; name: string })[]> {
  const { rows } = await sql<Dated & { team: string; name: string }>`
    select m.id, m.team_id as team, t.name, ${dated}
      from access.membership m join access.team t on t.id = m.team_id
     where m.account_id = ${account} order by coalesce(to_day < current_date, false), from_day desc, t.name`.execute(
    db,
  )
  return rows
}

/** Who supervises an account today. */
export async function supervisorOf(
  db: Connection,
  account: string,
): Promise<{ id: string; name: string } | undefined> {
  const { rows } = await sql<{ id: string; name: string }>`
    select a.id, a.display_name as name from access.supervision s join access.account a on a.id = s.supervisor_id
     where s.account_id = ${account} and s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date)
     order by s.from_day desc limit 1`.execute(db)
  return rows[0]
}

/** Everybody who works here today, by name: for choosing a colleague. */
export async function colleagues(
  db: Connection,
): Promise<{ id: string; name: string; jobTitle: string | null }[]> {
  const { rows } = await sql<{ id: string; name: string; jobTitle: string | null }>`
    select id, display_name as name, job_title as "jobTitle" from access.account
     where active_from <= current_date and (active_to is null or active_to >= current_date)
     order by lower(display_name)`.execute(db)
  return rows
}

export interface Team {
  readonly id: string
  readonly name: string
  readonly parent: string | null
  readonly parentName: string | null
  readonly kind: string
  readonly lastDay: Day | null
  readonly members: number
}

/** Teams by name, each with how many work in it today. */
export async function teams(db: Connection): Promise<Team[]> {
  const { rows } = await sql<Team>`
    select t.id, t.name, t.parent_id as parent, p.name as "parentName", t.kind, t.active_to as "lastDay",
           (select count(*) from access.membership m
             where m.team_id = t.id and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)) as members
      from access.team t left join access.team p on p.id = t.parent_id
     order by coalesce(t.active_to < current_date, false), lower(t.name)`.execute(db)
  return rows
}

export interface DirectoryGroup {
  readonly group: string
  readonly role: string | null
  readonly roleName: string | null
  readonly team: string | null
  readonly teamName: string | null
}

export async function directoryGroups(db: Connection): Promise<DirectoryGroup[]> {
  const { rows } = await sql<DirectoryGroup>`
    select g.directory_group as "group", g.role, r.name as "roleName", g.team_id as team, t.name as "teamName"
      from access.directory_group g left join access.role r on r.code = g.role left join access.team t on t.id = g.team_id
     order by lower(g.directory_group), g.role, t.name`.execute(db)
  return rows
}

// ---- Steps. Each asks for an administrator who has just proven who they are, and is never about themselves. --------

async function answered<T>(db: Connection, query: ReturnType<typeof sql<{ answer: T }>>): Promise<T> {
  const { rows } = await inWords(query.execute(db))
  return rows[0]!.answer
}

/** @returns the account's id, or null when somebody has the e-mail address */
export const addAccount = (
  db: Connection,
  { secret }: Secret,
  who: { name: string; jobTitle: string | undefined; email: string; hash: string; from: Day },
) =>
  answered<string | null>(
    db,
    sql`select access.add_account(${secret}, ${who.name}, ${who.jobTitle ?? null}, ${who.email}, ${who.hash}, ${who.from}::date) as answer`,
  )

/** @returns false when somebody else has the e-mail address */
export const changeAccount = (
  db: Connection,
  { secret }: Secret,
  id: string,
  who: { name: string; jobTitle: string | undefined; email: string },
) =>
  answered<boolean>(
    db,
    sql`select access.change_account(${secret}, ${id}, ${who.name}, ${who.jobTitle ?? null}, ${who.email}) as answer`,
  )

export const closeAccount = (db: Connection, { secret }: Secret, id: string, lastDay: Day) =>
  answered(db, sql`select access.end_account(${secret}, ${id}, ${lastDay}::date) as answer`)
export const reopenAccount = (db: Connection, { secret }: Secret, id: string) =>
  answered(db, sql`select access.reopen_account(${secret}, ${id}) as answer`)

/** @returns false for an account of the directory */
export const resetPassword = (db: Connection, { secret }: Secret, id: string, hash: string) =>
  answered<boolean>(db, sql`select access.reset_account(${secret}, ${id}, ${hash}) as answer`)

/** @returns false when they have it then already */
export const giveRole = (
  db: Connection,
  { secret }: Secret,
  id: string,
  role: { code: string; from: Day; to: Day | undefined },
) =>
  answered<boolean>(
    db,
    sql`select access.give_role(${secret}, ${id}, ${role.code}, ${role.from}::date, ${role.to ?? null}::date) as answer`,
  )
export const takeRole = (db: Connection, { secret }: Secret, id: string) =>
  answered(db, sql`select access.take_role(${secret}, ${id}) as answer`)

/** @returns false when they are in it then already */
export const joinTeam = (
  db: Connection,
  { secret }: Secret,
  id: string,
  team: { id: string; from: Day; to: Day | undefined },
) =>
  answered<boolean>(
    db,
    sql`select access.join_team(${secret}, ${id}, ${team.id}, ${team.from}::date, ${team.to ?? null}::date) as answer`,
  )
export const leaveTeam = (db: Connection, { secret }: Secret, id: string) =>
  answered(db, sql`select access.leave_team(${secret}, ${id}) as answer`)

/** @returns false when it would go round in a circle */
export const setSupervisor = (
  db: Connection,
  { secret }: Secret,
  id: string,
  supervisor: string | undefined,
) =>
  answered<boolean>(db, sql`select access.set_supervisor(${secret}, ${id}, ${supervisor ?? null}) as answer`)

/** @returns the team's id, or null when the name is taken or the team would belong to itself */
export const saveTeam = (
  db: Connection,
  { secret }: Secret,
  team: {
    id: string | undefined
    name: string
    parent: string | undefined
    kind: string
    lastDay: Day | undefined
  },
) =>
  answered<string | null>(
    db,
    sql`select access.save_team(${secret}, ${team.id ?? null}, ${team.name}, ${team.parent ?? null}, ${team.kind}, ${team.lastDay ?? null}::date) as answer`,
  )

export const setDirectoryGroup = (
  db: Connection,
  { secret }: Secret,
  group: { name: string; role: string | undefined; team: string | undefined; kept: boolean },
) =>
  answered(
    db,
    sql`select access.set_directory_group(${secret}, ${group.name}, ${group.role ?? null}, ${group.team ?? null}, ${group.kept}) as answer`,
  )

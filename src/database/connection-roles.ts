import type pg from 'pg'
import { CannotStart } from './cannot-start.ts'
import { postgresVersion } from './embedded-server.ts'
import { withSingleConnection } from './single-connection.ts'

/** What a serving role is asked about itself. */
interface Standing {
  role: string
  version: number
  superuser: boolean
  bypasses: boolean
  is_owner: boolean
  /** One of PostgreSQL's own roles, such as pg_read_all_data. */
  serves: string | null
  owns: string | null
  makes: string | null
  migrated: boolean
}

/**
 * Refuses to serve with a role that could get round the row policies or the trail, or that could not do its work.
 * Asked of the database itself, with the role's own connection.
 * @param variable the setting that held the address: named in the line, which never repeats the address
 * @throws CannotStart
 */
export async function checkServingRole(url: string, kind: 'app' | 'jobs', variable: string): Promise<void> {
  await withClient(url, variable, async (client) => {
    const { rows } = await client.query<Standing>(standing)
    const { role, version, superuser, bypasses, is_owner, serves, owns, makes, migrated } = rows[0]!
    const refuse = (why: string): never => {
      throw new CannotStart(
        `${variable} connects as ${role}, which ${why}. Use the role made for this (docs/operations.md).`,
      )
    }
    if (Math.floor(version / 10_000) < postgresVersion) {
      throw new CannotStart(
        `${variable} leads to PostgreSQL ${Math.floor(version / 10_000)}; Cairn needs ${postgresVersion}.`,
      )
    }
    if (superuser) refuse('is, or may become, a superuser: too strong to serve with')
    if (bypasses) refuse('bypasses row security, or may become one that does: too strong to serve with')
    if (is_owner) refuse('is, or may become, the owner of the database: too strong to serve with')
    if (owns) refuse(`owns ${owns}: too strong to serve with`)
    if (serves) refuse(`may become ${serves}: too strong to serve with`)
    if (!migrated) {
      throw new CannotStart(
        'The database is empty or not open to its role: run `cairn provision` and `cairn migrate` first.',
      )
    }
    if (kind === 'app' && makes) refuse(`may ${makes}: too strong to serve with`)
    const { rows: rights } = await client.query<Rights>(recordRights)
    const { deletes, lacks } = rights[0]!
    if (kind === 'app' && deletes) refuse(`may delete from ${deletes}: too strong to serve with`)
    if (lacks) refuse(`may not read ${lacks}: too weak to serve with`)
  })
}

/** Roles count with whatever they may become: SET ROLE is one statement away. */
const standing = `
  with becomes as (select r.* from pg_roles r where pg_has_role(session_user, r.oid, 'member'))
  select session_user::text as role,
         current_setting('server_version_num')::int as version,
         coalesce((select bool_or(rolsuper or rolcreaterole) from becomes), false) as superuser,
         coalesce((select bool_or(rolbypassrls or rolreplication) from becomes), false) as bypasses,
         exists (select from pg_database d join becomes b on b.oid = d.datdba where d.datname = current_database()) as is_owner,
         (select rolname from becomes where rolname ~ '^pg_' limit 1) as serves,
         (select n.nspname || '.' || c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace join becomes b on b.oid = c.relowner
           where n.nspname in ('foundation', 'record', 'history', 'known', 'access', 'audit', 'importing', 'codes')
           limit 1) as owns,
         case when has_database_privilege(session_user, current_database(), 'CREATE') then 'make schemas'
              when has_database_privilege(session_user, current_database(), 'TEMP') then 'make temporary tables'
              else (select 'make things in schema ' || nspname from pg_namespace
                     where nspname !~ '^pg_' and has_schema_privilege(session_user, oid, 'CREATE') limit 1)
         end as makes,
         exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  where n.nspname = 'foundation' and c.relname = 'kept_table'
                    and has_schema_privilege(session_user, n.oid, 'USAGE')
                    and has_table_privilege(session_user, c.oid, 'SELECT')) as migrated`

interface Rights {
  deletes: string | null
  lacks: string | null
}

const recordRights = `
  select (select n.nspname || '.' || c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname in ('record', 'history', 'audit') and c.relkind in ('r', 'p')
             and has_table_privilege(session_user, c.oid, 'DELETE, TRUNCATE')
           limit 1) as deletes,
         (select 'record.' || k.table_name
            from foundation.kept_table k
           where not coalesce(has_schema_privilege(session_user, 'record', 'USAGE')
                              and has_table_privilege(session_user, format('record.%I', k.table_name), 'SELECT'), false)
           limit 1) as lacks`

/**
 * One connection as a setting says; what comes back from a server that cannot be reached or will not let in, as one
 * line.
 * @param variable the setting that held the address
 * @throws CannotStart
 */
export async function withClient<T>(
  url: string,
  variable: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  let connected = false
  try {
    return await withSingleConnection(
      { connectionString: url, application_name: 'cairn check' },
      (client) => {
        connected = true
        return work(client)
      },
    )
  } catch (error) {
    throw connected ? error : cannotConnect(error, variable)
  }
}

function cannotConnect(error: unknown, variable: string): CannotStart {
  const { code } = error as { code?: string }
  if (code === '28P01' || code === '28000')
    return new CannotStart(`The database refuses the user or password of ${variable}.`)
  if (code === '3D000') return new CannotStart(`There is no database of the name that ${variable} gives.`)
  if (code === '42501')
    return new CannotStart(
      `The role of ${variable} may not connect to that database: too weak to serve with.`,
    )
  if (code === '53300') return new CannotStart(`The database of ${variable} has no connection free.`)
  return new CannotStart(
    `The database of ${variable} cannot be reached (${code ?? 'no answer within ten seconds'}).`,
  )
}

import { randomBytes } from 'node:crypto'
import { chmod, link, open, readFile, rm } from 'node:fs/promises'
import pg from 'pg'
import { CannotStart } from './cannot-start.ts'

/** The four roles an authority's database is used by; what each may do is said in docs/operations.md. */
export const roleKinds = ['owner', 'app', 'jobs', 'analyst'] as const
export type RoleKind = (typeof roleKinds)[number]

export type Passwords = Record<RoleKind, string>

/** Settings every session of a role begins with, so that a pooler in transaction mode need not be told. */
const roleSettings: Record<RoleKind, Record<string, string>> = {
  owner: { search_path: 'public', lock_timeout: '30s' },
  app: {
    search_path: 'record, public',
    statement_timeout: '30s',
    lock_timeout: '5s',
    idle_in_transaction_session_timeout: '60s',
  },
  jobs: { search_path: 'record, public', lock_timeout: '30s', idle_in_transaction_session_timeout: '15min' },
  analyst: {
    search_path: 'reporting, public',
    default_transaction_read_only: 'on',
    statement_timeout: '15min',
    idle_in_transaction_session_timeout: '15min',
  },
}

/** The name of a role of an authority: `cairn_demo` and `app` give `cairn_demo_app`. */
export function roleName(prefix: string, kind: RoleKind): string {
  return `${prefix}_${kind}`
}

/**
 * Makes the four login roles of an authority, or gives existing ones these passwords and settings again.
 * @param superuser an open connection as a superuser
 * @param prefix what the names begin with: lower-case letters, digits and underscores, e.g. `cairn_demo`
 */
export async function provisionRoles(
  superuser: pg.ClientBase,
  prefix: string,
  passwords: Passwords,
): Promise<void> {
  if (!/^[a-z][a-z0-9_]{1,50}$/.test(prefix)) {
    throw new CannotStart(
      `'${prefix}' cannot begin a role’s name: use lower-case letters, digits and underscores.`,
    )
  }
  for (const kind of roleKinds) {
    const role = pg.escapeIdentifier(roleName(prefix, kind))
    const exists = await superuser.query('select from pg_roles where rolname = $1', [roleName(prefix, kind)])
    await superuser.query(
      `${exists.rowCount ? 'alter' : 'create'} role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication
       password ${pg.escapeLiteral(passwords[kind])}`,
    )
    for (const [name, value] of Object.entries({ timezone: 'UTC', ...roleSettings[kind] })) {
      // A search path is a list: quoted as a whole it would be one odd name.
      await superuser.query(
        `alter role ${role} set ${name} = ${name === 'search_path' ? value : pg.escapeLiteral(value)}`,
      )
    }
  }
  // Owns the reporting views and nothing else, and signs in nowhere: what background work may read inside a run, they may.
  const reporting = pg.escapeIdentifier(`${prefix}_reporting`)
  const there = await superuser.query('select from pg_roles where rolname = $1', [`${prefix}_reporting`])
  await superuser.query(
    `${there.rowCount ? 'alter' : 'create'} role ${reporting} nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication`,
  )
  await superuser.query(
    `grant ${pg.escapeIdentifier(roleName(prefix, 'jobs'))} to ${reporting} with inherit true, set false;
     grant ${reporting} to ${pg.escapeIdentifier(roleName(prefix, 'owner'))} with inherit false, set true`,
  )
}

/**
 * Makes an authority's database when there is none, and says who may connect. Runs again without harm.
 * @param superuser an open connection as a superuser, to any other database of the cluster
 * @param template the database to copy, file by file; `template0` when not given
 */
export async function provisionDatabase(
  superuser: pg.ClientBase,
  prefix: string,
  database: string,
  template?: string,
): Promise<void> {
  const name = pg.escapeIdentifier(database)
  const copied = template
    ? `template ${pg.escapeIdentifier(template)} strategy file_copy`
    : 'template template0'
  const exists = await superuser.query('select from pg_database where datname = $1', [database])
  if (!exists.rowCount) {
    await superuser.query(
      `create database ${name} owner ${pg.escapeIdentifier(roleName(prefix, 'owner'))} ${copied}`,
    )
  }
  const four = roleKinds.map((kind) => pg.escapeIdentifier(roleName(prefix, kind))).join(', ')
  await superuser.query(
    `revoke all on database ${name} from public; grant connect on database ${name} to ${four}`,
  )
}

/**
 * What only a superuser can do inside the new database: nobody makes things in `public`, and the queue's schema
 * belongs to the jobs.
 * @param superuser an open connection as a superuser, to that database
 */
export async function provisionSchemas(superuser: pg.ClientBase, prefix: string): Promise<void> {
  const role = (kind: RoleKind) => pg.escapeIdentifier(roleName(prefix, kind))
  await superuser.query(`
    revoke create on schema public from public;
    grant create, usage on schema public to ${role('owner')};
    create schema if not exists jobs authorization ${role('jobs')};
    grant usage on schema jobs to ${role('app')}, ${role('owner')};
  `)
}

/** Random passwords for the four roles. */
export function newPasswords(): Passwords {
  return Object.fromEntries(
    roleKinds.map((kind) => [kind, randomBytes(24).toString('base64url')]),
  ) as Passwords
}

/**
 * The passwords of the embedded server's roles, kept in a file only this user can read; made the first time.
 * @throws CannotStart when the file is there but cannot be understood
 */
export async function keptPasswords(file: string): Promise<Passwords> {
  const found = await readPasswords(file)
  if (found) return found
  const making = `${file}.${process.pid}`
  const written = await open(making, 'w', 0o600)
  try {
    await written.writeFile(`${JSON.stringify(newPasswords(), undefined, 2)}\n`)
    await written.sync()
  } finally {
    await written.close()
  }
  // Linking fails when somebody else was quicker: theirs stands.
  await link(making, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(making)
  return (await readPasswords(file))!
}

async function readPasswords(file: string): Promise<Passwords | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  await chmod(file, 0o600)
  try {
    const read = JSON.parse(text) as Passwords
    if (roleKinds.every((kind) => typeof read[kind] === 'string')) return read
  } catch {
    // Said below.
  }
  throw new CannotStart(
    `${file} should hold the passwords of the embedded database and cannot be read. Remove it: new ones are made at the next start.`,
  )
}

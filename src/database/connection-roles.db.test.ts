import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { readConfig } from './config.ts'
import { checkServingRole } from './connection-roles.ts'
import { migrationNames } from './migrate.ts'
import { openDatabase } from './open-database.ts'

let db: TestDatabase
let superuser: pg.Client
let role: string
let url: string

beforeAll(async () => {
  db = await testDatabase()
  superuser = new pg.Client(db.superuserUrl)
  await superuser.connect()
})
afterAll(async () => {
  await superuser.end()
  await db.close()
})

/** A role that is as the application's own in everything, for one test to spoil. */
beforeEach(async () => {
  role = `spoilt_${Math.random().toString(36).slice(2, 10)}`
  await superuser.query(`create role ${role} login password 'spoilt' in role cairn_test_app`)
  const address = new URL(db.urls.app)
  address.username = role
  address.password = 'spoilt'
  url = address.href
  return async () => {
    await superuser.query(`drop owned by ${role}`)
    await superuser.query(`drop role ${role}`)
  }
})

const check = () => checkServingRole(url, 'app', 'DATABASE_URL')

describe('serving with a role', () => {
  test('made for it is let through', async () => {
    await checkServingRole(db.urls.app, 'app', 'DATABASE_URL')
    await checkServingRole(db.urls.jobs, 'jobs', 'DATABASE_JOBS_URL')
    await check()
  })

  test.each([
    ['a superuser', 'alter role ROLE superuser', /is, or may become, a superuser/],
    ['one that makes roles', 'alter role ROLE createrole', /is, or may become, a superuser/],
    ['one that bypasses row security', 'alter role ROLE bypassrls', /bypasses row security/],
    ['one that replicates', 'alter role ROLE replication', /bypasses row security/],
    ['one that may become the owner', 'grant cairn_test_owner to ROLE', /the owner of the database/],
    ['one that may become a superuser', 'grant postgres to ROLE', /a superuser/],
    ['one that reads any table', 'grant pg_read_all_data to ROLE', /may become pg_read_all_data/],
    ['one that owns a table', 'alter table access.team owner to ROLE', /owns access\.team/],
    [
      'one that may delete from the trail',
      'grant delete on audit.trail to ROLE',
      /may delete from audit\.trail/,
    ],
    [
      'one that may empty a table of the record',
      'grant truncate on record.person to ROLE',
      /may delete from record\.person/,
    ],
    ['one that makes schemas', `grant create on database DATABASE to ROLE`, /may make schemas/],
    [
      'one that makes temporary tables',
      `grant temp on database DATABASE to ROLE`,
      /may make temporary tables/,
    ],
    [
      'one that makes things in a schema',
      'grant create on schema public to ROLE',
      /make things in schema public/,
    ],
  ])('%s is refused', async (_, spoil, words) => {
    await superuser.query(spoil.replace('ROLE', role).replace('DATABASE', db.name))
    try {
      await expect(check()).rejects.toThrow(words)
      await expect(check()).rejects.toThrow(`DATABASE_URL connects as ${role}`)
    } finally {
      await superuser.query(`reassign owned by ${role} to cairn_test_owner`)
    }
  })

  test('that lacks a right is refused', async () => {
    await superuser.query(`revoke cairn_test_app from ${role}`)
    await superuser.query(`grant connect on database ${db.name} to ${role}`)
    await superuser.query(`grant usage on schema foundation to ${role}`)
    await superuser.query(`grant select on foundation.kept_table to ${role}`)
    await expect(check()).rejects.toThrow(/may not read record\.\w+: too weak/)
  })
})

describe('one line for a database that cannot be served from', () => {
  const changed = (change: (address: URL) => void) => {
    const address = new URL(db.urls.app)
    change(address)
    return checkServingRole(address.href, 'app', 'DATABASE_URL')
  }

  test('a wrong password, which is not repeated', async () => {
    await expect(changed((address) => (address.password = 'hunter2'))).rejects.toThrow(
      /^The database refuses the user or password of DATABASE_URL\.$/,
    )
  })

  test('nobody listens there', async () => {
    await expect(changed((address) => (address.port = '1'))).rejects.toThrow(
      /^The database of DATABASE_URL cannot be reached \(ECONNREFUSED\)\.$/,
    )
  })

  test('no such host', async () => {
    await expect(changed((address) => (address.hostname = 'nowhere.invalid'))).rejects.toThrow(
      /^The database of DATABASE_URL cannot be reached \((ENOTFOUND|EAI_AGAIN)\)\.$/,
    )
  })

  test('no such database', async () => {
    await expect(changed((address) => (address.pathname = '/nothing'))).rejects.toThrow(
      /^There is no database of the name that DATABASE_URL gives\.$/,
    )
  })

  test('an empty database', async () => {
    await superuser.query(`create database ${role}`)
    try {
      await expect(changed((address) => (address.pathname = `/${role}`))).rejects.toThrow(
        /^The database is empty or not open to its role: run `cairn provision` and `cairn migrate` first\.$/,
      )
    } finally {
      await superuser.query(`drop database ${role}`)
    }
  })

  test('a database that this Cairn has not migrated', async () => {
    const newest = (await migrationNames()).at(-1)!
    await superuser.query('delete from public.migration where name = $1', [newest])
    const config = readConfig({ DATABASE_URL: db.urls.app })
    await expect(openDatabase(config, () => undefined)).rejects.toThrow(
      `The database is older than this Cairn: ${newest} has not run. Run \`cairn migrate\` first.`,
    )
    await superuser.query('insert into public.migration (name, run_on) values ($1, now())', [newest])
    const { stop } = await openDatabase(config, () => undefined)
    await stop()
  })
})

import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmbeddedServer } from '../database/embedded-server.ts'
import { migrate } from '../database/migrate.ts'
import {
  newPasswords,
  provisionDatabase,
  provisionRoles,
  provisionSchemas,
  roleName,
} from '../database/provision.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aSession, signedIn } from '../testing/signed-in.ts'
import { aPerson, aPlan, involve, relate, restricted } from '../testing/ties.ts'
import type { Session } from '../web/session.ts'
import { mustOpenRecord, openRecord } from './opening.ts'
import { writing } from './reading.ts'

/**
 * Somebody holds the application's own credential (an injected statement, a stolen password) and tries to get round
 * the trail. Each test also does what is allowed, so that it fails when it would prove nothing.
 */

let db: TestDatabase
/** Allocated to `child`. */
let worker: Session
/** Has no child. */
let stranger: Session
let child: string
/** Every table and view of the record with its number of rows, whoever asks. */
let countEverything: string
/** One's own client, and nothing of Cairn's code between it and the database. */
let attacker: pg.Client

beforeAll(async () => {
  db = await testDatabase()
  worker = await signedIn(db, { roles: ['A-SW'] })
  stranger = await signedIn(db, { roles: ['A-SW'] })
  child = await aPerson(db)
  await involve(db, child, { account: worker.account.id })
  await aPlan(db, child)
  await sql`update record.child_protection_plan set cp_plan_ola = true where person_id = ${child}`.execute(
    db.owner,
  )
  const { rows } = await sql<{ name: string }>`
    select s || '.' || table_name as name from foundation.kept_table cross join unnest(array['record', 'history', 'known']) as s
    union all select 'record.index_card'`.execute(db.owner)
  countEverything = `select sum(n)::int as n from (${rows.map(({ name }) => `select count(*) as n from ${name}`).join(' union all ')}) all_rows`
  attacker = new pg.Client(db.urls.app)
  await attacker.connect()
})
afterAll(async () => {
  await attacker?.end()
  await db?.close()
})

const seen = async (client: pg.Client = attacker) =>
  (await client.query<{ n: number }>(countEverything)).rows[0]!.n
const codeOf = async (statement: string, values: unknown[] = []) =>
  attacker.query(statement, values).then(
    () => 'it worked',
    (error: { code: string }) => error.code,
  )
const present = (secret: string) => attacker.query("select set_config('cairn.session', $1, false)", [secret])
const open = (secret: string, person = child) =>
  attacker.query<{ outcome: string }>('select outcome from access.open_record($1, $2, $3)', [
    secret,
    person,
    'an attack',
  ])
const forget = async () => {
  await sql`delete from access.opening`.execute(db.owner)
  await attacker.query('reset all')
}

const denied = '42501'

describe('reading', () => {
  test('without an opening there is not one row', async () => {
    await forget()
    expect(
      (await sql<{ n: number }>`${sql.raw(countEverything)}`.execute(db.owner)).rows[0]!.n,
    ).toBeGreaterThan(8)
    expect(await seen()).toBe(0)
    await present(worker.secret)
    expect(await seen()).toBe(0)
    await open(worker.secret)
    expect(await seen()).toBeGreaterThan(8)
  })

  test('opening without need to know opens nothing', async () => {
    await forget()
    await present(stranger.secret)
    expect((await open(stranger.secret)).rows).toEqual([{ outcome: 'refused' }])
    expect(await seen()).toBe(0)
  })

  test('an opening that is rolled back opens nothing', async () => {
    await forget()
    await present(worker.secret)
    await attacker.query('begin')
    expect((await open(worker.secret)).rows).toEqual([{ outcome: 'allowed' }])
    await attacker.query('rollback')
    expect(await seen()).toBe(0)
  })

  test('in the opening’s own transaction nothing is read, behind a savepoint neither', async () => {
    await forget()
    await present(worker.secret)
    await attacker.query('begin')
    await open(worker.secret)
    expect(await seen()).toBe(0)
    await attacker.query('savepoint behind')
    await open(worker.secret)
    expect(await seen()).toBe(0)
    await attacker.query('release behind')
    expect(await seen()).toBe(0)
    await attacker.query('commit')
    expect(await seen()).toBeGreaterThan(8)
  })

  test('an opening taken back to a savepoint opens nothing once the rest is committed', async () => {
    await forget()
    await present(worker.secret)
    await attacker.query('begin')
    await attacker.query('savepoint before')
    await open(worker.secret)
    await attacker.query('rollback to before')
    expect(await seen()).toBe(0)
    await attacker.query('commit')
    expect(await seen()).toBe(0)
  })

  test('opening again in one’s own transaction does not lengthen an opening that is over', async () => {
    await forget()
    await present(worker.secret)
    await open(worker.secret)
    await sql`update access.opening set expires_at = now() - interval '1 second'`.execute(db.owner)
    await attacker.query('begin')
    await open(worker.secret)
    expect(await seen()).toBe(0)
    await attacker.query('rollback')
    expect(await seen()).toBe(0)
  })

  test('one statement that opens and reads at once reads nothing', async () => {
    await forget()
    await present(worker.secret)
    const { rows } = await attacker.query(
      `with opened as materialized (select outcome from access.open_record($1, $2, 'an attack'))
       select outcome, (select count(*)::int from record.child_protection_plan) as plans from opened`,
      [worker.secret, child],
    )
    expect(rows).toEqual([{ outcome: 'allowed', plans: 0 }])
  })

  test('another session’s opening is of no use, nor one that is over', async () => {
    await forget()
    await open(worker.secret)
    await present(stranger.secret)
    expect(await seen()).toBe(0)
    // The same account on another machine is another session.
    const elsewhere = await aSession(db, worker.account.id)
    await present(elsewhere.secret)
    expect(await seen()).toBe(0)
    await present(worker.secret)
    expect(await seen()).toBeGreaterThan(8)
    await sql`update access.opening set expires_at = now()`.execute(db.owner)
    expect(await seen()).toBe(0)
  })

  test('naming an opening narrows what is read, and opens nothing', async () => {
    await forget()
    const openingOf = async (secret: string, person: string) =>
      (
        await attacker.query<{ opening: string | null }>(
          "select opening from access.open_record($1, $2, 'an attack')",
          [secret, person],
        )
      ).rows[0]!.opening!
    const name = (...openings: string[]) =>
      attacker.query("select set_config('cairn.openings', $1, false)", [`{${openings}}`])
    const plans = async () =>
      (await attacker.query('select person_id from record.child_protection_plan')).rows.map(
        ({ person_id }) => person_id,
      )
    const read = async () =>
      (await plans()).length + (await attacker.query('select from record.person')).rowCount!
    const other = await aPerson(db)
    await involve(db, other, { account: worker.account.id })
    await aPlan(db, other)
    const [first, second] = [await openingOf(worker.secret, child), await openingOf(worker.secret, other)]
    await present(worker.secret)
    expect((await plans()).sort()).toEqual([child, other].sort())
    await name(first)
    expect(await plans()).toEqual([child])
    await name(second, first)
    expect((await plans()).sort()).toEqual([child, other].sort())
    // Of nobody, of no session, not even written as an opening is.
    await name(randomUUID(), worker.id, child)
    expect(await read()).toBe(0)
    await attacker.query("select set_config('cairn.openings', 'not a list of ids', false)")
    expect(await codeOf('select from record.person')).toBe('22P02')

    // Somebody else's, with one's own session presented; and one's own, made in an earlier session.
    await present(stranger.secret)
    await name(first, second)
    expect(await read()).toBe(0)
    const later = await aSession(db, worker.account.id)
    await present(later.secret)
    expect(await read()).toBe(0)
    await openingOf(later.secret, child)
    expect(await read()).toBe(0)

    // One made in this very transaction, behind a savepoint or not; and the same one made again in it.
    await present(worker.secret)
    await sql`delete from access.opening`.execute(db.owner)
    await attacker.query('begin')
    await name(await openingOf(worker.secret, child))
    expect(await read()).toBe(0)
    await attacker.query('savepoint behind')
    await name(await openingOf(worker.secret, other))
    expect(await read()).toBe(0)
    await attacker.query('rollback')
    const kept = await openingOf(worker.secret, child)
    await name(kept)
    expect(await plans()).toEqual([child])
    await attacker.query('begin')
    expect(await openingOf(worker.secret, child)).toBe(kept)
    expect(await read()).toBe(0)
    await attacker.query('rollback')
    expect(await plans()).toEqual([child])

    // One that is over; one of another start of the server; one whose session has been locked.
    await sql`update access.opening set expires_at = clock_timestamp()`.execute(db.owner)
    expect(await read()).toBe(0)
    await openingOf(worker.secret, child)
    expect(await plans()).toEqual([child])
    await sql`update access.opening set server_started = server_started - interval '1 microsecond'`.execute(
      db.owner,
    )
    expect(await read()).toBe(0)
    await openingOf(worker.secret, child)
    await sql`update access.session set locked_at = now() where id = ${worker.id}`.execute(db.owner)
    expect(await read()).toBe(0)
    await sql`update access.session set locked_at = null where id = ${worker.id}`.execute(db.owner)
    expect(await plans()).toEqual([child])

    // What opens a list, or what somebody did, is no opening of a record by that.
    await sql`update access.opening set kind = 'list'`.execute(db.owner)
    expect(await plans()).toEqual([])
  })

  test('settings can be forged, and say nothing', async () => {
    await forget()
    await open(worker.secret)
    const { rows } = await sql<{ hash: string }>`
      select encode(secret_hash, 'hex') as hash from access.session where id = ${worker.id}`.execute(db.owner)
    for (const forged of [
      worker.id,
      worker.account.id,
      rows[0]!.hash,
      `\\x${rows[0]!.hash}`,
      '',
      ' ',
      '*',
      randomUUID(),
    ]) {
      await present(forged)
      await attacker.query(
        "select set_config('cairn.account', $1, false), set_config('cairn.run', $2, false)",
        [worker.account.id, forged],
      )
      expect(await seen()).toBe(0)
    }
    // A run's secret is the background role's, and no use to the application's.
    const secret = randomBytes(32).toString('base64url')
    await sql`select access.open_run(sha256(convert_to(${secret}, 'UTF8')), 'an attack', 'everybody')`.execute(
      db.jobs,
    )
    await attacker.query("select set_config('cairn.run', $1, false)", [secret])
    expect(await seen()).toBe(0)
  })

  test('nobody becomes another role', async () => {
    const { rows } = await attacker.query<{ rolname: string }>(
      'select rolname from pg_roles where rolname <> session_user',
    )
    expect(rows.length).toBeGreaterThan(10)
    for (const { rolname } of rows) {
      const role = pg.escapeIdentifier(rolname)
      expect([rolname, await codeOf(`set role ${role}`)]).toEqual([rolname, denied])
      expect([rolname, await codeOf(`set session authorization ${role}`)]).toEqual([rolname, denied])
    }
    await forget()
    await attacker.query('reset role; reset session authorization')
    expect(await seen()).toBe(0)
    await attacker.query('set row_security = off')
    expect(await codeOf('select from record.person')).toBe(denied)
    await attacker.query('reset row_security')
  })

  test('a filter that fails on a hidden row never meets it', async () => {
    await forget()
    const trap = 'select from record.child_protection_plan where cp_plan_start_date::text::integer = 0'
    await expect(sql`${sql.raw(trap)}`.execute(db.owner)).rejects.toThrow('invalid input syntax')
    expect(await codeOf(trap)).toBe('it worked')
  })

  test('statistics and plans say nothing of hidden rows', async () => {
    await sql`analyze record.child_protection_plan`.execute(db.owner)
    const { rows } = await attacker.query("select from pg_stats where schemaname in ('record', 'history')")
    expect(rows).toEqual([])
    expect(await codeOf('select from pg_statistic')).toBe(denied)
  })
})

describe('writing', () => {
  test('the trail is neither written, changed, emptied nor taken away', async () => {
    await forget()
    await open(worker.secret)
    const tables = (
      await sql<{ name: string }>`
        select c.oid::regclass::text as name from pg_class c
         where c.relnamespace = 'audit'::regnamespace and c.relkind in ('r', 'p')`.execute(db.owner)
    ).rows.map(({ name }) => name)
    expect(tables).toContain('audit.trail')
    expect(tables.length).toBeGreaterThan(20)
    for (const table of tables) {
      for (const statement of [
        `insert into ${table} default values`,
        `delete from ${table}`,
        `truncate ${table}`,
        `drop table ${table}`,
        `alter table ${table} disable trigger all`,
        `alter table ${table} disable row level security`,
      ]) {
        expect([statement, await codeOf(statement)]).toEqual([statement, denied])
      }
    }
    await attacker.query("select set_config('audit.erasing', 'yes', false)")
    for (const statement of [
      "update audit.trail set payload = '{}'",
      'update audit.trail set payload = null, salt = null',
      "select audit.write('{}')",
      "select audit.erase('{}', 'because', null)",
      'select audit.make_months(0)',
      'select audit.take_leaves(1)',
      'alter table audit.trail detach partition audit.trail_2026_11',
    ]) {
      expect([statement, await codeOf(statement)]).toEqual([statement, denied])
    }
    expect(
      (await sql<{ n: number }>`select count(*)::int as n from audit.trail`.execute(db.owner)).rows[0]!.n,
    ).toBeGreaterThan(3)
  })

  test('a line noted by an area cannot pretend to be an opening, or another’s', async () => {
    expect(await codeOf("select audit.note($1, 'view', 'an attack', null, '{}')", [worker.secret])).not.toBe(
      'it worked',
    )
    await attacker.query("select audit.note($1, 'print', 'a letter', null, $2)", [
      worker.secret,
      { actor: stranger.account.id, session: stranger.id, outcome: 'allowed', action: 'view' },
    ])
    const { rows } = await sql`
      select payload ->> 'actor' as actor, payload ->> 'session' as session, payload ->> 'action' as action, payload ->> 'outcome' as outcome
        from audit.trail order by at desc limit 1`.execute(db.owner)
    expect(rows).toEqual([{ actor: worker.account.id, session: worker.id, action: 'print', outcome: 'done' }])
  })

  test('nothing of the record is deleted, and history is not touched', async () => {
    await forget()
    await attacker.query("select from access.open_record($1, $2, 'an attack', null, 'full', 'write')", [
      worker.secret,
      child,
    ])
    await present(worker.secret)
    expect(await codeOf('update record.child_protection_plan set cp_plan_ola = false')).toBe('it worked')
    const { rows } = await sql<{
      name: string
    }>`select table_name as name from foundation.kept_table`.execute(db.owner)
    for (const { name } of rows) {
      for (const statement of [
        `delete from record.${name}`,
        `truncate record.${name}`,
        `delete from history.${name}`,
        `update history.${name} set replaced_at = now()`,
        `insert into history.${name} select *, now() from record.${name}`,
        `alter table record.${name} disable trigger all`,
        `drop policy app_reads on record.${name}`,
      ]) {
        expect([statement, await codeOf(statement)]).toEqual([statement, denied])
      }
    }
  })

  test('accounts, roles, ties and openings are not written by hand', async () => {
    for (const statement of [
      `insert into access.account_role (account_id, role) values ('${stranger.account.id}', 'A-DPO')`,
      `insert into access.membership (account_id, team_id) values ('${stranger.account.id}', '${randomUUID()}')`,
      `insert into access.tie (account_id, person_id, kind, from_day, to_day, why, made_by) values ('${stranger.account.id}', '${child}', 'meeting', now(), now(), 'because', '${worker.account.id}')`,
      `insert into access.opening (session_id, people, expires_at) values ('${stranger.id}', array['${child}'::uuid], now() + interval '1 day')`,
      'select from access.opening',
      'select from access.session',
      'select password_hash from access.account',
      `update access.role_reach set level = 'full'`,
      'delete from access.restriction_rule',
      `insert into record.restriction_reader (person_id, restriction_id, account_id) values ('${child}', '${randomUUID()}', '${stranger.account.id}')`,
      'update record.restriction set to_at = now()',
      `insert into record.person_alias (person_id, same_as, reason) values ('${child}', '${child}', 'because')`,
      `select access.keep_open('${stranger.id}', 'record', array['${child}'::uuid], array['F01'], 'full', 'allocated', true, now())`,
      `select access.decide('${worker.account.id}', '${child}', null, 'full', false, null)`,
      `select access.make_account('a@b', 'A', 'B', 'x', null, '{A-DPO}', '{}')`,
      `select access.set_role('${stranger.account.id}', 'A-DPO', null, true)`,
      `update access.setting set opening_seconds = 900`,
    ]) {
      expect([statement, await codeOf(statement)]).toEqual([statement, denied])
    }
  })

  test('a relationship one wrote oneself opens nothing to oneself', async () => {
    const other = await aPerson(db)
    await mustOpenRecord(db.app, worker, child, { purpose: 'family', action: 'write' })
    await writing(db.app, worker, (trx) =>
      sql`insert into relationship (person_id, other_person_id, kind) values (${child}, ${other}, 'sister')`.execute(
        trx,
      ),
    )
    expect(await openRecord(db.app, worker, other, { purpose: 'family' })).toMatchObject({ allowed: false })
    const third = await aPerson(db)
    await relate(db, child, third, 'sister')
    expect(await openRecord(db.app, worker, third, { purpose: 'family' })).toMatchObject({
      allowed: true,
      rule: 'sibling',
    })
  })
})

describe('shadows and views', () => {
  test('nothing can be made that stands in front of what Cairn calls', async () => {
    for (const statement of [
      'create temporary table child_protection_plan (person_id uuid)',
      'create temporary view person as select 1',
      'create function pg_temp.open_ids(text) returns uuid[] language sql as $$ select null::uuid[] $$',
      'create function public.sha256(bytea) returns bytea language sql as $$ select $1 $$',
      'create function access.live_session(text, text) returns integer language sql as $$ select 1 $$',
      'create function record.now() returns timestamptz language sql as $$ select null::timestamptz $$',
      'create operator public.= (leftarg = uuid, rightarg = uuid, function = uuid_eq)',
      'create schema mine',
      'create table public.opening (id uuid)',
      'create extension pgcrypto',
    ]) {
      expect([statement, await codeOf(statement)]).toEqual([statement, denied])
    }
  })

  test('a search path of one’s own changes nothing', async () => {
    await forget()
    await attacker.query('set search_path = pg_temp, public, record, access')
    await present(worker.secret)
    expect((await open(worker.secret)).rows).toEqual([{ outcome: 'allowed' }])
    await present(stranger.secret)
    expect(await seen()).toBe(0)
  })

  test('a plain view over the record cannot be made, and one the owner made by mistake is not open to anyone', async () => {
    await forget()
    expect(await codeOf('create view record.everyone as select * from record.person')).toBe(denied)
    expect(await codeOf('create materialized view record.everyone as select * from record.person')).toBe(
      denied,
    )
    await sql`create view record.everyone as select * from record.person`.execute(db.owner)
    expect(await codeOf('select from record.everyone')).toBe(denied)
    await sql`drop view record.everyone`.execute(db.owner)
    const { rows } = await sql<{ plain: string }>`
      select c.oid::regclass::text as plain from pg_class c
       where c.relkind in ('v', 'm') and has_table_privilege(${roleOf('app')}, c.oid, 'select')
         and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
         and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false)`.execute(
      db.owner,
    )
    expect(rows).toEqual([])
  })
})

describe('oracles', () => {
  test('who must not be known is answered like who does not exist', async () => {
    const [sealed, hidden, nobody] = [await aPerson(db), await aPerson(db), randomUUID()]
    await restricted(db, sealed, 3)
    await restricted(db, hidden, 4)
    for (const roles of [['A-SW'], ['A-DUTY'], ['A-EDT'], ['A-TM'], ['A-SM'], ['A-ADM'], ['A-ADO']]) {
      const session = await signedIn(db, { roles })
      const answers = []
      for (const person of [sealed, hidden, nobody]) {
        const { rows } = await attacker.query("select * from access.open_record($1, $2, 'an attack')", [
          session.secret,
          person,
        ])
        answers.push(rows)
      }
      expect(answers[0]![0]).toMatchObject({ outcome: 'refused', why: 'not-found', may_ask_emergency: false })
      expect(answers).toEqual([answers[2], answers[2], answers[2]])
    }
    // The trail knows the difference.
    const { rows } = await sql<{ why: string }>`
      select distinct payload ->> 'why' as why from audit.trail where subject in (${sealed}, ${hidden}) order by 1`.execute(
      db.owner,
    )
    expect(rows).toEqual([{ why: 'restricted: not to be known' }, { why: 'restricted: sealed' }])
  })

  test('a number or a name that somebody sealed already has can be written once more', async () => {
    const sealed = await aPerson(db)
    await sql`insert into record.person_identifier (person_id, kind, value, natural_key) values (${sealed}, 'nhs-number', '9990000018', 'nhs')`.execute(
      db.owner,
    )
    await restricted(db, sealed, 3)
    await mustOpenRecord(db.app, worker, child, { purpose: 'writing', action: 'write' })
    await writing(db.app, worker, (trx) =>
      sql`insert into person_identifier (person_id, kind, value, natural_key) values (${child}, 'nhs-number', '9990000018', 'nhs')`.execute(
        trx,
      ),
    )
    // A reference of one's own choosing is not taken.
    const { rows } = await sql<{
      reference: string
    }>`select reference from record.person where id = ${sealed}`.execute(db.owner)
    const changed = await writing(db.app, worker, (trx) =>
      sql<{
        reference: string
      }>`update person set reference = ${rows[0]!.reference} where id = ${child} returning reference`.execute(
        trx,
      ),
    )
    expect(changed.rows[0]!.reference).not.toBe(rows[0]!.reference)
  })

  test('tying a child to somebody sealed fails as it does for somebody who does not exist', async () => {
    const [sealed, known] = [await aPerson(db), await aPerson(db)]
    await restricted(db, sealed, 3)
    const others = await sql<{ table: string; column: string }>`
      select k.table_name as table, a.attname as column
        from foundation.kept_table k
        join pg_constraint f on f.conrelid = format('record.%I', k.table_name)::regclass and f.confrelid = 'record.person'::regclass
        join pg_attribute a on a.attrelid = f.conrelid and f.conkey = array[a.attnum] and a.attname <> k.subject
       where has_table_privilege(${roleOf('app')}, f.conrelid, 'insert')`.execute(db.owner)
    expect(others.rows).toContainEqual({ table: 'relationship', column: 'other_person_id' })
    const guarded = await sql<{ table: string; column: string }>`
      select c.relname as table, (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = t.tgattr[0]) as column
        from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgfoid = 'access.refuse_hidden'::regproc`.execute(
      db.owner,
    )
    expect(guarded.rows).toEqual(expect.arrayContaining(others.rows))

    await mustOpenRecord(db.app, worker, child, { purpose: 'writing', action: 'write' })
    await present(worker.secret)
    await attacker.query("select set_config('cairn.account', $1, false)", [worker.account.id])
    const tie = (other: string) =>
      attacker
        .query(
          `insert into record.relationship (person_id, other_person_id, kind) values ('${child}', '${other}', 'other')`,
        )
        .then(
          () => 'it worked',
          ({ code, message, constraint, table, schema }) => ({ code, message, constraint, table, schema }),
        )
    expect(await tie(known)).toBe('it worked')
    const unknown = await tie(randomUUID())
    expect(unknown).toMatchObject({ code: '23503' })
    expect(await tie(sealed)).toEqual(unknown)
  })

  test('an error repeats no row', async () => {
    await mustOpenRecord(db.app, worker, child, { purpose: 'writing', action: 'write' })
    const failing = writing(db.app, worker, (trx) =>
      sql`insert into child_protection_plan (person_id, cp_plan_start_date) values (${child}, '2026-02-04')`.execute(
        trx,
      ),
    )
    const error = await failing.then(
      () => undefined,
      (thrown: Error) => thrown,
    )
    expect(error).toMatchObject({ code: '23P01' })
    expect(JSON.stringify({ ...error, message: error!.message })).not.toMatch(/2026|Key \(/)
  })
})

describe('another time', () => {
  test('an opening that names another start of the server is none', async () => {
    await forget()
    await present(worker.secret)
    await open(worker.secret)
    expect(await seen()).toBeGreaterThan(8)
    await sql`update access.opening set server_started = server_started - interval '1 microsecond'`.execute(
      db.owner,
    )
    expect(await seen()).toBe(0)
  })

  test('a cluster that was stopped, copied back or started again has no openings, whatever its transaction ids', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cairn-restored-'))
    const prefix = 'cairn_restored'
    const passwords = newPasswords()
    const start = () => startEmbeddedServer({ folder: join(folder, 'postgres'), durable: false })
    let server = await start()
    try {
      const url = (role: 'owner' | 'app') =>
        `postgres://${roleName(prefix, role)}:${passwords[role]}@127.0.0.1:${server.port}/${prefix}`
      await as(
        { ...server.superuser, database: 'postgres', host: '127.0.0.1', port: server.port },
        async (client) => {
          await provisionRoles(client, prefix, passwords)
          await provisionDatabase(client, prefix, prefix)
        },
      )
      await as({ ...server.superuser, database: prefix, host: '127.0.0.1', port: server.port }, (client) =>
        provisionSchemas(client, prefix),
      )
      await migrate(url('owner'))
      const secret = randomBytes(32).toString('base64url')
      const person = await as({ connectionString: url('owner') }, async (client) => {
        const { rows } = await client.query<{ person: string; account: string }>(`
          with who as (insert into access.account (display_name, email) values ('Ade', 'ade@fellshire.test') returning id),
               role as (insert into access.account_role (account_id, role) select id, 'A-SW' from who)
          insert into record.person (date_of_birth) select '2015-01-01' from who returning id as person, (select id from who) as account`)
        const { person, account } = rows[0]!
        await client.query(
          "insert into record.involvement (person_id, kind, account_id, from_day) values ($1, 'allocated', $2, '2026-01-01')",
          [person, account],
        )
        await client.query(
          "select access.start_session($1, sha256(convert_to($2, 'UTF8')), 'local', 'test')",
          [account, secret],
        )
        return person
      })
      const people = async () =>
        as({ connectionString: url('app') }, async (client) => {
          await client.query("select set_config('cairn.session', $1, false)", [secret])
          return (await client.query('select from record.person')).rowCount
        })
      const opened = () =>
        as({ connectionString: url('app') }, (client) =>
          client.query("select outcome from access.open_record($1, $2, 'an attack')", [secret, person]),
        )
      expect((await opened()).rows).toEqual([{ outcome: 'allowed' }])
      expect(await people()).toBe(1)
      await server.stop()
      server = await start()
      // A clean stop keeps what the opening's table held: it is the start that no longer fits.
      const left = await as({ connectionString: url('owner') }, (client) =>
        client.query('select from access.opening where expires_at > now()'),
      )
      expect(left.rowCount).toBe(1)
      expect(await people()).toBe(0)
      await opened()
      expect(await people()).toBe(1)
    } finally {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('T2: the trail cannot be written', () => {
  test('nothing opens, nothing is read, and it is said in words', async () => {
    await forget()
    const ours = await testDatabase()
    try {
      const session = await signedIn(ours, { roles: ['A-SW'] })
      const person = await aPerson(ours)
      await involve(ours, person, { account: session.account.id })
      const client = new pg.Client(ours.urls.app)
      await client.connect()
      await client.query("select set_config('cairn.session', $1, false)", [session.secret])
      const rows = async () => (await client.query('select from record.person')).rowCount
      const ask = () => openRecord(ours.app, session, person, { purpose: 'case management' })
      await ask()
      expect(await rows()).toBe(1)
      await sql`delete from access.opening`.execute(ours.owner)
      await sql`alter table audit.trail rename to away`.execute(ours.owner)
      await expect(ask()).rejects.toMatchObject({
        statusCode: 503,
        message: expect.stringContaining('who looked'),
        cause: { code: '42P01' },
      })
      expect(await rows()).toBe(0)
      await sql`alter table audit.away rename to trail`.execute(ours.owner)
      // A month without a partition.
      const month = `audit.trail_${new Date().toISOString().slice(0, 7).replace('-', '_')}`
      await sql`alter table audit.trail detach partition ${sql.raw(month)}`.execute(ours.owner)
      await expect(ask()).rejects.toMatchObject({ statusCode: 503 })
      expect(await rows()).toBe(0)
      await client.end()
    } finally {
      await ours.close()
    }
  })
})

const roleOf = (kind: 'app') => new URL(db.urls[kind]).username

async function as<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config)
  await client.connect()
  return work(client).finally(() => client.end())
}

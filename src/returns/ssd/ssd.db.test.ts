import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { notHeld } from './not-held.ts'

interface Table {
  table: string
  fields: { name: string; type: string; key?: boolean; references?: string }[]
}

/** Tables and fields of the dataset: names, kinds and keys, as published. */
const tables = JSON.parse(readFileSync(new URL('tables.json', import.meta.url), 'utf8')) as Table[]

let db: TestDatabase
interface Column {
  home: string
  table: string
  name: string
  type: string
  /** The view says null for it in each of its parts, whatever the record holds. */
  empty: boolean
}
let columns: Column[]
beforeAll(async () => {
  db = await testDatabase()
  const { rows } = await sql<Column>`
    select c.table_schema as home, c.table_name as table, c.column_name as name, c.data_type as type,
           text.of ~ format('NULL::[a-z ]+ AS %I[,;[:space:]]', c.column_name)
             and regexp_count(text.of, format(' AS %I[,;[:space:]]', c.column_name)) = regexp_count(text.of, format('NULL::[a-z ]+ AS %I[,;[:space:]]', c.column_name)) as empty
      from information_schema.columns c
     cross join lateral (select pg_get_viewdef(format('%I.%I', c.table_schema, c.table_name)::regclass) as of) as text
     where c.table_schema in ('ssd', 'ssd_known') and c.table_name like 'ssd\_%'
     order by c.table_name, c.ordinal_position`.execute(db.owner)
  columns = rows
})
afterAll(() => db.close())

const of = (home: string, table: string) => columns.filter((c) => c.home === home && c.table === table)
const types: Record<string, string[]> = {
  string: ['text'],
  char: ['text'],
  datetime: ['date', 'timestamp with time zone'],
  date: ['date'],
  integer: ['integer'],
  number: ['double precision'],
  boolean: ['boolean'],
  binary: ['bytea'],
}

describe('the dataset has every table and column, in both schemas', () => {
  test.each(tables)('$table', ({ table, fields }) => {
    for (const home of ['ssd', 'ssd_known']) {
      const found = of(home, table)
      expect(found.slice(0, fields.length).map(({ name }) => name)).toEqual(fields.map(({ name }) => name))
      const oddlyTyped = fields.filter(({ type }, place) => !types[type]?.includes(found[place]!.type))
      expect(oddlyTyped.map(({ name }) => name)).toEqual([])
    }
  })

  test('and nothing else, but what the census asks and the dataset has no column for', () => {
    const known = new Set(tables.flatMap(({ table, fields }) => fields.map(({ name }) => `${table}.${name}`)))
    const more = columns
      .filter(({ home, table, name }) => home === 'ssd' && !known.has(`${table}.${name}`))
      .map(({ table, name }) => `${table}.${name}`)
    expect(more).toEqual([
      'ssd_care_leavers.CollectionYear',
      'ssd_cin_assessments.AssessmentInternalReviewDate',
      'ssd_cla_convictions.CollectionYear',
      'ssd_cla_health.CollectionYear',
      'ssd_cla_immunisations.CollectionYear',
      'ssd_cla_substance_misuse.CollectionYear',
      'ssd_cp_plans.NumberOfPreviousCPP',
      'ssd_pre_proceedings.cine_referral_id',
      'ssd_pre_proceedings.FGDMMeetingOffer',
      'ssd_pre_proceedings.FGDMMeetingFac',
      'ssd_pre_proceedings.CourtAppDate',
      'ssd_s47_enquiry.InitialCPCtarget',
      'ssd_s47_enquiry.ICPCnotRequired',
      'ssd_sdq_scores.CollectionYear',
    ])
  })
})

test('what the views leave empty is what not-held.ts says, with a reason for each', () => {
  const empty = columns
    .filter(({ home, empty }) => home === 'ssd' && empty)
    .map(({ table, name }) => `${table}.${name}`)
  const said = notHeld.flatMap(({ table, fields }) =>
    (fields ?? tables.find((one) => one.table === table)!.fields.map(({ name }) => name)).map(
      (name) => `${table}.${name}`,
    ),
  )
  expect(said.toSorted()).toEqual(empty.toSorted())
  expect(notHeld.filter(({ because }) => because.length < 10)).toEqual([])
})

test('the reader’s own rights hold: every view runs as whoever asks', async () => {
  const { rows } = await sql<{ name: string }>`
    select format('%s.%s', n.nspname, c.relname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('ssd', 'ssd_known') and c.relkind = 'v'
       and not coalesce(c.reloptions @> array['security_invoker=true'], false)
       and not coalesce(c.reloptions @> array['security_invoker'], false)`.execute(db.owner)
  expect(rows).toEqual([])
})

test('both sides stand on their own schema and on no other’s', async () => {
  const { rows } = await sql<{ view: string; on: string }>`
    select distinct format('%s.%s', n.nspname, c.relname) as view, format('%s.%s', un.nspname, u.relname) as on
      from pg_depend d
      join pg_rewrite w on w.oid = d.objid
      join pg_class c on c.oid = w.ev_class
      join pg_namespace n on n.oid = c.relnamespace
      join pg_class u on u.oid = d.refobjid and u.oid <> c.oid
      join pg_namespace un on un.oid = u.relnamespace
     where (n.nspname = 'ssd' and un.nspname not in ('ssd', 'record', 'access'))
        or (n.nspname = 'ssd_known' and un.nspname not in ('ssd_known', 'known', 'access'))`.execute(db.owner)
  expect(rows).toEqual([])
})

test('the views come down and go up again around a change of what they stand on', async () => {
  await db.owner.transaction().execute(async (trx) => {
    await sql`call ssd.take_down()`.execute(trx)
    await sql`alter table record.disability add since date`.execute(trx)
    await sql`call foundation.extend('record.disability', 'since | F06 | special | with record | yes')`.execute(
      trx,
    )
    await sql`call ssd.put_up_again()`.execute(trx)
  })
  const { rows } = await sql<{ count: number }>`
    select count(*) from information_schema.views where table_schema in ('ssd', 'ssd_known') and table_name like 'ssd\_%'`.execute(
    db.owner,
  )
  expect(rows[0]!.count).toBe(2 * tables.length)
})

import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { roleName } from './provision.ts'

/**
 * Walks the database as migrated and lists what breaks the rules of docs/architecture.md. Each list must be empty; and
 * in a database where each rule was broken on purpose, each list must say so.
 */

/** Every schema but PostgreSQL's own, the one everybody has, and the queue's. */
const schemas = sql`array(select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'jobs'))`
/** Worked out from the record and made again at will: no history, no line in the catalogue. */
const derived = sql`array['index_card']::text[]`
const tables = sql`pg_class c join pg_namespace n on n.oid = c.relnamespace and c.relkind in ('r', 'p')`

const rules = {
  'each table of the record was taken in by foundation.keep': sql`
    select c.relname as what from ${tables}
     where n.nspname = 'record' and c.relname <> all (${derived})
       and not exists (select from foundation.kept_table k where k.table_name = c.relname)`,

  'T9: each column of the record is in the field catalogue': sql`
    select c.relname || '.' || a.attname as what from ${tables}
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = 'record' and c.relname <> all (${derived}) and a.attname <> all (foundation.kept_columns())
       and not exists (select from foundation.field f where f.table_name = c.relname and f.column_name = a.attname)`,

  'what is shown only where it is named (governance D.1) has rows of its own': sql`
    select f.table_name || '.' || f.column_name as what from foundation.field f join foundation.kept_table k using (table_name)
     where f.field_group in ('F04', 'F21', 'F23', 'F28', 'F29', 'F33', 'F34', 'F36') and k.field_group <> f.field_group`,

  'each line of the catalogue is about a column that is there': sql`
    select f.table_name || '.' || f.column_name as what from foundation.field f
     where not exists (select from information_schema.columns i
                        where i.table_schema = 'record' and i.table_name = f.table_name and i.column_name = f.column_name)`,

  'each table of the record has the kept columns and an index that starts with its person': sql`
    select k.table_name as what from foundation.kept_table k
     where (select count(*) from information_schema.columns i
             where i.table_schema = 'record' and i.table_name = k.table_name
               and i.column_name in ('id', k.subject, 'recorded_at', 'recorded_by', 'import_run_id', 'import_place'))
           <> (case when k.subject = 'id' then 5 else 6 end)
        or not exists (select from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
                        where x.indrelid = format('record.%I', k.table_name)::regclass and a.attname = k.subject)`,

  'each person of a fact is a person of the record': sql`
    select k.table_name as what from foundation.kept_table k
     where k.subject <> 'id' and k.table_name <> 'event'
       and not exists (select from pg_constraint f join pg_attribute a on a.attrelid = f.conrelid and f.conkey = array[a.attnum]
                        where f.conrelid = format('record.%I', k.table_name)::regclass and f.confrelid = 'record.person'::regclass
                          and a.attname = k.subject and a.attnotnull)`,

  'each twin has its table’s columns and replaced_at': sql`
    with twin as (
      select k.table_name, s.schema,
             (select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum) from pg_attribute a
               where a.attrelid = to_regclass(format('%I.%I', s.schema, k.table_name)) and a.attnum > 0 and not a.attisdropped) as columns
        from foundation.kept_table k cross join (values ('record'), ('history'), ('known')) s (schema)
    )
    select distinct r.table_name as what from twin r join twin t on t.table_name = r.table_name
     where r.schema = 'record' and (t.schema = 'history' and t.columns is distinct from r.columns || ', replaced_at timestamp with time zone'
                                 or t.schema = 'known' and t.columns is distinct from r.columns)`,

  'each kept table keeps its history': sql`
    select k.table_name as what from foundation.kept_table k
     where not exists (select from pg_trigger t where t.tgrelid = format('record.%I', k.table_name)::regclass
                          and t.tgfoid = 'foundation.keep_history'::regproc and t.tgenabled = 'O')`,

  'each table and twin of the record is under row security': sql`
    select n.nspname || '.' || c.relname as what from ${tables}
     where n.nspname in ('record', 'history') and not c.relrowsecurity`,

  'each policy of the record is for one role, and asks the openings or the run': sql`
    select p.schemaname || '.' || p.tablename || ' ' || p.policyname as what from pg_policies p
     where p.schemaname in ('record', 'history')
       and (p.roles <> array[foundation.role_name('app')]::name[] and p.roles <> array[foundation.role_name('jobs')]::name[]
            or p.permissive <> 'PERMISSIVE'
            or coalesce(p.qual, p.with_check) !~ 'access\\.(open_ids|writable_ids|open_pairs|writable_pairs|listed_ids|caseload_ids|run_is_open)')`,

  'nothing of ours is granted to everyone': sql`
    select n.nspname || '.' || c.relname || ' ' || g.privilege_type as what
      from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) g
     where n.nspname = any (${schemas}) and g.grantee = 0
    union all
    select n.nspname || '.' || c.relname || '.' || a.attname from pg_attribute a
      join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(a.attacl) g
     where n.nspname = any (${schemas}) and g.grantee = 0
    union all
    select n.nspname || ' ' || g.privilege_type from pg_namespace n cross join lateral aclexplode(n.nspacl) g
     where n.nspname = any (${schemas}) and g.grantee = 0`,

  'no function of ours may be called by everyone': sql`
    select p.oid::regprocedure::text as what from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
     where n.nspname = any (${schemas}) and g.grantee = 0`,

  'each function with its owner’s rights pins its search path, pg_temp last': sql`
    select p.oid::regprocedure::text as what from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname <> all (array['pg_catalog', 'information_schema']) and p.prosecdef
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
       and not exists (select from unnest(p.proconfig) setting where setting ~ '^search_path=.*pg_temp$')`,

  'the application deletes from nothing and empties nothing': sql`
    select g.privilege_type || ' on ' || n.nspname || '.' || c.relname as what
      from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) g
      join pg_roles r on r.oid = g.grantee
     where n.nspname = any (${schemas}) and r.rolname = foundation.role_name('app')
       and g.privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN')`,

  'nobody but the owner changes history, trail, catalogue or what is worked out': sql`
    select r.rolname || ' ' || g.privilege_type || ' on ' || n.nspname || '.' || c.relname as what
      from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) g
      join pg_roles r on r.oid = g.grantee
     where g.privilege_type <> 'SELECT' and g.grantee <> c.relowner
       and (n.nspname in ('history', 'audit', 'foundation', 'known', 'ssd', 'ssd_known') or n.nspname = 'record' and c.relname in ('event', 'due', 'index_card'))`,

  'the analyst reads the catalogue and the reporting views only': sql`
    select g.privilege_type || ' on ' || n.nspname || '.' || c.relname as what
      from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) g
      join pg_roles r on r.oid = g.grantee
     where r.rolname = foundation.role_name('analyst') and (n.nspname not in ('foundation', 'reporting') or g.privilege_type <> 'SELECT')`,

  'what reporting stands on is granted to nobody who signs in': sql`
    select n.nspname || '.' || c.relname || ' to ' || r.rolname as what
      from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
     where g.grantee <> c.relowner and r.rolname <> foundation.role_name('owner')
       and (n.nspname = 'reporting_ssd' or n.nspname = 'reporting' and c.relname !~ '^ssd_' and r.rolcanlogin)`,

  'no role but the owner makes things in our schemas': sql`
    select r.rolname || ' on ' || n.nspname as what from pg_namespace n cross join pg_roles r
     where (n.nspname = any (${schemas}) or n.nspname = 'public')
       and r.rolname in (foundation.role_name('app'), foundation.role_name('jobs'), foundation.role_name('analyst'))
       and has_schema_privilege(r.oid, n.oid, 'CREATE')`,

  'each view that is granted reads with its reader’s rights': sql`
    select n.nspname || '.' || c.relname as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('v', 'm') and n.nspname = any (${schemas}) and n.nspname !~ '^reporting'
       and exists (select from aclexplode(c.relacl) g where g.grantee <> c.relowner)
       and not coalesce('security_invoker=true' = any (c.reloptions) or 'security_invoker=on' = any (c.reloptions), false)`,

  'everything of ours belongs to the owner, who is bound by no more than that': sql`
    select n.nspname || '.' || c.relname as what from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any (${schemas}) and n.nspname !~ '^reporting' and c.relowner <> foundation.role_name('owner')::regrole`,

  'the schema that everybody has holds the list of migrations and no more': sql`
    select c.relname as what from ${tables} where n.nspname = 'public' and c.relname <> 'migration'`,

  'a unique key of the record is about one person': sql`
    select x.indexrelid::regclass::text as what from pg_index x join ${tables} on c.oid = x.indrelid
     where n.nspname = 'record' and x.indisunique
       and not exists (select from pg_attribute a where a.attrelid = x.indrelid and a.attnum = any (x.indkey) and (
             a.attname in ('id', 'person_id') or a.attname ~ '_id$' and a.atttypid = 'uuid'::regtype))
       and (c.relname, pg_get_indexdef(x.indexrelid)) <> ('person', 'CREATE UNIQUE INDEX person_reference_key ON record.person USING btree (reference)')`,
}
type Rule = keyof typeof rules

let db: TestDatabase
const broken = async (rule: Rule, on = db) =>
  (await sql<{ what: string }>`${rules[rule]}`.execute(on.owner)).rows.map(({ what }) => what)

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

describe('the database keeps its own rules', () => {
  test.each(Object.keys(rules) as Rule[])('%s', async (rule) => {
    expect(await broken(rule)).toEqual([])
  })

  test('there is a record to speak of', async () => {
    const { rows } = await sql<{ tables: number; fields: number }>`
      select (select count(*) from foundation.kept_table) as tables, (select count(*) from foundation.field) as fields`.execute(
      db.owner,
    )
    expect(rows[0]!.tables).toBeGreaterThan(35)
    expect(rows[0]!.fields).toBeGreaterThan(180)
  })

  test('docs/record.md has a row for each table, with its field group', async () => {
    const { rows } = await sql<{ name: string; group: string | null }>`
      select table_name as name, field_group as "group" from foundation.kept_table
      union all select unnest(${derived}), null`.execute(db.owner)
    const document = await readFile(new URL('../../docs/record.md', import.meta.url), 'utf8')
    const written = [...document.matchAll(/^\| `(\w+)` \|[^|]*\| ([^|]*) \|/gm)].map(([, name, group]) => ({
      name,
      group,
    }))
    expect(written.map(({ name }) => name).sort()).toEqual(rows.map(({ name }) => name).sort())
    for (const { name, group } of rows) {
      if (group) expect(written.find((one) => one.name === name)?.group, name).toBe(group)
    }
  })

  test('the roles that serve are no more than roles that serve', async () => {
    const { rows } = await sql`
      select r.rolname from pg_roles r
       where r.rolname in (foundation.role_name('app'), foundation.role_name('jobs'), foundation.role_name('analyst'))
         and (r.rolsuper or r.rolbypassrls or r.rolcreatedb or r.rolcreaterole or r.rolreplication
              or pg_has_role(r.oid, foundation.role_name('owner')::regrole, 'MEMBER'))`.execute(db.owner)
    expect(rows).toEqual([])
  })
})

describe('a rule that is broken is seen to be', () => {
  let spoilt: TestDatabase
  const prefix = 'cairn_test'
  const app = sql.id(roleName(prefix, 'app'))
  const analyst = sql.id(roleName(prefix, 'analyst'))

  beforeAll(async () => {
    spoilt = await testDatabase()
    for (const statement of [
      sql`create table record.forgotten (id uuid, secret text)`,
      sql`alter table record.cin_plan add smuggled text`,
      sql`insert into foundation.field values ('cin_plan', 'imagined', 'F36', 'ordinary', 'R-CIN-01', true)`,
      sql`alter table record.mother_status drop column import_place cascade`,
      sql`alter table record.disability drop constraint disability_person_id_fkey`,
      sql`drop trigger keep_history on record.hazard`,
      sql`alter table history.sdq disable row level security`,
      sql`create policy anyone on record.sdq for select using (true)`,
      sql`grant select on record.adoption to public`,
      sql`create function access.handy() returns int language sql security definer return 1`,
      sql`grant execute on function access.handy() to public`,
      sql`grant delete on record.adoption to ${app}`,
      sql`grant insert on record.event to ${app}`,
      sql`grant select on record.person to ${analyst}`,
      sql`grant create on schema record to ${app}`,
      sql`create view ssd.loose as select * from record.person`,
      sql`grant select on ssd.loose to ${app}`,
      sql`create table public.aside (id int)`,
      sql`create unique index on record.person_identifier (value)`,
    ])
      await sql`${statement}`.execute(spoilt.owner)
  })
  afterAll(() => spoilt?.close())

  test.each<[Rule, string]>([
    ['each table of the record was taken in by foundation.keep', 'forgotten'],
    ['T9: each column of the record is in the field catalogue', 'cin_plan.smuggled'],
    ['each line of the catalogue is about a column that is there', 'cin_plan.imagined'],
    ['what is shown only where it is named (governance D.1) has rows of its own', 'cin_plan.imagined'],
    [
      'each table of the record has the kept columns and an index that starts with its person',
      'mother_status',
    ],
    ['each person of a fact is a person of the record', 'disability'],
    ['each twin has its table’s columns and replaced_at', 'cin_plan'],
    ['each kept table keeps its history', 'hazard'],
    ['each table and twin of the record is under row security', 'history.sdq'],
    ['each policy of the record is for one role, and asks the openings or the run', 'record.sdq anyone'],
    ['nothing of ours is granted to everyone', 'record.adoption SELECT'],
    ['no function of ours may be called by everyone', 'access.handy()'],
    ['each function with its owner’s rights pins its search path, pg_temp last', 'access.handy()'],
    ['the application deletes from nothing and empties nothing', 'DELETE on record.adoption'],
    [
      'nobody but the owner changes history, trail, catalogue or what is worked out',
      'cairn_test_app INSERT on record.event',
    ],
    ['the analyst reads the catalogue and the reporting views only', 'SELECT on record.person'],
    ['no role but the owner makes things in our schemas', 'cairn_test_app on record'],
    ['each view that is granted reads with its reader’s rights', 'ssd.loose'],
    ['the schema that everybody has holds the list of migrations and no more', 'aside'],
    ['a unique key of the record is about one person', 'record.person_identifier_value_idx'],
  ])('%s', async (rule, what) => {
    expect(await broken(rule, spoilt)).toContain(what)
  })
})

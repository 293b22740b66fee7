import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inspect } from 'node:util'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { openPool } from './connection.ts'
import { withSingleConnection } from './single-connection.ts'

let db: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  db = await testDatabase()
  pool = openPool({ url: db.urls.owner, name: 'test errors', most: 2 })
  await pool.query(`
    create table public.secret (name text unique check (name not like '%Grimshaw%'), born date, number int not null,
      unique (born, number), check (number < 100));
    insert into public.secret values ('Elsie Marrow', '2014-05-06', 7);
    create function public.speak() returns void language plpgsql as $$
    declare
      who text := (select name from public.secret limit 1);
    begin
      raise exception 'This cannot be done' using detail = who, hint = 'Ask ' || who;
    end $$;`)
})
afterAll(async () => {
  await pool.end()
  await db.close()
})

/** Whatever of the rows, or of what was asked for, an error may not repeat. */
const personal = /Marrow|Elsie|Grimshaw|2014|Failing row/

/** All an error could give to a log: its properties, also the hidden ones, and its stack. */
const everything = (error: unknown) => inspect(error, { depth: 5, showHidden: true })

const statements: [string, string, string][] = [
  ['a unique violation', `insert into public.secret values ('Elsie Marrow', null, 8)`, '23505'],
  ['a check violation', `insert into public.secret values ('Grimshaw', '2014-01-01', 8)`, '23514'],
  ['a missing value', `insert into public.secret values ('Elsie Marrow 2', '2014-01-01', null)`, '23502'],
  [
    'an unreadable date',
    `select * from public.secret where born = any(array['14 Marrow'::text::date])`,
    '22007',
  ],
  ['an unreadable id with quotation marks in it', `select ('Els"ie "Marrow')::text::uuid`, '22P02'],
  ['a date out of range', `select '2014-13-45'::text::date`, '22008'],
  ['an unreadable number', `select ('Marrow''s ''Elsie')::text::int`, '22P02'],
  ['unreadable JSON', `select ('{"name": Elsie Marrow}')::text::jsonb`, '22P02'],
  ['words of a function with detail and hint', 'select public.speak()', 'P0001'],
]

describe('an error never repeats a row', () => {
  test.each(statements)('%s, as a promise', async (_, statement, code) => {
    const error = await pool.query(statement).catch((caught) => caught)
    expect(error.code).toBe(code)
    expect(everything(error)).not.toMatch(personal)
  })

  test.each(statements)('%s, to a callback', async (_, statement, code) => {
    const error = await new Promise<pg.DatabaseError>((done) =>
      pool.query(statement, (caught: Error) => done(caught as pg.DatabaseError)),
    )
    expect(error.code).toBe(code)
    expect(everything(error)).not.toMatch(personal)
  })

  test.each(statements)('%s, through Kysely', async (_, statement, code) => {
    const error = await sql
      .raw(statement)
      .execute(db.owner)
      .catch((caught) => caught)
    expect(error.code).toBe(code)
    expect(everything(error)).not.toMatch(personal)
  })

  test.each(statements)('%s, on a single connection', async (_, statement, code) => {
    const error = await withSingleConnection({ connectionString: db.urls.owner }, (client) =>
      client.query(statement),
    ).catch((caught) => caught)
    expect(error.code).toBe(code)
    expect(everything(error)).not.toMatch(personal)
  })

  test.each([
    ['unreadable', 'Elsie Marrow\tnot Marrow\t1\n', '22007'],
    ['refused', 'Grimshaw\t2014-05-06\t1\n', '23514'],
    ['too many columns', 'Elsie\tMarrow\t1\t2014\n', '22P04'],
  ])('a COPY whose line is %s', async (_, line, code) => {
    const client = await pool.connect()
    const error = await pipeline(
      Readable.from([line]),
      client.query(copyFrom('copy public.secret from stdin')),
    ).catch((caught) => caught)
    client.release(true)
    expect(error.code).toBe(code)
    expect(everything(error)).not.toMatch(personal)
  })

  test('what a programmer needs is left', async () => {
    const error = await pool.query(statements[0]![1]).catch((caught) => caught)
    expect(error).toMatchObject({
      code: '23505',
      schema: 'public',
      table: 'secret',
      constraint: 'secret_name_key',
    })
    expect(error.stack).toContain('connection-errors.db.test.ts')
  })
})

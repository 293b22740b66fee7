import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inRun, openRun, type Run } from '../../access/runs.ts'
import type { Source } from '../../importing/model.ts'
import { runImport } from '../../importing/running.ts'
import { addRun } from '../../importing/store.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { aChild, aChildProtectionPlan, anEpisodeOfNeed, fact } from '../../testing/factories.ts'

interface Table {
  table: string
  fields: { name: string; key?: boolean; references?: string; keys?: string[] }[]
}
const tables = JSON.parse(readFileSync(new URL('tables.json', import.meta.url), 'utf8')) as Table[]

const sampleOf = (name: string) => resolve(import.meta.dirname, '../../../samples', name)

/** A record into which our own samples came: a census, a looked-after return, and a file of people. */
let db: TestDatabase
let run: Run
let before: Date
beforeAll(async () => {
  db = await testDatabase()
  before = new Date()
  const bring = async (source: Source, path: string) => {
    const asked = await addRun(db.jobs, { source, period: '', files: [path] })
    await runImport(db.jobs, asked, [sampleOf(path)])
  }
  await bring('cin-census', 'cin-census/fellshire-2024-25.xml')
  await bring('ssda903', 'ssda903/fellshire-2024-25')
  await bring('people', 'people/fellshire.csv')
  run = await openRun(db.jobs, { purpose: 'test of the dataset', population: 'everyone' })
})
afterAll(() => db?.close())

async function rowsOf<T>(query: ReturnType<typeof sql<T>>, knownAt?: Date): Promise<T[]> {
  return inRun(db.jobs, run, async (trx) => (await query.execute(trx)).rows, { knownAt, readOnly: true })
}
const count = async (of: string, knownAt?: Date) =>
  (await rowsOf(sql<{ count: number }>`select count(*) from ${sql.table(of)}`, knownAt))[0]!.count

describe('what the samples say, as the dataset', () => {
  test('most tables have rows', async () => {
    const filled: string[] = []
    for (const { table } of tables) if ((await count(table)) > 0) filled.push(table)
    for (const needed of [
      'person',
      'cin_episodes',
      'cp_plans',
      'cla_episodes',
      'cla_placement',
      'missing',
      'care_leavers',
      'permanence',
      'address',
    ])
      expect(filled).toContain(`ssd_${needed}`)
  })

  test('each key is there once', async () => {
    for (const { table, fields } of tables) {
      const key = fields.find((field) => field.key)
      if (!key || table === 'ssd_dim_date') continue
      const twice = await rowsOf(
        sql`select ${sql.ref(key.name)} from ${sql.table(table)} group by 1 having count(*) > 1 or ${sql.ref(key.name)} is null`,
      )
      expect(twice, table).toEqual([])
    }
  })

  test('what is referred to is there', async () => {
    for (const { table, fields } of tables)
      for (const { name, references } of fields) {
        const [there, column] = references?.split('.') ?? []
        if (!there || !column) continue
        const orphans = await rowsOf(
          sql`select ${sql.ref(name)} from ${sql.table(table)} t where ${sql.ref(name)} is not null
                 and not exists (select from ${sql.table(there)} o where ${sql.ref(`o.${column}`)} = ${sql.ref(`t.${name}`)})`,
        )
        expect(orphans, `${table}.${name}`).toEqual([])
      }
  })

  test('JSON has all of its keys', async () => {
    for (const { table, fields } of tables)
      for (const { name, keys } of fields) {
        if (!keys) continue
        const rows = await rowsOf(
          sql<{ json: string }>`select ${sql.ref(name)} as json from ${sql.table(table)}`,
        )
        for (const { json } of rows)
          expect(Object.keys(JSON.parse(json)).sort(), name).toEqual(keys.toSorted())
      }
  })

  test('a moment before the imports shows nothing of them', async () => {
    for (const table of ['ssd_person', 'ssd_cin_episodes', 'ssd_cla_episodes', 'ssd_address'])
      expect(await count(table, before), table).toBe(0)
    for (const { table } of tables) expect(await count(table, new Date()), table).toBe(await count(table))
  })

  test('without a run there is nothing to see', async () => {
    const { rows } = await sql<{ count: number }>`select count(*) from ssd.ssd_person`.execute(db.jobs)
    expect(rows[0]!.count).toBe(0)
    const { rows: ofApp } = await sql<{ count: number }>`select count(*) from ssd.ssd_cin_episodes`.execute(
      db.app,
    )
    expect(ofApp[0]!.count).toBe(0)
    await expect(sql`select count(*) from ssd.ssd_person`.execute(db.analyst)).rejects.toMatchObject({
      code: '42501',
    })
  })
})

describe('one human being under two rows of person', () => {
  test('is one person, with the facts of both', async () => {
    const [first, second] = [await aChild(db.owner), await aChild(db.owner, { localId: 'MERGED01' })]
    await fact(db.owner, 'disability', { person_id: first, disability_code: 'LD' })
    await fact(db.owner, 'disability', { person_id: second, disability_code: 'LD' })
    const one = await anEpisodeOfNeed(db.owner, first, { from: '2021-01-01', closed: '2021-06-01' })
    await anEpisodeOfNeed(db.owner, second, { from: '2023-01-01' })
    await aChildProtectionPlan(db.owner, first, {
      referral: one.referral,
      from: '2021-02-01',
      ended: '2021-05-01',
    })
    const seen = () =>
      rowsOf(
        sql<{ id: string; rows: number }>`
          select 'person' as what, pers_person_id as id, count(*) as rows from ssd_person where pers_person_id = 'MERGED01' group by 2
          union all select 'episode', cine_person_id, count(*) from ssd_cin_episodes where cine_person_id = 'MERGED01' group by 2
          union all select 'plan', cppl_person_id, count(*) from ssd_cp_plans where cppl_person_id = 'MERGED01' group by 2
          union all select 'disability', disa_person_id, count(*) from ssd_disability where disa_person_id = 'MERGED01' group by 2
           order by 1`,
      )
    expect((await seen()).map(({ rows }) => rows)).toEqual([1, 1, 1])
    const people = await count('ssd_person')
    await fact(db.owner, 'person_alias', {
      person_id: first,
      same_as: second,
      reason: 'same child, entered twice',
    })
    expect(await seen()).toEqual([
      { what: 'disability', id: 'MERGED01', rows: 1 },
      { what: 'episode', id: 'MERGED01', rows: 2 },
      { what: 'person', id: 'MERGED01', rows: 1 },
      { what: 'plan', id: 'MERGED01', rows: 1 },
    ])
    expect(await count('ssd_person')).toBe(people - 1)
    await sql`update record.person_alias set to_at = now() where person_id = ${first}`.execute(db.owner)
    expect(await count('ssd_person')).toBe(people)
  })
})

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endRun, inRun, openRun } from '../access/runs.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { countRows } from '../testing/importing.ts'
import { dialects, SsdFolders, type SsdRows, ssdSample } from '../testing/ssd-sample.ts'
import { type LoadAccount, type LoadKind, type LoadWishes, runLoad, ssd } from './ssd-running.ts'
import { ssdTables } from './ssd-tables.ts'

let db: TestDatabase
let folders: SsdFolders
beforeEach(async () => {
  db = await testDatabase()
  folders = new SsdFolders()
})
afterEach(async () => {
  folders.remove()
  await db.close()
})

const load = (paths: string | string[], wishes: Partial<LoadWishes> = {}, kind: LoadKind = ssd) =>
  runLoad(db.jobs, kind, [paths].flat(), { system: 'mosaic', ...wishes })

const of = ({ tables }: LoadAccount, table: string) => tables.find((one) => one.table === table)!
const held = ({ tables }: LoadAccount) =>
  Object.fromEntries(tables.filter((one) => one.held > 0).map((one) => [one.table, one.held]))

/** The view of a table, with the identifiers of this record taken back to those of the files. */
async function published(table: string): Promise<Record<string, unknown>[]> {
  const run = await openRun(db.jobs, { purpose: 'test of views', population: 'everyone' })
  try {
    return await inRun(
      db.jobs,
      run,
      async (trx) => {
        const { rows } = await sql<
          Record<string, unknown>
        >`select * from ${sql.table(`ssd.${table}`)}`.execute(trx)
        const { rows: keys } = await sql<{ fact: string; source: string }>`
          select fact_id as fact, source_id as source from importing.source_key
          union all select team_id, source_id from importing.source_team`.execute(trx)
        const back = new Map(keys.map(({ fact, source }) => [fact, source]))
        return rows.map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([field, value]) => [
              field,
              typeof value === 'string' ? (back.get(value) ?? value) : value,
            ]),
          ),
        )
      },
      { readOnly: true },
    )
  } finally {
    await endRun(db.jobs, run)
  }
}

describe('what comes in', () => {
  test.each(Object.keys(dialects) as (keyof typeof dialects)[])(
    'an extract of %s goes in whole, and comes out of the views as it went in',
    async (vendor) => {
      const sample = ssdSample()
      const account = await load(folders.write(sample, dialects[vendor]))
      expect(account.reasons.filter(({ holds }) => holds)).toEqual([])
      for (const { table, read, loaded, warned } of account.tables) {
        expect([table, read]).toEqual([table, sample[table]!.length])
        expect([table, loaded + warned]).toEqual([table, read])
      }
      for (const [table, rows] of Object.entries(sample)) {
        if (table in comesBackOtherwise && comesBackOtherwise[table] === 'all') continue
        const views = await published(table)
        const kept = ssdTables.find(({ name }) => name === table)!.fields.map(({ name }) => name)
        for (const row of rows) {
          const wanted = Object.fromEntries(
            Object.entries(row).filter(
              ([field]) => kept.includes(field) && !otherwise(table).includes(field),
            ),
          )
          expect(
            views.map((view) => ofFields(view, Object.keys(wanted))),
            table,
          ).toContainEqual(ofFields(asPublished(wanted), Object.keys(wanted)))
        }
      }
    },
    60_000,
  )
})

const ofFields = (row: Record<string, unknown>, fields: string[]) =>
  Object.fromEntries(fields.map((field) => [field, row[field] === null ? null : String(row[field])]))

/** Words of the dataset that the views write as codes. */
const words: Record<string, string> = { Neglect: 'NEG', 'Emotional abuse': 'EMO' }
const asPublished = (row: Record<string, string>) =>
  Object.fromEntries(Object.entries(row).map(([field, text]) => [field, words[text] ?? text]))

/** What does not come back as it went in, and why: see docs/import.md. */
const comesBackOtherwise: Record<string, readonly string[] | 'all'> = {
  // The years of events only, and who did what in the record's own terms.
  ssd_cla_convictions: ['clac_cla_conviction_id', 'clac_cla_conviction_date', 'clac_cla_conviction_offence'],
  ssd_cla_health: ['clah_health_check_id', 'clah_health_check_date'],
  ssd_cla_immunisations: ['clai_immunisations_status_date'],
  ssd_cla_substance_misuse: ['clas_substance_misuse_id', 'clas_substance_misuse_date'],
  ssd_care_leavers: ['clea_table_id', 'clea_care_leaver_latest_contact'],
  // Row keys of the old system that stand for the fact itself.
  ssd_disability: ['disa_table_id'],
  ssd_mother: ['moth_table_id'],
  ssd_assessment_factors: ['cinf_table_id', 'cinf_assessment_factors_json'],
  ssd_address: ['addr_address_json'],
  ssd_person: ['pers_nationality'],
  ssd_professionals: ['prof_social_worker_registration_no'],
  ssd_department: [],
}
const otherwise = (table: string): readonly string[] => {
  const fields = comesBackOtherwise[table]
  return fields === undefined || fields === 'all' ? [] : fields
}

import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { writing } from '../access/reading.ts'
import { run as cairn } from '../cli.ts'
import { migrateQueue } from '../database/queue.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { bring, own } from '../testing/importing.ts'
import { signedIn } from '../testing/signed-in.ts'
import { SsdFolders, type SsdRows, ssdSample } from '../testing/ssd-sample.ts'
import type { Session } from '../web/session.ts'
import type { PartName } from './reconciliation-model.ts'
import { runReconciliation } from './reconciliation-running.ts'
import {
  addReconciled,
  askReconciliation,
  decideDifference,
  differencesOf,
  findReconciled,
  lastLoad,
  linesOf,
  partsOf,
  signaturesOf,
  signReconciliation,
} from './reconciliation-store.ts'
import { runLoad, ssd } from './ssd-running.ts'
import type { Transaction } from './store.ts'

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

const load = async (sample: SsdRows): Promise<string> => {
  await runLoad(db.jobs, ssd, [folders.write(sample)], { system: 'mosaic' })
  return (await lastLoad(db.jobs, 'mosaic'))!
}

/** Calculates a part. @returns what differs: 'ssd_person missing: 1 (1001)' */
async function reconcile(run: string, part: PartName = 'tables', paths: string[] = [], period = '') {
  const files = paths.map((path) => path.replace(/^.*\//, ''))
  const id = await addReconciled(db.jobs, { run, part, period, files })
  await runReconciliation(db.jobs, (await findReconciled(db.jobs, id))!, paths)
  return id
}

async function differing(id: string): Promise<string[]> {
  const { rows } = await sql<{ subject: string; kind: string; field: string; told: string[] }>`
    select subject, kind, field, array_agg(concat_ws(' ', child, row_key, theirs, ours) order by child, row_key) as told
      from importing.reconciled_row where reconciled_id = ${id}::uuid group by 1, 2, 3 order by 1, 2, 3`.execute(
    db.owner,
  )
  return rows.map(
    ({ subject, kind, field, told }) =>
      `${subject} ${[kind, field].filter(Boolean).join(' ')}: ${told.join('; ')}`,
  )
}

const byHand = (text: string) =>
  sql.raw(`set search_path = record, pg_temp; ${text}; reset search_path`).execute(db.owner)

describe('the authority’s own returns', () => {
  test('a return is held against ours of the same year, child by child', async () => {
    await bring(db, 'cin-census', own.census)
    await bring(db, 'ssda903', own.care, { year: '2025' })
    const sample = ssdSample()
    for (const table of Object.keys(sample)) if (table !== 'ssd_person') delete sample[table]
    sample.ssd_person = [{ pers_person_id: '1001', pers_forename: 'Ada', pers_surname: 'Quillfeather' }]
    const run = await load(sample)
    const before = [
      await differing(await reconcile(run, 'cin-census', [own.census])),
      await differing(await reconcile(run, 'ssda903', [own.care], '2025')),
    ].flat()
    await byHand(
      `update child_protection_plan set cp_plan_latest_category = 'SAB' where cp_plan_latest_category = 'EMO'`,
    )
    await byHand(`delete from cin_plan where cin_plan_start_date > '2023-07-11'`)
    await byHand(`update episode set place = 'U1' where place = 'K2' and dec is null`)
    const census = await reconcile(run, 'cin-census', [own.census])
    const care = await reconcile(run, 'ssda903', [own.care], '2025')
    const after = [...(await differing(census)), ...(await differing(care))]
    expect(after.filter((text) => !before.includes(text))).toEqual([
      'Child in need plans theirs-only: FELL0001 2023-07-11; FELL0001 2024-03-21',
      'Child protection plans differs LatestCategoryOfAbuse: FELL0003 2023-11-17 EMO SAB',
      'Episodes differs PLACE: FELL0103 2022-01-25 K2 U1',
      'Looked after on 31 March differs PLACE: FELL0103  K2 U1',
    ])
    expect(before.filter((text) => !after.includes(text))).toHaveLength(1)
    const lines = await linesOf(db.jobs, [care])
    expect(
      lines
        .filter(({ field, code }) => field === 'PLACE' && ['K2', 'U1'].includes(code))
        .map(({ subject, code, read, ours }) => [subject, code, read, ours]),
    ).toEqual([
      ['Looked after on 31 March', 'K2', 1, 0],
      ['Looked after on 31 March', 'U1', 0, 1],
      ['Episodes', 'K2', 2, 1],
      ['Episodes', 'U1', 0, 1],
    ])
  })
})

describe('the files of a load', () => {
  test('a load that came in whole differs in nothing from the views', async () => {
    const sample = ssdSample()
    const id = await reconcile(await load(sample))
    expect(await differing(id)).toEqual([])
    const lines = await linesOf(db.jobs, [id])
    for (const { subject, code, read, loaded, warned } of lines.filter(({ code }) => code === '')) {
      expect([subject, code, read]).toEqual([subject, code, sample[subject]!.length])
      expect([subject, loaded + warned]).toEqual([subject, read])
    }
    expect(lines.filter(({ subject }) => subject === 'ssd_cin_episodes')).toMatchObject([
      { code: '', read: 3, ours: 3 },
      { code: '2022-23', read: 2, ours: 2 },
      { code: '2023-24', read: 1, ours: 1 },
    ])
  })

  test('what was held, what is gone, what has another date and what only an earlier load had are found, and nothing else', async () => {
    const first = ssdSample()
    first.ssd_cin_episodes!.push({
      cine_referral_id: 'R8',
      cine_person_id: '1001',
      cine_referral_date: '2019-05-05',
    })
    await load(first)
    const sample = ssdSample()
    sample.ssd_cin_episodes!.push({
      cine_referral_id: 'R9',
      cine_person_id: '1001',
      cine_referral_date: '2023-02-31',
    })
    sample.ssd_voice_of_child = [{ voch_table_id: 'X1', voch_person_id: '1001', voch_plan_safe: 'Y' }]
    const run = await load(sample)
    await byHand(`update referral set referral_date = '2024-05-09' where referral_date = '2024-01-09'`)
    await byHand(`delete from cin_plan`)
    const id = await reconcile(run)
    expect(await differing(id)).toEqual([
      'ssd_cin_episodes earlier-only: 1001 R8 2019-05-05',
      'ssd_cin_episodes held: 1001 R9',
      'ssd_cin_episodes other-date: 1001 R1 2024-01-09 2024-05-09',
      'ssd_cin_plans missing: 1001 P1',
      'ssd_voice_of_child held: ',
    ])
    const lines = await linesOf(db.jobs, [id])
    expect(
      lines
        .filter(({ subject }) => subject === 'ssd_cin_episodes')
        .map(({ code, read, held, ours }) => [code, read, held, ours]),
    ).toEqual([
      ['', 4, 1, 4],
      ['2019-20', 0, 0, 1],
      ['2022-23', 2, 0, 2],
      ['2023-24', 1, 0, 0],
      ['2024-25', 0, 0, 1],
      ['no date', 1, 1, 0],
    ])
    expect((await differencesOf(db.jobs, [id])).map(({ rows, children }) => [rows, children])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 0],
    ])
    const { rows } = await sql`
      select from audit.trail where payload ->> 'purpose' = 'reconciliation of a load: the files of the load' and payload ->> 'population' = 'the people of the load'`.execute(
      db.owner,
    )
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('the sign-off', () => {
  const as = (session: Session, work: (trx: Transaction) => Promise<unknown>) =>
    writing(db.app, session, work)

  test('takes two people, refuses while a difference is undecided, and is void when another load comes in', async () => {
    await migrateQueue(db.urls.jobs)
    await bring(db, 'cin-census', own.census)
    await bring(db, 'ssda903', own.care, { year: '2025' })
    const run = await load(ssdSample())
    const analyst = await signedIn(db, { roles: ['A-PERF', 'A-SM'] })
    const manager = await signedIn(db, { roles: ['A-SM'] })
    const worker = await signedIn(db, { roles: ['A-SW'] })
    const sign = (session: Session, role: 'A-PERF' | 'A-SM') =>
      writing(db.app, session, async (trx) => {
        const { current } = await partsOf(trx, run)
        return signReconciliation(
          trx,
          session,
          run,
          role,
          current.map(({ id }) => id),
        )
      })
    expect(await sign(analyst, 'A-PERF')).toBe('not-all')
    await expect(
      as(worker, (trx) => askReconciliation(trx, worker, { run, part: 'tables' })),
    ).rejects.toThrow()
    await as(analyst, async (trx) => {
      const id = await askReconciliation(trx, analyst, { run, part: 'tables' })
      expect(await findReconciled(trx as never, id)).toMatchObject({ state: 'waiting', part: 'tables' })
    })
    const waiting = (await partsOf(db.jobs, run)).asked[0]!
    await runReconciliation(db.jobs, waiting, [])
    const census = await reconcile(run, 'cin-census', [own.census])
    const care = await reconcile(run, 'ssda903', [own.care], '2025')
    expect(await sign(analyst, 'A-PERF')).toBe('undecided')
    const found = await differencesOf(db.jobs, [waiting.id, census, care])
    const decide = (id: string, decision: 'explained' | 'put-right', words = '') =>
      as(analyst, (trx) => decideDifference(trx, analyst, id, decision, words))
    for (const { id } of found.slice(1)) await decide(id, 'explained', 'it lies outside the year')
    await expect(decide(found[0]!.id, 'explained', ' ')).rejects.toThrow()
    await decide(found[0]!.id, 'put-right')
    expect(await sign(analyst, 'A-PERF')).toBe('undecided')
    await decide(found[0]!.id, 'explained', 'looked at together')
    await expect(sign(manager, 'A-PERF')).rejects.toThrow()
    expect(await sign(analyst, 'A-PERF')).toBeNull()
    expect(await sign(analyst, 'A-SM')).toBe('signed-already')
    expect(await sign(manager, 'A-SM')).toBeNull()
    const current = async () => (await signaturesOf(db.app, run)).map((one) => one.current)
    expect(await current()).toEqual([true, true])

    // The same differences calculated again keep what was said of them; the signatures were for what stood there before.
    const again = await reconcile(run, 'cin-census', [own.census])
    expect(new Set((await differencesOf(db.jobs, [again])).map(({ decision }) => decision))).toEqual(
      new Set(['explained']),
    )
    expect(await current()).toEqual([false, false])
    expect(await sign(manager, 'A-SM')).toBeNull()

    await load(ssdSample())
    expect(await current()).toEqual([false, false, false])
    expect(await sign(analyst, 'A-PERF')).toBe('later-load')
    await expect(reconcile(run)).rejects.toThrow('A later load has come in')
  })
})

describe('the command line', () => {
  test('says what differs, and 1 while something is not explained', async () => {
    const sample = ssdSample()
    await load(sample)
    vi.stubEnv('DATABASE_URL', db.urls.app)
    vi.stubEnv('DATABASE_JOBS_URL', db.urls.jobs)
    const out = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
    try {
      expect(await cairn(['import', 'reconcile'])).toBe(0)
      expect(out.mock.calls.flat().join('')).toBe('Nothing differs.\n')
      out.mockClear()
      await byHand(`delete from cin_plan`)
      expect(await cairn(['import', 'reconcile', '--system', 'mosaic', '--json'])).toBe(1)
      expect(JSON.parse(out.mock.calls.flat().join(''))).toMatchObject({
        part: 'tables',
        differences: [{ subject: 'ssd_cin_plans', kind: 'missing', rows: 1, children: 1, decision: null }],
      })
    } finally {
      out.mockRestore()
      vi.unstubAllEnvs()
    }
  })
})

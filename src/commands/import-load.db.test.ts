import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { run } from '../cli.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { SsdFolders, ssdSample } from '../testing/ssd-sample.ts'

let db: TestDatabase
const folders = new SsdFolders()
beforeAll(async () => {
  db = await testDatabase()
  vi.stubEnv('DATABASE_URL', db.urls.app)
  vi.stubEnv('DATABASE_JOBS_URL', db.urls.jobs)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  folders.remove()
  await db?.close()
})

/** Runs a command line. @returns its exit status and what it said */
async function cairn(...args: string[]) {
  const said = { out: '', err: '' }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += text
    return true
  })
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += text
    return true
  })
  try {
    return { status: await run(['import', ...args]), ...said }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

test('a load on the command line: dry first, then for good, with an account of every table and its exit status', async () => {
  const sample = ssdSample()
  sample.ssd_disability!.push({ disa_person_id: '1001', disa_disability_code: 'Poorly' })
  sample.ssd_cin_episodes![0]!.cine_referral_worker_id = 'W1'
  const folder = folders.write(sample)

  const none = await cairn('ssd', `${folder}/nowhere`, '--system', 'mosaic')
  expect(none).toMatchObject({ status: 2, out: '' })
  expect(none.err).toContain('nowhere: there is no such file or folder')
  expect((await cairn('ssd', folder, '--system', 'Mosaic 5')).err).toContain(
    'use small letters, figures and hyphens',
  )

  const dry = await cairn('ssd', folder, '--system', 'mosaic', '--dry-run')
  expect(dry.status).toBe(1)
  for (const line of [
    /^Dry run: nothing was changed\.$/m,
    /^ +read +loaded +with warning +held +gone$/m,
    /^ssd_disability +2 +1 +0 +1 +0$/m,
    /^ssd_disability: 1 held: disa_disability_code: ‘Poorly’ is no code/m,
    /^ssd_cin_episodes: cine_referral_worker_id has no place in the record; 1 rows fill it$/m,
    /^1 local words stand for nothing yet/m,
    /^Restrictions have not been loaded/m,
  ])
    expect(dry.out).toMatch(line)
  expect(dry.out).not.toMatch(/pers_is_mother|clac_cla_conviction_id|clav_cla_id/)
  expect((await sql`select from record.person`.execute(db.owner)).rows).toEqual([])

  const nobody = folders.file('restrictions.csv', 'person_id,kind,reason,review_on,readers\n')
  expect(await cairn('restrictions', nobody, '--system', 'mosaic')).toMatchObject({ status: 0 })
  const real = await cairn('ssd', folder, '--system', 'mosaic', '--json')
  const account = JSON.parse(real.out)
  expect(real.status).toBe(1)
  expect(account).toMatchObject({ dryRun: false, system: 'mosaic', restrictionsAwaited: false })
  expect(account.tables.find(({ table }: { table: string }) => table === 'ssd_person')).toMatchObject({
    read: 5,
    loaded: 5,
  })
})

import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { folderWitness } from '../audit/folder-witness.ts'
import { handOver } from '../audit/hand-over.ts'
import { sealTrail } from '../audit/seal.ts'
import { run } from '../cli.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'

const { privateKey: key } = generateKeyPairSync('ed25519')
let db: TestDatabase
let folder: string
beforeAll(async () => {
  ;[db, folder] = await Promise.all([testDatabase(), mkdtemp(join(tmpdir(), 'cairn-witness-'))])
  vi.stubEnv('DATABASE_URL', db.urls.app)
  vi.stubEnv('DATABASE_JOBS_URL', db.urls.jobs)
  vi.stubEnv('CAIRN_WITNESS', folder)
  await sql`select audit.write('{"action": "view"}') from generate_series(1, 3)`.execute(db.owner)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await db?.close()
  await rm(folder, { recursive: true, force: true })
})

/** One command line, what it said and its exit status. */
async function cairn(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const hear = (name: 'out' | 'err') => (text: unknown) => {
    said[name] += String(text)
    return true
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(hear('out') as never),
    vi.spyOn(process.stderr, 'write').mockImplementation(hear('err') as never),
  ]
  try {
    return { status: await run(['audit', 'verify', ...args]), ...said }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('2 and one line where there is nothing to prove it against, 0 when proved, 1 with the line when not', async () => {
  const before = await cairn()
  expect(before).toMatchObject({ status: 2, out: '' })
  expect(before.err).toMatch(/^The witness holds no root of this trail.*\n$/)

  await sealTrail(db.jobs, key)
  await handOver(db.jobs, folderWitness(folder), key)
  const proved = await cairn()
  expect(proved).toMatchObject({ status: 0, err: '' })
  expect(proved.out).toMatch(/^The trail is whole[\s\S]*Unsealed {4}none/)

  const part = `audit.trail_${new Date().toISOString().slice(0, 7).replace('-', '_')}`
  await sql.raw(`alter table ${part} disable trigger append_only`).execute(db.owner)
  const { rows } = await sql<{ id: string }>`
    delete from audit.trail where id = (select line_id from audit.leaf where index = 1) returning id`.execute(
    db.owner,
  )
  const found = await cairn()
  expect(found.status).toBe(1)
  expect(found.out).toMatch(
    new RegExp(`Line ${rows[0]!.id} \\(place 1, .* 20\\d\\d, \\d\\d:\\d\\d\\) is gone\\.`),
  )
  const json = await cairn('--json')
  expect(json.status).toBe(1)
  expect(JSON.parse(json.out)).toMatchObject({
    proved: false,
    findings: [{ kind: 'removed', id: rows[0]!.id, place: 1 }],
    unsealed: { count: 0 },
  })
})

test('2 for a witness that is not set or not there', async () => {
  expect((await cairn('--witness', join(folder, 'nowhere'))).status).toBe(2)
  vi.stubEnv('CAIRN_WITNESS', '')
  const unset = await cairn()
  expect(unset.status).toBe(2)
  expect(unset.err).toMatch(/^CAIRN_WITNESS is not set.*\n$/)
  vi.stubEnv('CAIRN_WITNESS', folder)
})

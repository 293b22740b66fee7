import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { run } from '../cli.ts'
import { runImport } from '../importing/running.ts'
import { addRun } from '../importing/store.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'

const census = resolve(import.meta.dirname, '../../samples/cin-census/fellshire-2024-25.xml')
const folder = mkdtempSync(join(tmpdir(), 'cairn-return-'))
const path = (name: string) => join(folder, name)

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
  const asked = await addRun(db.jobs, { source: 'cin-census', period: '', files: [census] })
  await runImport(db.jobs, asked, [census])
  vi.stubEnv('DATABASE_URL', db.urls.app)
  vi.stubEnv('DATABASE_JOBS_URL', db.urls.jobs)
  vi.stubEnv('CAIRN_LEA', '')
})
afterEach(() => {
  vi.stubEnv('NODE_ENV', 'test')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
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
    return { status: await run(['return', 'cin-census', ...args]), ...said }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

describe('cairn return cin-census', () => {
  test('writes the file and says its hash', async () => {
    const { status, out } = await cairn('--year', '2024-25', '--out', path('a.xml'))
    const hash = createHash('sha256')
      .update(readFileSync(path('a.xml')))
      .digest('hex')
    expect({ status, out }).toEqual({ status: 0, out: `${path('a.xml')}: 8 children.\nSHA-256 ${hash}\n` })
  })

  test('--json has the shape that programs rely on', async () => {
    const { status, out } = await cairn(
      '--year',
      '2023-24',
      '--out',
      path('b.xml'),
      '--as-reported',
      '--json',
    )
    const told = JSON.parse(out)
    expect(status).toBe(1)
    expect(told).toMatchObject({
      return: 'cin-census',
      year: '2023-24',
      file: path('b.xml'),
      children: 9,
      notOffered: null,
    })
    expect(told.size).toBe(readFileSync(path('b.xml')).length)
    expect(told.departures[0]).toEqual({
      child: 'FELL0001',
      element: 'ChildIdentifiers/Sex',
      what: 'GenderCurrent is missing, or Sex is out of place',
    })
  })

  test('as it was known before anything was: no file, and why', async () => {
    const { status, out } = await cairn(
      '--year',
      '2024-25',
      '--out',
      path('c.xml'),
      '--known-at',
      '2020-01-01',
    )
    expect(status).toBe(1)
    expect(out).toContain('No file was written. No child goes into the return for 2024-25.')
    expect(existsSync(path('c.xml'))).toBe(false)
  })

  test('a file that is there stays as it was when there is nothing to put in its place', async () => {
    await cairn('--year', '2024-25', '--out', path('d.xml'))
    const before = readFileSync(path('d.xml'))
    await cairn('--year', '2024-25', '--out', path('d.xml'), '--known-at', '2020-01-01')
    expect(readFileSync(path('d.xml')).equals(before)).toBe(true)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test.each([
    [['--year', '1999-00', '--out', 'x.xml'], "argument '1999-00' is invalid"],
    [['--year', '2024-25'], "required option '--out <file>' not specified"],
    [['--year', '2024-25', '--out', 'x.xml', '--known-at', 'soon'], 'Write it like 2025-11-23'],
    [
      ['--year', '2024-25', '--out', 'x.xml', '--known-at', '2099-01-01'],
      'What will be known at a time to come',
    ],
    [['--year', '2024-25', '--out', path('no/such/folder.xml')], 'folder.xml: there is no such folder'],
  ])('%j cannot be done, in one line', async (args, words) => {
    const { status, err } = await cairn(...args)
    expect(status).toBe(2)
    expect(err).toContain(words)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test('in production the authority’s number must be known', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    vi.stubEnv('CAIRN_SECRET', 'a secret for tests only, long enough')
    vi.stubEnv('CAIRN_ACCOUNT_KEY', 'a key for tests only, long enough to be')
    const { status, err } = await cairn('--year', '2024-25', '--out', path('e.xml'))
    expect({ status, err }).toEqual({
      status: 2,
      err: 'CAIRN_LEA is not set: the three-digit number that the DfE has given the authority.\n',
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('e.'))).toEqual([])
  })

  test('each file made is on the trail with purpose and population', async () => {
    const { rows } = await sql<{ purpose: string; population: string }>`
      select payload ->> 'purpose' as purpose, payload ->> 'population' as population from audit.trail
       where payload ->> 'action' = 'run' and payload ->> 'purpose' like 'children in need census%' order by id limit 2`.execute(
      db.owner,
    )
    expect(rows).toEqual([
      {
        purpose: 'children in need census 2024-25',
        population: 'children in need between 2024-04-01 and 2025-03-31',
      },
      {
        purpose: 'children in need census 2023-24, as reported',
        population: 'every child with an episode of need',
      },
    ])
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { describeSamples, sample } from '../testing/samples.ts'
import type { Source } from './model.ts'
import { runImport } from './running.ts'
import { addRun } from './store.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

async function bring(source: Source, ...paths: string[]) {
  const run = await addRun(db.jobs, { source, period: '', files: paths })
  return runImport(db.jobs, run, paths)
}

describeSamples('come in', () => {
  test('SSDA903', async () => {
    const t = Date.now()
    const account = await bring('ssda903', sample('ssda903'))
    console.log(Date.now() - t, { ...account, problems: account.problems.length })
    const by = new Map<string, number>()
    for (const { reason } of account.problems)
      by.set(reason.replace(/‘.*?’/, 'X'), (by.get(reason.replace(/‘.*?’/, 'X')) ?? 0) + 1)
    console.log(by)
    const u = Date.now()
    const again = await bring('ssda903', sample('ssda903'))
    console.log(Date.now() - u, { ...again, problems: again.problems.length })
    for (const f of [
      'fake_CIN_data.xml',
      'CIN_Census_2021.xml',
      'CIN_Census_2024.xml',
      'CIN_Census_2026.xml',
    ]) {
      const a = await bring('cin-census', sample(`cin-census/${f}`)).catch((e) => e)
      console.log(
        f,
        a instanceof Error ? a : { ...a, problems: a.problems.slice(0, 10), n: a.problems.length },
      )
    }
  })
})

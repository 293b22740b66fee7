import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { bring, countRows } from '../testing/importing.ts'
import { describeSamples, sample } from '../testing/samples.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

describeSamples('are read into the record', () => {
  test('a looked-after return of 2,675 children, as another system made it; and again', async () => {
    const path = sample('ssda903')
    const first = await bring(db, 'ssda903', path, { year: '2018' })
    // One social worker's row is about a child who stands nowhere else.
    expect(first.read).toBe(2676)
    const rows = await countRows(db)
    const overlaps = first.problems.filter(({ reason }) => reason.startsWith('It overlaps')).length
    expect(rows.episode).toBe(5050 - overlaps)
    expect(rows).toMatchObject({
      looked_after_review: 12582,
      uasc_status: 132,
      missing_episode: 43,
      adoption: 29,
    })
    // Every reversed decision has a reason, XXX, that never was a code; nothing of them is lost.
    const reversed = first.problems.filter(({ file }) => file.startsWith('placed_for_adoption'))
    expect((rows.placed_for_adoption ?? 0) + reversed.length).toBe(59)
    const again = await bring(db, 'ssda903', path, { year: '2018' })
    expect(again).toMatchObject({ created: 0, updated: 0, withdrawn: 0, unchanged: first.created })
    expect(await countRows(db)).toEqual(rows)
  })

  test('a looked-after return in XML', async () => {
    const before = await countRows(db)
    const account = await bring(db, 'ssda903', sample('ssda903/fake_903.xml'), { year: '2019' })
    const after = await countRows(db)
    expect(account.read).toBeGreaterThan(100)
    const held = account.problems.filter(({ reason }) => reason.startsWith('It overlaps')).length
    const episodes = readFileSync(sample('ssda903/fake_903.xml'), 'utf8').split('<EPISODE>').length - 1
    expect(after.episode! - before.episode! + held).toBe(episodes)
  })

  test('every census there is', async () => {
    const files = ['fake_CIN_data.xml', 'CIN_Census_2021.xml', 'CIN_Census_2024.xml', 'CIN_Census_2026.xml']
    const read: Record<string, number> = {}
    for (const file of files) {
      const account = await bring(db, 'cin-census', sample(`cin-census/${file}`), { evenIfOlder: true })
      read[file] = account.read
      expect(account.created, file).toBeGreaterThan(0)
    }
    expect(read).toEqual({
      'fake_CIN_data.xml': 332,
      'CIN_Census_2021.xml': 1,
      'CIN_Census_2024.xml': 2,
      'CIN_Census_2026.xml': 2,
    })
  })
})

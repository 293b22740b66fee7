import { afterAll, beforeAll, expect, test } from 'vitest'
import { inRun, openRun } from '../../access/runs.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { aChild, aPeriodOfCare, fact } from '../../testing/factories.ts'
import { ssda903Tables } from '../reading/ssda903/tables.ts'
import { readReturnChild } from './read.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

test('permanence before care is told of who is looked after in the year, not of a care leaver of it', async () => {
  const young = await aChild(db.owner, { born: '2006-05-01' })
  await aPeriodOfCare(db.owner, young, [
    { from: '2018-09-01', to: '2024-05-01', ls: 'C2', place: 'U6', rne: 'S' },
  ])
  await fact(db.owner, 'previous_permanence', {
    person_id: young,
    prev_perm: 'P1',
    date_perm: '01/02/2015',
  })
  await fact(db.owner, 'care_leaver_outcome', {
    person_id: young,
    collection_year: '2025-26',
    in_touch: 'YES',
  })
  const run = await openRun(db.jobs, { purpose: 'a test of the return', population: 'one child' })
  const rowsIn = async (year: string) => {
    const child = await inRun(db.jobs, run, (trx) => readReturnChild(trx, year, young))
    return Object.fromEntries(ssda903Tables.map(({ name }, of) => [name, child?.tables[of]?.length ?? 0]))
  }
  expect(await rowsIn('2023-24')).toMatchObject({ Episodes: 1, PrevPerm: 1, OC3: 0 })
  expect(await rowsIn('2025-26')).toMatchObject({ Episodes: 0, PrevPerm: 0, OC3: 1 })
})

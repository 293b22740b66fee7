import { expect, test } from 'vitest'
import { census, child903 } from '../rules/testing.ts'
import { childChecker } from './child.ts'

const job = { year: '2025-26', ruleset: '2025-26', only: null, lists: {} }

test('a child of the record is checked alone', async () => {
  const { check, ran, notRun } = await childChecker({
    ...job,
    return: 'ssda903',
    has: ['Header', 'Episodes'],
  })
  const found = check(child903({ Episodes: [{ DECOM: '02/05/2025', DEC: '01/05/2025' }] }))
  expect(found).toContainEqual({
    ...{ rule: '356', kind: 'error', child: '1', message: expect.any(String) },
    places: [{ table: 'Episodes', row: 1, fields: ['DECOM'] }],
  })
  expect(ran).not.toContain('444')
  expect(notRun).toContainEqual({ rule: '444', why: 'it looks across the children of a return' })
})

test('of either return', async () => {
  const { check } = await childChecker({ ...job, return: 'cin-census', has: ['ChildIdentifiers'] })
  expect(
    check(census({ ChildIdentifiers: { LAchildID: 'K7' } })).map(({ rule, child }) => [rule, child]),
  ).toContainEqual([...['4180', 'K7']])
})

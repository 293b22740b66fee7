import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './398.ts'

const check = (LS: string, HOME_POST: string, PL_POST: string) =>
  findings(rule, child903({ Episodes: { LS, HOME_POST, PL_POST } }))

test.each(['V3', 'V4'])('%s with a postcode', (LS) => {
  expect(check(LS, 'AA1 1AA', '')).toEqual(['Episodes 1 LS HOME_POST PL_POST'])
  expect(check(LS, '', 'AA1 1AA')).toHaveLength(1)
  expect(check(LS, '', '')).toEqual([])
})

test('other legal statuses, and none, pass', () => {
  expect(check('V2', 'AA1 1AA', 'BB1 1BB')).toEqual([])
  expect(check('', 'AA1 1AA', 'BB1 1BB')).toEqual([])
})

import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './633.ts'

const check = (LA_PERM: string) => findings(rule, child903({ PrevPerm: { LA_PERM } }))

test.each(['200', '214', '838', '940', '01', 'ENG', 'E10000030'])('%s', (code) => {
  expect(check(code)).toEqual(['PrevPerm 1 LA_PERM'])
})

test.each(['201', '420', '837', '999', 'WAL', 'SCO', 'NUK', 'NIR', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})

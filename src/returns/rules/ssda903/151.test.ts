import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './151.ts'

const all = {
  DATE_INT: '01/05/2025',
  DATE_MATCH: '32/05/2025',
  FOSTER_CARE: '0',
  NB_ADOPTR: '2',
  SEX_ADOPTR: 'XX',
  LS_ADOPTR: 'L11',
}
const check = (AD1: Record<string, string>) => findings(rule, child903({ AD1 }))

test('all or none', () => {
  expect(check(all)).toEqual([])
  expect(check({})).toEqual([])
})

test.each(Object.entries(all))('%s alone, or all but that', (field, value) => {
  const marked = ['AD1 1 DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR']
  expect(check({ [field]: value })).toEqual(marked)
  expect(check({ ...all, [field]: '' })).toEqual(marked)
})

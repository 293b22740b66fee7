import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './153.ts'

const all = { IN_TOUCH: 'YES', ACTIV: 'F1', ACCOM: '0' }
const check = (OC3: Record<string, string>) => findings(rule, child903({ OC3 }))

test('all or none', () => {
  expect(check(all)).toEqual([])
  expect(check({})).toEqual([])
})

test.each(Object.entries(all))('%s alone, or all but that', (field, value) => {
  const marked = ['OC3 1 IN_TOUCH ACTIV ACCOM']
  expect(check({ [field]: value })).toEqual(marked)
  expect(check({ ...all, [field]: '' })).toEqual(marked)
})

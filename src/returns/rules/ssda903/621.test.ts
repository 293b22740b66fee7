import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './621.ts'

const check = (DOB: string, MC_DOB: string) => findings(rule, child903({ Header: { DOB, MC_DOB } }))
const marked = ['Header 1 DOB MC_DOB']

test('born on the same day or after, not the day before', () => {
  expect(check('02/05/2025', '01/05/2025')).toEqual(marked)
  expect(check('01/05/2025', '01/05/2025')).toEqual(marked)
  expect(check('30/04/2025', '01/05/2025')).toEqual([])
})

test('her own date is blank or none', () => {
  expect(check('', '01/05/2025')).toEqual(marked)
  expect(check('31/04/2009', '01/05/2025')).toEqual(marked)
})

test('the child’s date is blank or none', () => {
  expect(check('02/05/2009', '')).toEqual([])
  expect(check('', '')).toEqual([])
  expect(check('02/05/2009', '31/04/2025')).toEqual([])
})

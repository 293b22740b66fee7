import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW13STG1.ts'

const check = (SW_REASON: string, SW_DECOM = '01/05/2023', year = '2025-26') =>
  findings(rule, child903({ SWEpisodes: { SW_REASON, SW_DECOM } }), { year })
const marked = ['SWEpisodes 1 SW_REASON']

test.each([
  'MANAGE',
  'FCONTA',
  'LEFTRL',
  'ORGRST',
  'TSPROC',
  'ABSENC',
  'CHCHAN',
  'PCCHAN',
  'SWDIED',
  'OTHERS',
])('%s passes', (reason) => {
  expect(check(reason)).toEqual([])
  expect(check(reason, '', '2023-24')).toEqual([])
})

test('no code of the list, whenever the spell began', () => {
  expect(check('OTHER')).toEqual(marked)
  expect(check('OTHER', '01/05/2020')).toEqual(marked)
  expect(check('OTHER', '', '2023-24')).toEqual(marked)
})

test('from 2024-25 blank for a spell from 1 April 2023, not before', () => {
  expect(check('', '01/04/2023')).toEqual(marked)
  expect(check('', '31/03/2023')).toEqual([])
  expect(check('', '')).toEqual([])
  expect(check('', '31/04/2023')).toEqual([])
})

test('in 2023-24 blank always fails', () => {
  expect(check('', '31/03/2023', '2023-24')).toEqual(marked)
  expect(check('', '', '2023-24')).toEqual(marked)
})

import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './440.ts'

const check = (DOB: string, REVIEW: string, REVIEW_CODE = 'PN0') =>
  findings(rule, child903({ Reviews: { DOB, REVIEW, REVIEW_CODE } }))

test('on the 4th birthday or after, not the day before', () => {
  expect(check('14/05/2021', '14/05/2025')).toEqual(['Reviews 1 DOB REVIEW REVIEW_CODE'])
  expect(check('14/05/2021', '15/05/2025')).toHaveLength(1)
  expect(check('14/05/2021', '13/05/2025')).toEqual([])
})

test('born on 29 February, the 4th birthday is one too', () => {
  expect(check('29/02/2020', '28/02/2024')).toEqual([])
  expect(check('29/02/2020', '29/02/2024')).toHaveLength(1)
})

test('other codes, and dates that are none, pass', () => {
  expect(check('14/05/2021', '14/05/2025', 'PN1')).toEqual([])
  expect(check('14/05/2021', '14/05/2025', '')).toEqual([])
  expect(check('', '14/05/2025')).toEqual([])
  expect(check('14/05/2021', '')).toEqual([])
  expect(check('14/05/2021', '31/06/2025')).toEqual([])
})

test('the date of birth is that of the review', () => {
  const child = child903({
    Header: { DOB: '14/05/2012' },
    Reviews: { DOB: '14/05/2024', REVIEW: '01/06/2025', REVIEW_CODE: 'PN0' },
  })
  expect(findings(rule, child)).toEqual([])
})

import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './451.ts'

const check = (LS: string, DEC: string, REC: string) =>
  findings(rule, child903({ Episodes: { LS, DEC, REC } }), { year: '2023-24' })

test('neither an end nor a reason for it', () => {
  expect(check('D1', '', '')).toEqual(['Episodes 1 DEC REC LS'])
})

test('either of the two passes, a date that is none too', () => {
  expect(check('D1', '01/05/2023', '')).toEqual([])
  expect(check('D1', '31/06/2023', '')).toEqual([])
  expect(check('D1', '', 'X1')).toEqual([])
})

test('other legal statuses pass', () => {
  expect(check('E1', '', '')).toEqual([])
  expect(check('', '', '')).toEqual([])
})

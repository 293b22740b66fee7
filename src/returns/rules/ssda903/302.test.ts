import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './302.ts'

const check = (DOB: string, ...begins: string[]) =>
  findings(rule, child903({ Header: { DOB }, Episodes: begins.map((DECOM) => ({ DECOM })) }))

test('before birth, not on the day', () => {
  expect(check('14/05/2025', '13/05/2025')).toEqual(['Episodes 1 DECOM, Header 1 DOB'])
  expect(check('14/05/2025', '14/05/2025')).toEqual([])
})

test('only the first is told; on a tie the earlier in the file', () => {
  expect(check('14/05/2025', '12/05/2025', '11/05/2025')).toEqual(['Episodes 2 DECOM, Header 1 DOB'])
  expect(check('14/05/2025', '11/05/2025', '11/05/2025')).toEqual(['Episodes 1 DECOM, Header 1 DOB'])
})

test('no readable date, no episode, no Header row', () => {
  expect(check('14/05/2025', '', '31/04/2025')).toEqual([])
  expect(check('14/05/2025')).toEqual([])
  expect(check('', '13/05/2025')).toEqual([])
  expect(findings(rule, child903({ Header: [], Episodes: { DECOM: '13/05/2025' } }))).toEqual([])
})

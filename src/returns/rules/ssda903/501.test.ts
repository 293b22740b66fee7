import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './501.ts'

const two = (DEC: string, DECOM: string) => child903({ Episodes: [{ DECOM: '01/05/2025', DEC }, { DECOM }] })

test('begins before the one before has ended', () => {
  expect(findings(rule, two('10/06/2025', '09/06/2025'))).toEqual(['Episodes 2 DECOM DEC'])
})

test('on the same day passes', () => {
  expect(findings(rule, two('10/06/2025', '10/06/2025'))).toEqual([])
})

test('an open or unreadable end passes, and so does a start that is none', () => {
  expect(findings(rule, two('', '09/06/2025'))).toEqual([])
  expect(findings(rule, two('31/06/2025', '09/06/2025'))).toEqual([])
  expect(findings(rule, two('10/06/2025', ''))).toEqual([])
})

test('the order is that of the dates, not of the file', () => {
  const child = child903({
    Episodes: [
      { DECOM: '09/06/2025', DEC: '01/07/2025' },
      { DECOM: '01/05/2025', DEC: '10/06/2025' },
    ],
  })
  expect(findings(rule, child)).toEqual(['Episodes 1 DECOM DEC'])
})

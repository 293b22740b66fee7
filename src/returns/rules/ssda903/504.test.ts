import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './504.ts'

const before = { DECOM: '01/05/2025', DEC: '01/06/2025', REC: 'X1', CIN: 'N1' }
const check = (now: Record<string, string>, was: Record<string, string> = {}) =>
  findings(
    rule,
    child903({
      Episodes: [
        { ...before, ...was },
        { DECOM: '01/06/2025', CIN: 'N1', ...now },
      ],
    }),
  )
const marked = ['Episodes 2 CIN']

test('another category of need while care goes on', () => {
  expect(check({ CIN: 'N2' })).toEqual(marked)
  expect(check({})).toEqual([])
})

test('a blank is never the same', () => {
  expect(check({ CIN: '' })).toEqual(marked)
  expect(check({}, { CIN: '' })).toEqual(marked)
  expect(check({ CIN: '' }, { CIN: '' })).toEqual(marked)
})

test('care ended, or began another day', () => {
  expect(check({ CIN: 'N2' }, { REC: 'E3' })).toEqual([])
  expect(check({ CIN: 'N2' }, { REC: '' })).toEqual([])
  expect(check({ CIN: 'N2', DECOM: '02/06/2025' })).toEqual([])
  expect(check({ CIN: 'N2' }, { DEC: '02/06/2025' })).toEqual([])
})

test('dates that are blank or none pass, and so does the first episode', () => {
  expect(check({ CIN: 'N2', DECOM: '' }, { DEC: '' })).toEqual([])
  expect(check({ CIN: 'N2', DECOM: '31/06/2025' }, { DEC: '31/06/2025' })).toEqual([])
  expect(findings(rule, child903({ Episodes: before }))).toEqual([])
})

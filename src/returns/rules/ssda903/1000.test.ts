import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1000.ts'

const marked = ['OC3 1 IN_TOUCH ACTIV ACCOM']

test('died in care, in any episode of this year', () => {
  const Episodes = [
    { DECOM: '01/05/2025', REC: 'E2' },
    { DECOM: '01/06/2025', REC: '' },
  ]
  expect(findings(rule, child903({ OC3: {}, Episodes }))).toEqual(marked)
})

test('died in last year’s return', () => {
  const lastYear = { Episodes: { REC: 'E2' } }
  expect(findings(rule, child903({ OC3: { IN_TOUCH: 'DIED' }, lastYear }))).toEqual(marked)
  expect(findings(rule, child903({ OC3: {}, Episodes: { REC: 'X1' }, lastYear }))).toEqual(marked)
})

test.each(['E3', 'X1', ''])('ended with "%s"', (REC) => {
  expect(findings(rule, child903({ OC3: {}, Episodes: { REC }, lastYear: { Episodes: { REC } } }))).toEqual(
    [],
  )
})

test('no episodes', () => {
  expect(findings(rule, child903({ OC3: { IN_TOUCH: 'DIED' } }))).toEqual([])
})

import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './199.ts'

type Row = Record<string, string>

const check = (Episodes: Row[], before: Row[] = []) =>
  findings(rule, child903({ Episodes, lastYear: { Episodes: before } }))
const adopted = { DECOM: '01/06/2025', REC: 'E11' }
const later = { DECOM: '01/07/2025', REC: 'X1' }
const earlier = { DECOM: '01/05/2025', REC: 'X1' }

test('an episode after the adoption, not before', () => {
  expect(check([later, adopted, earlier])).toEqual(['Episodes 1 CHILD'])
  expect(check([adopted, earlier])).toEqual([])
  expect(check([later, { ...adopted, REC: 'E12' }])).toHaveLength(1)
  expect(check([later, { ...adopted, REC: 'E4A' }])).toEqual([])
})

test('a second adoption', () => {
  expect(check([adopted, { ...later, REC: 'E12' }])).toEqual(['Episodes 2 CHILD'])
})

test('on the same day the order of the file counts', () => {
  const sameDay = { DECOM: '01/06/2025', REC: 'X1' }
  expect(check([adopted, sameDay])).toEqual(['Episodes 2 CHILD'])
  expect(check([sameDay, adopted])).toEqual([])
})

test('adopted last year', () => {
  const before = [{ DECOM: '01/06/2024', REC: 'E11' }]
  expect(check([earlier, adopted], before)).toEqual(['Episodes 1 CHILD', 'Episodes 2 CHILD'])
  expect(check([{ DECOM: '01/05/2024', REC: 'X1' }], before)).toEqual([])
  expect(check([], before)).toEqual([])
  const twice = [...before, { DECOM: '01/02/2025', REC: 'E12' }]
  expect(check([{ DECOM: '01/01/2025', REC: 'X1' }], twice)).toEqual(['Episodes 1 CHILD'])
})

test('an episode of both years is one, as it is this year', () => {
  expect(check([adopted], [adopted])).toEqual([])
  expect(check([adopted, later], [adopted])).toEqual(['Episodes 2 CHILD'])
  expect(check([{ ...adopted, REC: 'X1' }, later], [adopted])).toEqual([])
})

test('the first adoption may be this year’s though there is one last year', () => {
  expect(check([earlier, { ...earlier, DECOM: '15/05/2025', REC: 'E11' }, later], [adopted])).toEqual([
    'Episodes 3 CHILD',
  ])
})

test('episodes without a readable start neither fail nor count', () => {
  expect(check([adopted, { DECOM: '' }, { DECOM: '31/06/2025' }])).toEqual([])
  expect(check([later, { ...adopted, DECOM: '31/06/2025' }])).toEqual([])
  expect(check([later], [{ ...adopted, DECOM: '' }])).toEqual([])
})

import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './1016.ts'

const details = { IN_TOUCH: 'YES' }
const check = (DOB: string, DEC: string, oc3: Record<string, string> = details) =>
  findings(rule, child903({ OC3: { DOB, ...oc3 }, Episodes: [{ DEC: '01/01/2020' }, { DEC }] }))
const marked = ['OC3 1 IN_TOUCH ACTIV ACCOM']

test.each([
  ['17', '01/10/2008'],
  ['18', '01/10/2007'],
])('left care on the birthday at %s or after it', (_age, dob) => {
  expect(check(dob, '01/10/2025')).toEqual(marked)
  expect(check(dob, '31/12/2025')).toEqual(marked)
  expect(check(dob, '30/09/2025')).toEqual([])
})

test('17 on the last day up to the day before 19', () => {
  expect(check('31/03/2009', '31/03/2026')).toEqual(marked)
  expect(check('01/04/2009', '31/03/2026')).toEqual([])
  expect(check('01/04/2007', '31/03/2026')).toEqual(marked)
  expect(check('31/03/2007', '31/03/2026')).toEqual([])
})

test('born on 29 February: the birthday is 28 February in other years', () => {
  expect(check('29/02/2008', '28/02/2026')).toEqual(marked)
  expect(check('29/02/2008', '27/02/2026')).toEqual([])
})

test.each(['IN_TOUCH', 'ACTIV', 'ACCOM'])('%s is enough', (field) => {
  expect(check('01/10/2008', '01/10/2025', { [field]: '0' })).toEqual(marked)
})

test('still in care, no details, no date of birth, no episode', () => {
  expect(check('01/10/2008', '')).toEqual([])
  expect(check('01/10/2008', '32/10/2025')).toEqual([])
  expect(check('01/10/2008', '01/10/2025', {})).toEqual([])
  expect(check('', '01/10/2025')).toEqual([])
  expect(findings(rule, child903({ OC3: { DOB: '01/10/2008', ...details } }))).toEqual([])
})

test('the date of birth is that of the care leaver details', () => {
  const tables = { OC3: { DOB: '01/10/2000', ...details }, Episodes: { DEC: '01/12/2025' } }
  expect(findings(rule, child903({ Header: { DOB: '01/10/2008' }, ...tables }))).toEqual([])
})

test('not in force in 2022-23', () => {
  expect(() => findings(rule, child903({}), { year: '2022-23' })).toThrow('not in force')
})
